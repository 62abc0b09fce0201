/** What the archives share. Not for users: it may change at any time. */
@NullMarked
package dev.exeunt.internal.archive;

import org.jspecify.annotations.NullMarked;
