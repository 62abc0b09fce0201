/** Updates an existing map with what a changed schema adds to it. */
@NullMarked
package dev.exeunt.internal.draft.update;

import org.jspecify.annotations.NullMarked;
