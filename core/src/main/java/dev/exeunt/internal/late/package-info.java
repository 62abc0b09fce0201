/** Looks again for rows of erased people that came after the erasure, as from a cache or an import. */
@NullMarked
package dev.exeunt.internal.late;

import org.jspecify.annotations.NullMarked;
