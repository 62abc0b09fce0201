/** Samples rows for what the map does not cover. Values are compared and counted in the database, and stay there. */
@NullMarked
package dev.exeunt.internal.sample;

import org.jspecify.annotations.NullMarked;
