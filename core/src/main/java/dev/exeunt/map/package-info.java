/** The data map as immutable records, and its reader: YAML with line and column, every fault at once. */
@NullMarked
package dev.exeunt.map;

import org.jspecify.annotations.NullMarked;
