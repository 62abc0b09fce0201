/** Where a diagram places cards and edges. */
@NullMarked
package dev.exeunt.internal.diagram.layout;

import org.jspecify.annotations.NullMarked;
