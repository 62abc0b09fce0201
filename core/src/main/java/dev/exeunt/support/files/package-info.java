/**
 * What only file systems know: files that are there whole or not at all, and why one could not be written or read.
 *
 * <p>For Exeunt's own modules; not API; may change in any release.
 */
@NullMarked
package dev.exeunt.support.files;

import org.jspecify.annotations.NullMarked;
