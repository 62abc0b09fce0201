/** The tables and links that a diagram draws. */
@NullMarked
package dev.exeunt.internal.diagram.graph;

import org.jspecify.annotations.NullMarked;
