/** Runs transactions: connections, commits, locks, retries. */
@NullMarked
package dev.exeunt.internal.transaction;

import org.jspecify.annotations.NullMarked;
