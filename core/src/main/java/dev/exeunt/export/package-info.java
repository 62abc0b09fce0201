/** Exports that a person asks for and fetches. */
@NullMarked
package dev.exeunt.export;

import org.jspecify.annotations.NullMarked;
