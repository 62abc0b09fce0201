/** Runs a plan's writes in one transaction, verifies them, and says in a receipt what was done. */
@NullMarked
package dev.exeunt.internal.erase;

import org.jspecify.annotations.NullMarked;
