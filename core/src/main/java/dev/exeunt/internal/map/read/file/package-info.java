/** Reads which columns name files. */
@NullMarked
package dev.exeunt.internal.map.read.file;

import org.jspecify.annotations.NullMarked;
