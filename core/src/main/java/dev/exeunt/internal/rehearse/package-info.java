/** Tries erasures that are rolled back, and searches the database before them for data of the people that the map does not reach. */
@NullMarked
package dev.exeunt.internal.rehearse;

import org.jspecify.annotations.NullMarked;
