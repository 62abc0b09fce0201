package dev.exeunt.internal.map;

/** One column and what it becomes. */
public record ColumnRule(LocatedText column, Rule rule) {}
