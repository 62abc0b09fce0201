/** The {@code exeunt} program: a class for each command. */
@NullMarked
package dev.exeunt.app;

import org.jspecify.annotations.NullMarked;
