/** Text as people see it. */
@NullMarked
package dev.exeunt.text;

import org.jspecify.annotations.NullMarked;
