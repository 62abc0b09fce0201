/**
 * Messages to people that wait to be sent, and the one-time links of people who cannot sign in any more.
 *
 * <p>For Exeunt's own modules; not API; may change in any release.
 */
@NullMarked
package dev.exeunt.support.message;

import org.jspecify.annotations.NullMarked;
