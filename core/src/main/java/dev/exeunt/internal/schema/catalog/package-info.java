/** Reads the catalogue of PostgreSQL into a schema. */
@NullMarked
package dev.exeunt.internal.schema.catalog;

import org.jspecify.annotations.NullMarked;
