/** Writes a laid out diagram as SVG or DOT. */
@NullMarked
package dev.exeunt.internal.diagram.write;

import org.jspecify.annotations.NullMarked;
