/** The {@code exeunt} program: which commands there are, and what becomes of a failure. Each has a class, in a room of its kind. */
@NullMarked
package dev.exeunt.app;

import org.jspecify.annotations.NullMarked;
