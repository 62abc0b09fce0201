/** What happened, for good: audit events, and who has been erased, known by a keyed hash only. */
@NullMarked
package dev.exeunt.internal.ledger;

import org.jspecify.annotations.NullMarked;
