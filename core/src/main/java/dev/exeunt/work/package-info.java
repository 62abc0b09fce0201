/** How the background worker is set up. */
@NullMarked
package dev.exeunt.work;

import org.jspecify.annotations.NullMarked;
