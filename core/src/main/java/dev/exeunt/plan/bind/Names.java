package dev.exeunt.plan.bind;

import dev.exeunt.map.Finding;
import dev.exeunt.map.FindingCode;
import dev.exeunt.map.Nearest;
import dev.exeunt.map.Position;
import dev.exeunt.map.TableRef;
import dev.exeunt.map.Word;
import dev.exeunt.schema.Column;
import dev.exeunt.schema.DatabaseSchema;
import dev.exeunt.schema.Table;
import dev.exeunt.schema.TableName;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Finds a map's names in the schema; each that is not there becomes a finding with the nearest that is. */
final class Names {

    private final DatabaseSchema schema;
    /** a large map names the same tables thousands of times */
    private final Map<String, Optional<Table>> resolved = new HashMap<>();

    private final List<Finding> findings = new ArrayList<>();

    Names(DatabaseSchema schema) {
        this.schema = schema;
    }

    List<Finding> findings() {
        return findings;
    }

    void report(FindingCode code, Position at, String what, String message, String fix) {
        findings.add(Finding.of(code, at, what, message, fix));
    }

    /** By schema where the map gives one; else along the search path; else wherever there is exactly one. */
    Optional<Table> table(TableRef ref) {
        Optional<Table> table = resolved.computeIfAbsent(ref.text(), text -> schema.resolve(ref));
        if (table.isPresent()) {
            return table;
        }
        List<Table> named = schema.candidates(ref);
        if (named.isEmpty()) {
            List<String> known =
                    schema.tables().stream().map(t -> t.name().toString()).toList();
            report(
                    FindingCode.UNKNOWN_NAME,
                    ref.at(),
                    ref.text(),
                    "there is no table " + ref.text() + " in database " + schema.database() + "."
                            + Nearest.hint(ref.text(), known),
                    "name a table as the catalogue has it, or take the entry out");
        } else {
            report(
                    FindingCode.UNKNOWN_NAME,
                    ref.at(),
                    ref.text(),
                    "there are several tables " + ref.text() + ": "
                            + named.stream().map(t -> fullName(t.name())).toList() + ".",
                    "write the schema: " + fullName(named.get(0).name()));
        }
        return Optional.empty();
    }

    Optional<Column> column(Table table, Word word) {
        Optional<Column> column = table.column(word.text());
        if (column.isEmpty()) {
            report(
                    FindingCode.UNKNOWN_NAME,
                    word.at(),
                    table.name() + "." + word.text(),
                    "there is no column " + word.text() + " in " + table.name() + "."
                            + Nearest.hint(word.text(), table.columnNames()),
                    "one of: " + String.join(", ", table.columnNames()));
        }
        return column;
    }

    /** All of the columns, or none where one is unknown. */
    Optional<List<Column>> columns(Table table, List<Word> words) {
        List<Column> found = new ArrayList<>();
        words.forEach(w -> column(table, w).ifPresent(found::add));
        return found.size() == words.size() ? Optional.of(found) : Optional.empty();
    }

    private static String fullName(TableName name) {
        return name.schema() + "." + name.name();
    }
}
