package dev.exeunt.map;

/** One column and what it becomes. */
public record ColumnRule(LocatedText column, Rule rule) {}
