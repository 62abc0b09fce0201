/** What the names of tables and columns suggest. Only ever a suggestion, for somebody to read. */
@NullMarked
package dev.exeunt.internal.draft.names;

import org.jspecify.annotations.NullMarked;
