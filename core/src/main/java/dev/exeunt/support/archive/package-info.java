/**
 * Parts of stores of archives: streams of a known length, and the search for archives that no job knows.
 *
 * <p>For Exeunt's own modules; not API; may change in any release.
 */
@NullMarked
package dev.exeunt.support.archive;

import org.jspecify.annotations.NullMarked;
