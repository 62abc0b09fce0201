/** After a restore from a backup: what the ledger has and the database lost is done again. */
@NullMarked
package dev.exeunt.internal.replay;

import org.jspecify.annotations.NullMarked;
