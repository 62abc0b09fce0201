/** Files that columns of rows name: their names, and the stores that hold them. */
@NullMarked
package dev.exeunt.internal.files;

import org.jspecify.annotations.NullMarked;
