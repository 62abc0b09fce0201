/** The product as a library: {@link dev.exeunt.Exeunt} is its face, {@link dev.exeunt.ExeuntException} the root of its errors. */
@NullMarked
package dev.exeunt;

import org.jspecify.annotations.NullMarked;
