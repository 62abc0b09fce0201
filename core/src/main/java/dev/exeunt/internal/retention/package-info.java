/** The record of rows that an erasure kept for a period. */
@NullMarked
package dev.exeunt.internal.retention;

import org.jspecify.annotations.NullMarked;
