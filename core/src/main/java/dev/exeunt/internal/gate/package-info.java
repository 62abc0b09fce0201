/** Decides whether a person may use the application, in Java and in SQL. */
@NullMarked
package dev.exeunt.internal.gate;

import org.jspecify.annotations.NullMarked;
