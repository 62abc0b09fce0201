/** What only file systems know: files that are there whole or not at all, and why one could not be written or read. */
@NullMarked
package dev.exeunt.files;

import org.jspecify.annotations.NullMarked;
