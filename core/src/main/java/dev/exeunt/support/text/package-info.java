/**
 * Text as people see it: control characters made visible, spellings suggested.
 *
 * <p>For Exeunt's own modules; not API; may change in any release.
 */
@NullMarked
package dev.exeunt.support.text;

import org.jspecify.annotations.NullMarked;
