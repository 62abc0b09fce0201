/** Looks through the whole database for what is left of people, and judges it by the map and the records of their erasure. */
@NullMarked
package dev.exeunt.internal.verify;

import org.jspecify.annotations.NullMarked;
