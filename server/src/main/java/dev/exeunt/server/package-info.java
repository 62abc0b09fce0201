/** The starter as a program of its own: its command line, what it sets that nobody else did, an object store for its archives. */
@NullMarked
package dev.exeunt.server;

import org.jspecify.annotations.NullMarked;
