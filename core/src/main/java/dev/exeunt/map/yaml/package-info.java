/**
 * Reads a map: YAML with line and column, every fault at once. {@link dev.exeunt.map.yaml.MapReader} is the only way in;
 * {@link dev.exeunt.map.yaml.YamlFormatter} writes what it reads.
 */
@NullMarked
package dev.exeunt.map.yaml;

import org.jspecify.annotations.NullMarked;
