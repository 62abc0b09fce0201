/** The functions that applications call in SQL, and the list of what people asked for through them. */
@NullMarked
package dev.exeunt.internal.entry;

import org.jspecify.annotations.NullMarked;
