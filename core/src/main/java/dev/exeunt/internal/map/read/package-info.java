/**
 * Reads a map: YAML with line and column, every fault at once. {@link dev.exeunt.internal.map.read.MapReader} is the only way in;
 * {@link dev.exeunt.internal.map.yaml.YamlFormatter} writes what it reads.
 */
@NullMarked
package dev.exeunt.internal.map.read;

import org.jspecify.annotations.NullMarked;
