/** A map that somebody has written, and what a changed schema adds to it. */
@NullMarked
package dev.exeunt.internal.draft.update;

import org.jspecify.annotations.NullMarked;
