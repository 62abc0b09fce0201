/** SQL and literals of a map as text, with their positions. */
@NullMarked
package dev.exeunt.internal.plan.text;

import org.jspecify.annotations.NullMarked;
