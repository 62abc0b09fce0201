package dev.exeunt.map;

/** One column and what it becomes. */
public record ColumnRule(Word column, Rule rule) {}
