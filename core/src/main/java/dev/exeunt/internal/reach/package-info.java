/** Which rows are a person's: keys captured once, predicates over nothing but what was captured. */
@NullMarked
package dev.exeunt.internal.reach;

import org.jspecify.annotations.NullMarked;
