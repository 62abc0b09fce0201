/** Runs a plan's reads: sections, formats, the bundle. */
@NullMarked
package dev.exeunt.internal.export;

import org.jspecify.annotations.NullMarked;
