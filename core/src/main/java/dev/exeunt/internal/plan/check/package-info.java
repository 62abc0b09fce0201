/** The checks that produce the findings of a map. */
@NullMarked
package dev.exeunt.internal.plan.check;

import org.jspecify.annotations.NullMarked;
