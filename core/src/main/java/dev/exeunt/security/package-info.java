/** The secret key of an installation, and the hashes and signed tokens made with it. */
@NullMarked
package dev.exeunt.security;

import org.jspecify.annotations.NullMarked;
