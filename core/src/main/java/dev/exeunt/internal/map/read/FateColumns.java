package dev.exeunt.internal.map.read;

import dev.exeunt.internal.map.ColumnRule;
import dev.exeunt.internal.map.LocatedText;
import dev.exeunt.map.Finding.Position;
import java.util.List;

/** Holds the column rules and retained columns that any fate but delete may carry. */
record FateColumns(List<ColumnRule> rules, List<LocatedText> retain, Position at) {}
