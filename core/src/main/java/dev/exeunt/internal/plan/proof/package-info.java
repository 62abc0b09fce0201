/** Proves a bound map: every finding, each looked for by one class, and the plan where none is an error. */
@NullMarked
package dev.exeunt.internal.plan.proof;

import org.jspecify.annotations.NullMarked;
