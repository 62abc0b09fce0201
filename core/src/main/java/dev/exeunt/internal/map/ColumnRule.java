package dev.exeunt.internal.map;

import dev.exeunt.map.LocatedText;

/** One column and what it becomes. */
public record ColumnRule(LocatedText column, Rule rule) {}
