/** The data map as immutable records. */
@NullMarked
package dev.exeunt.internal.map;

import org.jspecify.annotations.NullMarked;
