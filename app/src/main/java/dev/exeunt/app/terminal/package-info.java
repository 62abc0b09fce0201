/** How the program speaks: streams, colour, tables, JSON, progress, interruption. Knows nothing of maps and people. */
@NullMarked
package dev.exeunt.app.terminal;

import org.jspecify.annotations.NullMarked;
