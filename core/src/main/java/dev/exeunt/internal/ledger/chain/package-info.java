/** The ledger: its entries, the chain of their keyed hashes, and its copy outside the database. */
@NullMarked
package dev.exeunt.internal.ledger.chain;

import org.jspecify.annotations.NullMarked;
