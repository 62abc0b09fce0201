/** SHA-256 digests, and HMAC with a secret. */
@NullMarked
package dev.exeunt.internal.hash;

import org.jspecify.annotations.NullMarked;
