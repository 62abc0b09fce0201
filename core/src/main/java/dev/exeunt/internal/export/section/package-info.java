/** Selects and reads the rows of each section of an export. */
@NullMarked
package dev.exeunt.internal.export.section;

import org.jspecify.annotations.NullMarked;
