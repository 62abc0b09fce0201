/** Text as people see it. */
@NullMarked
package dev.exeunt.internal.text;

import org.jspecify.annotations.NullMarked;
