/**
 * Where finished exports lie until they expire, and how they are handed over: a directory in {@code directory}, an
 * object store in the module {@code archive-s3}; links signed by us, byte ranges, file names that are safe in a header.
 */
@NullMarked
package dev.exeunt.archive;

import org.jspecify.annotations.NullMarked;
