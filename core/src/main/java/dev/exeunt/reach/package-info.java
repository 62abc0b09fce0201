/** Which rows are a person's: keys captured once, predicates over nothing but what was captured. */
@NullMarked
package dev.exeunt.reach;

import org.jspecify.annotations.NullMarked;
