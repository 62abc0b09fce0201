package dev.exeunt.plan;

import dev.exeunt.map.Rule;
import dev.exeunt.schema.Column;

/** Holds a column and the rule for the value that an erasure or a hide writes into it. */
public record ColumnAssignment(Column column, Rule rule) {}
