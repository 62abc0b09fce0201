/** The map as a picture: the person, every table, and what becomes of each. */
@NullMarked
package dev.exeunt.internal.diagram;

import org.jspecify.annotations.NullMarked;
