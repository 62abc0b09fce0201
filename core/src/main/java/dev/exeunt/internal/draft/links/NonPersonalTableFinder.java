package dev.exeunt.internal.draft.links;

import dev.exeunt.internal.draft.model.DraftLink;
import dev.exeunt.internal.draft.model.DraftModel;
import dev.exeunt.internal.draft.model.DraftTable;
import dev.exeunt.internal.names.LinkRelation;
import dev.exeunt.internal.names.NameWords;
import dev.exeunt.internal.names.PersonalDataCategory;
import dev.exeunt.internal.schema.Column;
import dev.exeunt.internal.schema.Table;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Finds tables that certainly hold no personal data, such as migration bookkeeping, and tables with misleading names.
 */
public final class NonPersonalTableFinder {

    private static final String MIGRATIONS = "the migration tool's own bookkeeping";
    private static final String REFERENCE = "reference data";
    private static final Map<String, String> KNOWN = Map.ofEntries(
            Map.entry("schemamigration", MIGRATIONS),
            Map.entry("migration", MIGRATIONS),
            Map.entry("arinternalmetadata", MIGRATIONS),
            Map.entry("flywayschemahistory", MIGRATIONS),
            Map.entry("databasechangelog", MIGRATIONS),
            Map.entry("databasechangeloglock", MIGRATIONS),
            Map.entry("prismamigration", MIGRATIONS),
            Map.entry("knexmigration", MIGRATIONS),
            Map.entry("knexmigrationlock", MIGRATIONS),
            Map.entry("djangomigration", MIGRATIONS),
            Map.entry("djangocontenttype", MIGRATIONS),
            Map.entry("alembicversion", MIGRATIONS),
            Map.entry("goosedbversion", MIGRATIONS),
            Map.entry("dieselschemamigration", MIGRATIONS),
            Map.entry("efmigrationhistory", MIGRATIONS),
            Map.entry("efmigrationshistory", MIGRATIONS),
            Map.entry("sequelizemeta", MIGRATIONS),
            Map.entry("spatialrefsy", "PostGIS's own reference data"),
            Map.entry("spatialrefsys", "PostGIS's own reference data"),
            Map.entry("language", REFERENCE),
            Map.entry("country", REFERENCE),
            Map.entry("currency", REFERENCE),
            Map.entry("timezone", REFERENCE),
            Map.entry("locale", REFERENCE));

    private final DraftModel model;

    public NonPersonalTableFinder(DraftModel model) {
        this.model = model;
    }

    /** Reasons by table, in the order of names. */
    public Map<DraftTable, String> find() {
        Map<DraftTable, String> found = new TreeMap<>((a, b) -> a.name().compareTo(b.name()));
        for (DraftTable table : model.tables()) {
            if (table.settled() || !table.roles().isEmpty() || model.onPath(table.name())) {
                continue;
            }
            if (namesPeople(table.table())) {
                misleading(table.table()).ifPresent(c -> ask(table, c));
            } else {
                reason(table.table()).ifPresent(r -> found.put(table, r));
            }
        }
        return found;
    }

    /** An address, a card or a person's name in a column proves that the table is not free of personal data. */
    private static boolean namesPeople(Table table) {
        return table.columns().stream()
                .map(PersonalDataCategory::of)
                .anyMatch(c -> c.identifies() && c != PersonalDataCategory.SECRET);
    }

    private Optional<String> reason(Table table) {
        String known = KNOWN.get(String.join("", NameWords.singular(table.name().name())));
        return known != null ? Optional.of(known) : misleading(table).map(c -> why(table, c));
    }

    /** The checker takes {@code user_id} for a link; the draft knows that it cannot be one. */
    private Optional<Column> misleading(Table table) {
        if (model.key().size() != 1) {
            return Optional.empty();
        }
        char category =
                model.subject().table().require(model.key().get(0)).type().category();
        String subject = String.join("", NameWords.of(model.subject().name().name()));
        String singular =
                String.join("", NameWords.singular(model.subject().name().name()));
        Set<String> names = new HashSet<>(List.of("userid"));
        if (!subject.isEmpty()) {
            names.addAll(List.of(subject + "id", singular + "id", subject.replaceAll("s$", "") + "id"));
        }
        return table.columns().stream()
                .filter(c -> c.type().category() == category)
                .filter(c -> names.contains(String.join("", NameWords.of(c.name()))))
                .findFirst();
    }

    /** A table that names people is never listed as free of personal data, whatever its key refers to. */
    private static void ask(DraftTable table, Column column) {
        List<String> columns = List.of(column.name());
        table.add(new DraftLink.DraftDirectLink(columns, null, null), LinkRelation.OWNER)
                .doubt("The rows name people, and " + why(table.table(), column)
                        + ". Does it hold this person's key? If so, say what becomes of the rows; else list the table under"
                        + " not-personal with the reason.");
    }

    private static String why(Table table, Column column) {
        return table.foreignKeys().stream()
                .filter(f -> f.columns().contains(column.name()))
                .findFirst()
                .map(f -> column.name() + " refers to " + f.parent())
                .orElse("to be looked at, since " + column.name() + " is "
                        + column.type().display() + " and seems to be another table's key");
    }
}
