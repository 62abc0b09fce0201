/** Reads what the map says to people about the use of their data. */
@NullMarked
package dev.exeunt.internal.map.read.notice;

import org.jspecify.annotations.NullMarked;
