/**
 * Digests, signatures and signed tokens.
 *
 * <p>For Exeunt's own modules; not API; may change in any release.
 */
@NullMarked
package dev.exeunt.support.security;

import org.jspecify.annotations.NullMarked;
