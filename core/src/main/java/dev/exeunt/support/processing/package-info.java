/**
 * The record of processing activities, as far as a map tells it.
 *
 * <p>For Exeunt's own modules; not API; may change in any release.
 */
@NullMarked
package dev.exeunt.support.processing;

import org.jspecify.annotations.NullMarked;
