/**
 * Messages to people that wait to be sent, with the address that each goes to.
 *
 * <p>For Exeunt's own modules; not API; may change in any release.
 */
@NullMarked
package dev.exeunt.support.message;

import org.jspecify.annotations.NullMarked;
