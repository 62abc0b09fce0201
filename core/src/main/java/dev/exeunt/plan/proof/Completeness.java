package dev.exeunt.plan.proof;

import dev.exeunt.map.Fate;
import dev.exeunt.map.Finding;
import dev.exeunt.map.FindingCode;
import dev.exeunt.plan.BoundMap;
import dev.exeunt.plan.KeySource;
import dev.exeunt.plan.PlannedRole;
import dev.exeunt.plan.PlannedTable;
import dev.exeunt.schema.Column;
import dev.exeunt.schema.ForeignKey;
import dev.exeunt.schema.Table;
import dev.exeunt.schema.TableName;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Whether the map speaks of every table and every key that leads to the person, and says what becomes of each. */
final class Completeness {

    private final BoundMap bound;
    private final List<Finding> findings = new ArrayList<>();

    private Completeness(BoundMap bound) {
        this.bound = bound;
    }

    static List<Finding> of(BoundMap bound) {
        Completeness completeness = new Completeness(bound);
        completeness.unmappedTables();
        completeness.unmappedRoles();
        completeness.fates();
        return completeness.findings;
    }

    private void unmappedTables() {
        Map<TableName, ForeignKey> paths = paths();
        for (Table table : bound.schema().tables()) {
            if (bound.planned(table.name()).isPresent() || bound.notPersonal().contains(table.name())) {
                continue;
            }
            ForeignKey path = paths.get(table.name());
            if (path != null) {
                unmapped(
                        table,
                        table.name() + " is on a foreign-key path to the subject (" + path + ")",
                        links(table, path));
            } else if (table.name().equals(bound.subject().table().name())) {
                unmapped(table, "the subject's own table is not among the tables", "erase: undecided");
            } else {
                subjectColumn(table)
                        .ifPresent(c -> unmapped(
                                table,
                                table.name() + "." + c.name() + " looks like the subject's key",
                                "subject: " + c.name() + "\n    erase: undecided"));
            }
        }
    }

    private void unmapped(Table table, String why, String entry) {
        findings.add(Finding.of(
                FindingCode.UNMAPPED_TABLE,
                bound.map().subject().table().at(),
                table.name().toString(),
                why + ", and the map does not say what becomes of it.",
                "under tables:\n  " + table.name() + ":\n    " + entry + "\nor under not-personal:\n  " + table.name()
                        + ": why it holds nothing of anybody"));
    }

    /** What to paste: every foreign key to the subject as a role, else the key that leads one step up. */
    private String links(Table table, ForeignKey path) {
        List<ForeignKey> direct = table.foreignKeys().stream()
                .filter(f -> f.parent().equals(bound.subject().table().name()))
                .toList();
        if (direct.size() > 1) {
            return "erase: undecided\n    links:"
                    + direct.stream()
                            .map(f -> "\n      " + String.join("-", f.columns()) + ": { subject: " + columns(f) + " }")
                            .collect(Collectors.joining());
        }
        String link = direct.isEmpty()
                ? "through: " + path.parent() + "\n    on: " + columns(path)
                : "subject: " + columns(direct.get(0));
        return link + "\n    erase: undecided";
    }

    private static String columns(ForeignKey key) {
        return key.columns().size() == 1 ? key.columns().get(0) : "[" + String.join(", ", key.columns()) + "]";
    }

    /** Tables below the subject, each with the foreign key that leads one step up. Nothing is looked for below not-personal. */
    private Map<TableName, ForeignKey> paths() {
        Map<TableName, ForeignKey> paths = new HashMap<>();
        Deque<Table> open = new ArrayDeque<>(List.of(bound.subject().table()));
        Map<TableName, Table> byName = bound.schema().byName();
        while (!open.isEmpty()) {
            for (ForeignKey key : bound.referringTo(open.remove())) {
                Table child = byName.get(key.child());
                boolean known = key.child().equals(bound.subject().table().name())
                        || bound.notPersonal().contains(key.child());
                if (child != null && !known && paths.putIfAbsent(key.child(), key) == null) {
                    open.add(child);
                }
            }
        }
        return paths;
    }

    /** A column named like {@code user_id} of a type that could hold the key. */
    private Optional<Column> subjectColumn(Table table) {
        if (bound.subject().key().size() != 1) {
            return Optional.empty();
        }
        String subject = plain(bound.subject().table().name().name());
        String singular = subject.endsWith("s") ? subject.substring(0, subject.length() - 1) : subject;
        List<String> names = List.of("userid", subject + "id", singular + "id");
        Column key = bound.subject().key().get(0);
        return table.columns().stream()
                .filter(c -> names.contains(plain(c.name())))
                .filter(c -> c.type().category() == key.type().category())
                .findFirst();
    }

    private static String plain(String name) {
        return name.toLowerCase(Locale.ROOT).replace("_", "");
    }

    private void unmappedRoles() {
        for (ForeignKey key : bound.referringTo(bound.subject().table())) {
            bound.planned(key.child())
                    .filter(t -> !named(t, key))
                    .ifPresent(t -> findings.add(Finding.of(
                            FindingCode.UNMAPPED_ROLE,
                            position(t),
                            key.child() + "." + String.join(", ", key.columns()),
                            "the foreign key " + key.name() + " (" + key
                                    + ") leads to the subject, and no link names it.",
                            "in " + key.child() + ", under links:\n  " + String.join("-", key.columns())
                                    + ": { subject: "
                                    + columns(key) + ", erase: undecided }")));
        }
    }

    private boolean named(PlannedTable table, ForeignKey key) {
        return table.roles().stream()
                .filter(r -> !r.id().equals(bound.self()))
                .filter(r -> r.source() instanceof KeySource.SubjectKeys
                        || r.source() instanceof KeySource.RowsOf rows
                                && rows.roles().contains(bound.self()))
                .anyMatch(r -> r.on().stream().map(Column::name).toList().containsAll(key.columns())
                        && key.columns().size() == r.on().size());
    }

    private dev.exeunt.map.Position position(PlannedTable table) {
        return bound.map().tables().stream()
                .filter(t -> t.table().name().equals(table.name().name()))
                .map(t -> t.table().at())
                .findFirst()
                .orElse(bound.map().subject().table().at());
    }

    private void fates() {
        for (PlannedRole role : bound.roles()) {
            if (role.fate() instanceof Fate.Unsaid) {
                findings.add(Finding.of(
                        FindingCode.NO_FATE,
                        role.fate().at(),
                        role.id().toString(),
                        "the map does not say what becomes of " + role.id() + " when the person is erased.",
                        "erase: delete   # or { anonymize: … }, detach, { reassign: … }, { keep: the reason }"));
            } else if (role.fate() instanceof Fate.Undecided) {
                findings.add(Finding.of(
                        FindingCode.UNDECIDED,
                        role.fate().at(),
                        role.id().toString(),
                        "what becomes of " + role.id() + " is still undecided.",
                        "erase: delete   # or { anonymize: … }, detach, { reassign: … }, { keep: the reason }"));
            }
        }
    }
}
