/** What a rule may write: columns that need a rule, values that columns hold, unique indexes, and the rights needed for it. */
@NullMarked
package dev.exeunt.internal.plan.rule;

import org.jspecify.annotations.NullMarked;
