/** What the names of tables and columns suggest. Only a suggestion, for a person to read. */
@NullMarked
package dev.exeunt.internal.names;

import org.jspecify.annotations.NullMarked;
