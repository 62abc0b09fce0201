/** Hides a person's rows so that it can be undone exactly, and undoes it. */
@NullMarked
package dev.exeunt.internal.hide;

import org.jspecify.annotations.NullMarked;
