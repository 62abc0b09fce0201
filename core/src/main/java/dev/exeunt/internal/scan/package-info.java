/** Reads the rows of each table once and finds the ones that hold keys, identifiers or values of people. */
@NullMarked
package dev.exeunt.internal.scan;

import org.jspecify.annotations.NullMarked;
