package dev.exeunt.internal.draft.links;

import dev.exeunt.internal.draft.model.DraftLink;
import dev.exeunt.internal.draft.model.DraftModel;
import dev.exeunt.internal.draft.model.DraftRole;
import dev.exeunt.internal.draft.model.DraftTable;
import dev.exeunt.internal.names.LinkRelation;
import dev.exeunt.internal.names.NameWords;
import dev.exeunt.internal.names.VersionTables;
import dev.exeunt.internal.schema.Column;
import dev.exeunt.internal.schema.ForeignKey;
import dev.exeunt.internal.schema.Table;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Finds every link to the subject: foreign keys, suggestive column names, polymorphic pairs and e-mail addresses. */
public final class SubjectLinkFinder {

    private static final Set<String> ANYTHING = NameWords.set("""
            record item target object resource entity subject source notifiable reportable attachable
            commentable likeable taggable auditable trackable parent model content
            """);
    private static final Set<String> PROVIDERS = Set.of("provider", "issuer", "idp");

    private final DraftModel model;
    private final Table subject;
    private final PersonColumns people;

    public SubjectLinkFinder(DraftModel model) {
        this.model = model;
        this.subject = model.subject().table();
        this.people = new PersonColumns(model);
    }

    public void find() {
        if (!model.subject().settled()) {
            model.subject().add(new DraftLink.DraftSelfLink(), LinkRelation.OWNER);
        }
        for (ForeignKey foreignKey : model.referringTo(subject.name())) {
            DraftTable child = model.require(foreignKey.child());
            if (linked(child, foreignKey)) {
                continue;
            }
            child.add(
                    new DraftLink.DraftDirectLink(inKeyOrder(foreignKey), foreignKey, null),
                    model.relation(child.table(), foreignKey.columns()));
        }
        // in settled tables the map's author has seen, or left out on purpose, what a name suggests
        List<DraftTable> open =
                model.tables().stream().filter(t -> !t.settled()).toList();
        open.forEach(t -> t.table().columns().stream().filter(c -> free(t, c)).forEach(c -> infer(t, c)));
        open.forEach(t -> t.table().columns().stream().filter(c -> free(t, c)).forEach(c -> pair(t, c)));
        open.forEach(t -> new ValueLinkFinder(model).match(t));
    }

    private static boolean linked(DraftTable child, ForeignKey key) {
        Set<String> columns = Set.copyOf(key.columns());
        return child.roles().stream()
                .anyMatch(r -> r.settled()
                        && (r.direct() || r.link() instanceof DraftLink.OpaqueLink)
                        && Set.copyOf(r.link().columns()).equals(columns));
    }

    /** A link's columns stand in the order of the subject's key. */
    private List<String> inKeyOrder(ForeignKey foreignKey) {
        boolean toKey = Set.copyOf(foreignKey.parentColumns()).equals(Set.copyOf(model.key()));
        return !toKey
                ? foreignKey.columns()
                : model.key().stream()
                        .map(k -> foreignKey
                                .columns()
                                .get(foreignKey.parentColumns().indexOf(k)))
                        .toList();
    }

    /** Whether the column may hold the person's key, and no foreign key says what it holds. */
    private boolean free(DraftTable table, Column column) {
        boolean free = people.comparable(column)
                && table.table().foreignKeys().stream()
                        .noneMatch(f -> f.columns().contains(column.name()));
        boolean subjectsKey = table.isSubject() && table.table().primaryKey().contains(column.name());
        return free && !subjectsKey;
    }

    private void infer(DraftTable table, Column column) {
        List<String> columns = List.of(column.name());
        boolean history = model.key().equals(columns) && VersionTables.of(table.name(), subject.name());
        if (history) {
            table.add(new DraftLink.DraftDirectLink(columns, null, null), LinkRelation.OWNER)
                    .doubt(
                            "Former versions of the person's own row. Does anything oblige you to keep them, and for how long?"
                                    + " If not: delete.");
        } else if (sibling(table.table(), column).isEmpty()) {
            named(table, column);
        }
    }

    private void pair(DraftTable table, Column column) {
        sibling(table.table(), column).ifPresent(kind -> polymorphic(table, column, kind));
    }

    private void named(DraftTable table, Column column) {
        List<String> columns = List.of(column.name());
        PersonColumns.Reading reading = people.read(table.table(), column);
        if (reading == PersonColumns.Reading.OTHER || keyAtProvider(table, column)) {
            return;
        }
        DraftRole role =
                table.add(new DraftLink.DraftDirectLink(columns, null, null), model.relation(table.table(), columns));
        if (reading == PersonColumns.Reading.AMBIGUOUS) {
            role.doubt("Several schemas have a table of this name, and no foreign key says which one " + column.name()
                    + " means. If it means another one, take the link out; else say what becomes of the rows.");
        }
    }

    /** {@code partner_user_id} beside {@code user_id} and {@code identity_provider}: how the provider calls the same person. */
    private boolean keyAtProvider(DraftTable table, Column column) {
        List<String> words = NameWords.of(column.name());
        boolean another = words.size() > 2
                && words.get(words.size() - 2).equals("user")
                && model.relation(table.table(), List.of(column.name())) == LinkRelation.OWNER;
        boolean provider = table.table().columns().stream()
                .filter(c -> c.type().isText())
                .map(c -> NameWords.of(c.name()))
                .anyMatch(w -> PROVIDERS.contains(w.get(w.size() - 1)));
        boolean own = table.table().columnNames().stream()
                .anyMatch(c -> NameWords.of(c).equals(List.of("user", "id")));
        return another && provider && own;
    }

    /** What comes before {@code id}, or nothing. */
    private static String names(List<String> words) {
        boolean id = words.size() > 1 && Set.of("id", "uuid").contains(words.get(words.size() - 1));
        return id ? String.join("", words.subList(0, words.size() - 1)) : "";
    }

    /** {@code owner_type} or {@code owner_kind} beside {@code owner_id}. */
    private static Optional<Column> sibling(Table table, Column column) {
        String stem = names(NameWords.of(column.name()));
        return stem.isEmpty()
                ? Optional.empty()
                : table.columns().stream()
                        .filter(c -> {
                            String other = String.join("", NameWords.of(c.name()));
                            return other.equals(stem + "type") || other.equals(stem + "kind");
                        })
                        .findFirst();
    }

    private void polymorphic(DraftTable table, Column column, Column kind) {
        List<String> words = NameWords.singular(names(NameWords.of(column.name())));
        boolean person = PersonColumns.namePerson(words);
        boolean anything = words.stream().anyMatch(ANYTHING::contains);
        Optional<String> label = label(kind);
        boolean telling = label.isPresent() || (person && kind.type().category() == 'N');
        if (telling && (person || anything || kind.type().isEnum())) {
            String where = label.map(l -> quoted(kind.name()) + " = '" + l.replace("'", "''") + "'")
                    .orElse(null);
            List<String> columns = List.of(column.name());
            LinkRelation stance = person ? model.relation(table.table(), columns) : LinkRelation.TARGET;
            DraftRole role = table.add(new DraftLink.DraftDirectLink(columns, null, where), stance);
            if (!person) {
                role.doubt("Half of a pair: " + kind.name() + " says what " + column.name() + " refers to. Is "
                        + label.map(l -> "'" + l + "'").orElse("the value")
                        + " how a person is called there, and is the row theirs?");
            }
        }
    }

    /** How the type column is likely to call the subject. */
    private Optional<String> label(Column kind) {
        String className = NameWords.className(subject.name().name());
        if (kind.type().isEnum()) {
            return kind.type().enumLabels().stream()
                    .filter(l -> String.join("", NameWords.singular(l)).equalsIgnoreCase(className))
                    .findFirst();
        }
        return kind.type().isText() && !className.isEmpty() ? Optional.of(className) : Optional.empty();
    }

    private static String quoted(String name) {
        return name.matches("[a-z_][a-z0-9_]*") ? name : '"' + name.replace("\"", "\"\"") + '"';
    }
}
