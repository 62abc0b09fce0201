/** Reads YAML into nodes with positions, and collects its faults. */
@NullMarked
package dev.exeunt.internal.map.yaml;

import org.jspecify.annotations.NullMarked;
