package dev.exeunt.plan.bind;

import dev.exeunt.map.Finding;
import dev.exeunt.map.FindingCode;
import dev.exeunt.map.Fix;
import dev.exeunt.map.Nearest;
import dev.exeunt.map.Position;
import dev.exeunt.map.TableRef;
import dev.exeunt.map.Word;
import dev.exeunt.map.yaml.YamlText;
import dev.exeunt.schema.Column;
import dev.exeunt.schema.DatabaseSchema;
import dev.exeunt.schema.Table;
import dev.exeunt.schema.TableName;
import dev.exeunt.schema.TableRefs;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Finds a map's names in the schema; each that is not there becomes a finding with the nearest that is. */
final class Names {

    private final DatabaseSchema schema;
    /** a large map names the same tables thousands of times */
    private final Map<String, Optional<Table>> resolved = new HashMap<>();

    private final TableRefs refs;
    private final Set<String> taken;
    private final List<Finding> findings = new ArrayList<>();

    /** @param taken tables the map names, as it does: none of them is meant a second time */
    Names(DatabaseSchema schema, Set<String> taken) {
        this.schema = schema;
        this.taken = Set.copyOf(taken);
        this.refs = new TableRefs(schema);
    }

    List<Finding> findings() {
        return findings;
    }

    void report(FindingCode code, Position at, String what, String message, String fix) {
        report(code, at, what, message, Fix.words(fix));
    }

    void report(FindingCode code, Position at, String what, String message, Fix fix) {
        report(Finding.of(code, at, what, message, fix));
    }

    void report(Finding finding) {
        findings.add(finding);
    }

    /** A word that is none of the valid ones: the nearest of them in its place, where one is near. */
    void unknown(Word word, String what, String message, Collection<String> valid, String otherwise) {
        Fix fix = Nearest.to(word.text(), valid)
                .map(nearest -> Fix.value(word.text(), YamlText.scalar(nearest), otherwise))
                .orElseGet(() -> Fix.words(otherwise));
        report(FindingCode.UNKNOWN_NAME, word.at(), what, message + Nearest.hint(word.text(), valid), fix);
    }

    /** By schema where the map gives one; else along the search path; else wherever there is exactly one. */
    Optional<Table> table(TableRef ref) {
        Optional<Table> table = resolved.computeIfAbsent(ref.text(), text -> schema.resolve(ref));
        if (table.isPresent()) {
            return table;
        }
        List<Table> named = schema.candidates(ref);
        if (named.isEmpty()) {
            unknown(
                    new Word(ref.text(), ref.at()),
                    ref.text(),
                    "there is no table " + ref.text() + " in database " + schema.database() + ".",
                    schema.tables().stream()
                            .map(t -> refs.text(t.name()))
                            .filter(t -> !taken.contains(t))
                            .toList(),
                    "take the entry out, or name a table as the catalogue has it");
        } else {
            report(
                    FindingCode.UNKNOWN_NAME,
                    ref.at(),
                    ref.text(),
                    "there are several tables " + ref.text() + ": "
                            + named.stream().map(t -> fullName(t.name())).toList() + ".",
                    Fix.value(
                            ref.text(),
                            YamlText.scalar(refs.text(named.get(0).name())),
                            "the name of another one, with its schema"));
        }
        return Optional.empty();
    }

    Optional<Column> column(Table table, Word word) {
        Optional<Column> column = table.column(word.text());
        if (column.isEmpty()) {
            unknown(
                    word,
                    table.name() + "." + word.text(),
                    "there is no column " + word.text() + " in " + table.name() + ".",
                    table.columnNames(),
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
