/** Runs the checks of a bound map, and makes the plan where none of their findings is an error. */
@NullMarked
package dev.exeunt.internal.plan.proof;

import org.jspecify.annotations.NullMarked;
