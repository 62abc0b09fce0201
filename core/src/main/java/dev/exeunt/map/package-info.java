/** The data map and the findings about it. */
@NullMarked
package dev.exeunt.map;

import org.jspecify.annotations.NullMarked;
