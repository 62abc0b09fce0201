/** Stores archives as files in one directory. */
@NullMarked
package dev.exeunt.archive.directory;

import org.jspecify.annotations.NullMarked;
