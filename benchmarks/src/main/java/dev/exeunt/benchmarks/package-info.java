/** What the product costs beside what teams write by hand. Prints; asserts only that both did the same. */
@NullMarked
package dev.exeunt.benchmarks;

import org.jspecify.annotations.NullMarked;
