/** How entries of the ledger are written as lines, and how the programs find the sink of a location. */
@NullMarked
package dev.exeunt.support.ledger;

import org.jspecify.annotations.NullMarked;
