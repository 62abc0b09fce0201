/** Erases the people whose requests are due. */
@NullMarked
package dev.exeunt.internal.due;

import org.jspecify.annotations.NullMarked;
