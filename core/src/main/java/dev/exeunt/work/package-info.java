/** The background worker and its settings. */
@NullMarked
package dev.exeunt.work;

import org.jspecify.annotations.NullMarked;
