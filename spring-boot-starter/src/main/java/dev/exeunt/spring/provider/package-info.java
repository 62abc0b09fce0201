/** Fetches the public keys of an identity provider. */
@NullMarked
package dev.exeunt.spring.provider;

import org.jspecify.annotations.NullMarked;
