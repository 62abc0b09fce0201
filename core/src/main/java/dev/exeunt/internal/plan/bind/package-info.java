/** Binds a map to a schema: names become tables and columns, links become columns and where their values come from. */
@NullMarked
package dev.exeunt.internal.plan.bind;

import org.jspecify.annotations.NullMarked;
