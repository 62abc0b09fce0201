/** Reads and verifies signed tokens. */
@NullMarked
package dev.exeunt.spring.token;

import org.jspecify.annotations.NullMarked;
