/** The first map: what {@code init} proposes for a schema, and why. */
@NullMarked
package dev.exeunt.internal.draft;

import org.jspecify.annotations.NullMarked;
