/** Whose row it is: links that a key declares, a name suggests, or that follow from others. */
@NullMarked
package dev.exeunt.internal.draft.links;

import org.jspecify.annotations.NullMarked;
