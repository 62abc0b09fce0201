/** The sweep: deletes rows that erasures kept for a period, once it is over. */
@NullMarked
package dev.exeunt.internal.sweep;

import org.jspecify.annotations.NullMarked;
