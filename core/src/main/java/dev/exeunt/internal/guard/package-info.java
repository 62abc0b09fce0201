/** Asks the map's guards whether a request may go on. */
@NullMarked
package dev.exeunt.internal.guard;

import org.jspecify.annotations.NullMarked;
