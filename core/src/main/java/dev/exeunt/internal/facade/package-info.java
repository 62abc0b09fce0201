/** What {@code Exeunt} delegates to: calls about a map, and calls about people. */
@NullMarked
package dev.exeunt.internal.facade;

import org.jspecify.annotations.NullMarked;
