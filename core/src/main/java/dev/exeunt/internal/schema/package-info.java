/** The live database as immutable records, read in a handful of set-based catalogue queries. */
@NullMarked
package dev.exeunt.internal.schema;

import org.jspecify.annotations.NullMarked;
