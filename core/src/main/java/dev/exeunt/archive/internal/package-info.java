/** What the archives share. Not for users: it may change at any time. */
@NullMarked
package dev.exeunt.archive.internal;

import org.jspecify.annotations.NullMarked;
