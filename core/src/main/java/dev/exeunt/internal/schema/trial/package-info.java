/** Tries the map's own SQL on the live database: parsed and looked into by PostgreSQL itself, never run. */
@NullMarked
package dev.exeunt.internal.schema.trial;

import org.jspecify.annotations.NullMarked;
