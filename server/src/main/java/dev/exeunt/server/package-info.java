/** Runs the starter as a program of its own: its command line, its defaults, and an object store for its archives. */
@NullMarked
package dev.exeunt.server;

import org.jspecify.annotations.NullMarked;
