/**
 * Events for other systems that wait to be sent, and what the systems answered.
 *
 * <p>For Exeunt's own modules; not API; may change in any release.
 */
@NullMarked
package dev.exeunt.support.event;

import org.jspecify.annotations.NullMarked;
