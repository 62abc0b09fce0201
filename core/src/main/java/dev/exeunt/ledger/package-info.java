/** The copy of the ledger that lies outside the database, and what it is for after a restore. */
@NullMarked
package dev.exeunt.ledger;

import org.jspecify.annotations.NullMarked;
