/** The JSON Schema of the data map. */
@NullMarked
package dev.exeunt.internal.map.jsonschema;

import org.jspecify.annotations.NullMarked;
