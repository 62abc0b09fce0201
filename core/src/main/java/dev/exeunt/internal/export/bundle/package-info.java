/** Writes the files of an export: ZIP or JSON, manifest, read-me. */
@NullMarked
package dev.exeunt.internal.export.bundle;

import org.jspecify.annotations.NullMarked;
