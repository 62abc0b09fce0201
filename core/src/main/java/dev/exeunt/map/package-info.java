/** The data map as immutable records. */
@NullMarked
package dev.exeunt.map;

import org.jspecify.annotations.NullMarked;
