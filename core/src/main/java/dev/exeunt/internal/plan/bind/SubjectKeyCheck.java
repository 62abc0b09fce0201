package dev.exeunt.internal.plan.bind;

import dev.exeunt.internal.map.yaml.YamlFormatter;
import dev.exeunt.internal.postgres.SqlFragment;
import dev.exeunt.internal.postgres.SqlTemplate;
import dev.exeunt.internal.schema.Column;
import dev.exeunt.internal.schema.Table;
import dev.exeunt.map.Finding;
import dev.exeunt.map.Finding.Position;
import dev.exeunt.map.FindingCode;
import dev.exeunt.map.SuggestedFix;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Checks that the subject's key is unique and never NULL, so that it identifies exactly one person. A person whose key
 * is NULL could be found by an identifier, but not exported, erased or signed in.
 */
final class SubjectKeyCheck {

    private final Table table;
    private final List<Column> key;

    SubjectKeyCheck(Table table, List<Column> key) {
        this.table = table;
        this.key = key;
    }

    /** What is wrong with the key; empty where it is fit. */
    Optional<Finding> finding(Position at) {
        List<String> nullable =
                key.stream().filter(c -> !c.nullFree()).map(Column::name).toList();
        boolean unique = table.indexes().stream()
                .anyMatch(i -> i.uniqueForAll() && names(key).containsAll(i.columns()));
        if (unique && nullable.isEmpty()) {
            return Optional.empty();
        }
        String whole = table.name() + "." + String.join(", ", names(key));
        String what = nullable.isEmpty() ? whole : table.name() + "." + nullable.get(0);
        String message = nullable.isEmpty()
                ? "nothing in the database makes " + whole + " unique, so it cannot tell one person from another."
                : "a row of " + table.name() + " may hold NULL in " + String.join(", ", nullable)
                        + ", so its person has no key" + (unique ? "." : ", and nothing makes " + whole + " unique.");
        return Optional.of(FindingCode.UNFIT_KEY.finding(at, what, message, fix(nullable, unique)));
    }

    /** A key of the table that is fit; else the statement that makes this one fit. */
    private SuggestedFix fix(List<String> nullable, boolean unique) {
        String statement = statement(nullable, unique);
        return table.indexes().stream()
                .filter(i -> i.uniqueForAll()
                        && i.columns().stream().allMatch(c -> table.require(c).nullFree()))
                .min(Comparator.comparing(i -> !i.primary()))
                .map(i -> SuggestedFix.words("under subject, key: " + scalar(i.columns())
                        + ", provided that each link of the map holds that key\n"
                        + "or keep the key, and make it fit once no row speaks against it: " + statement))
                .orElseGet(() -> table.kind() == Table.RelationKind.ORDINARY
                        ? SuggestedFix.sql(statement, "another key; see exeunt explain unfit-key")
                        : SuggestedFix.words(
                                "make every column of the key NOT NULL and the key unique, or name another key"));
    }

    private String statement(List<String> nullable, boolean unique) {
        List<SqlFragment> changes = new ArrayList<>();
        // a primary key makes its columns NOT NULL
        if (unique || !table.primaryKey().isEmpty()) {
            nullable.forEach(column -> changes.add(SqlTemplate.of("ALTER COLUMN {column} SET NOT NULL")
                    .identifier("column", column)
                    .toFragment()));
        }
        if (!unique) {
            String constraint = table.primaryKey().isEmpty() ? "ADD PRIMARY KEY ({key})" : "ADD UNIQUE ({key})";
            changes.add(
                    SqlTemplate.of(constraint).identifiers("key", names(key)).toFragment());
        }
        return SqlTemplate.of("ALTER TABLE {table} {changes}")
                .fragment("table", table.name().quoted())
                .fragments("changes", ", ", changes)
                .toFragment()
                .sql();
    }

    private static String scalar(List<String> columns) {
        return columns.size() == 1
                ? YamlFormatter.scalar(columns.get(0))
                : columns.stream().map(YamlFormatter::scalar).collect(Collectors.joining(", ", "[", "]"));
    }

    private static List<String> names(List<Column> columns) {
        return columns.stream().map(Column::name).toList();
    }
}
