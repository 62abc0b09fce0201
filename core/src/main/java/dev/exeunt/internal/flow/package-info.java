/** Submits and withdraws requests. */
@NullMarked
package dev.exeunt.internal.flow;

import org.jspecify.annotations.NullMarked;
