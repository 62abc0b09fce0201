/** Commands about people who leave with time to think, and come back. */
@NullMarked
package dev.exeunt.app.leaving;

import org.jspecify.annotations.NullMarked;
