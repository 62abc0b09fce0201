/** Writes the container of a ZIP file around content that is compressed already. */
@NullMarked
package dev.exeunt.internal.export.zip;

import org.jspecify.annotations.NullMarked;
