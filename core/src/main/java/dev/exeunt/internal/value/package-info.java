/** The requests of people without an account, whose rows only a value tells. */
@NullMarked
package dev.exeunt.internal.value;

import org.jspecify.annotations.NullMarked;
