/** Compresses the content of a bundle in blocks, on several threads and in bounded memory. */
@NullMarked
package dev.exeunt.internal.export.block;

import org.jspecify.annotations.NullMarked;
