/** Legal holds: what staff keep from being erased, and the requests that wait for it. */
@NullMarked
package dev.exeunt.internal.hold;

import org.jspecify.annotations.NullMarked;
