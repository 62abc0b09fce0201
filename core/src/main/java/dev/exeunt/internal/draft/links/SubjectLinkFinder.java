package dev.exeunt.internal.draft.links;

import dev.exeunt.internal.draft.model.DraftLink;
import dev.exeunt.internal.draft.model.DraftModel;
import dev.exeunt.internal.draft.model.DraftRole;
import dev.exeunt.internal.draft.model.DraftTable;
import dev.exeunt.internal.draft.names.LinkRelation;
import dev.exeunt.internal.draft.names.NameWords;
import dev.exeunt.internal.draft.names.PersonalDataCategory;
import dev.exeunt.internal.schema.Column;
import dev.exeunt.internal.schema.ForeignKey;
import dev.exeunt.internal.schema.IdentifierUniqueness;
import dev.exeunt.internal.schema.Table;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Finds every link to the subject: foreign keys, suggestive column names, polymorphic pairs and e-mail addresses. */
public final class SubjectLinkFinder {

    private static final Set<String> PEOPLE = NameWords.set("""
            user owner author member creator person sender recipient receiver follower followee friend assignee
            reviewer approver moderator editor actor invitee inviter host guest participant subscriber uploader
            poster reporter voter buyer seller
            """);
    private static final Set<String> ANYTHING = NameWords.set("""
            record item target object resource entity subject source notifiable reportable attachable
            commentable likeable taggable auditable trackable parent model content
            """);
    private static final Set<String> INTEGERS = Set.of("int2", "int4", "int8");

    private final DraftModel model;
    private final Table subject;
    /** names of other tables, in the singular */
    private final Set<String> others;

    private final @Nullable Column key;

    public SubjectLinkFinder(DraftModel model) {
        this.model = model;
        this.subject = model.subject().table();
        this.others = model.schema().tables().stream()
                .filter(t -> !t.name().equals(subject.name()))
                .map(t -> String.join("", NameWords.singular(t.name().name())))
                .collect(Collectors.toSet());
        this.key = model.key().size() == 1 ? subject.require(model.key().get(0)) : null;
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
                    LinkRelation.of(foreignKey.columns()));
        }
        // what a name suggests, whoever wrote the map has seen, or left out on purpose
        List<DraftTable> open =
                model.tables().stream().filter(t -> !t.settled()).toList();
        open.forEach(t -> t.table().columns().forEach(c -> infer(t, c)));
        open.forEach(t -> model.email().ifPresent(identifier -> match(t, identifier)));
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

    private void infer(DraftTable table, Column column) {
        boolean free = key != null
                && comparable(column.type().baseName(), column.type().isText())
                && table.table().foreignKeys().stream()
                        .noneMatch(f -> f.columns().contains(column.name()));
        boolean subjectsKey = table.isSubject() && table.table().primaryKey().contains(column.name());
        if (!free || subjectsKey) {
            return;
        }
        Optional<Column> kind = sibling(table.table(), column);
        if (kind.isPresent()) {
            polymorphic(table, column, kind.get());
        } else if (weak(column) || (strong(column) && !table.isSubject())) {
            List<String> columns = List.of(column.name());
            table.add(new DraftLink.DraftDirectLink(columns, null, null), LinkRelation.of(columns));
        }
    }

    private boolean comparable(String baseName, boolean text) {
        String keyType = Objects.requireNonNull(key).type().baseName();
        boolean bothIntegers = INTEGERS.contains(baseName) && INTEGERS.contains(keyType);
        return bothIntegers || baseName.equals(keyType) || (text && key.type().isText());
    }

    /** {@code user_id}, or the subject's own name: nobody would mean anybody else, unless there is such a table. */
    private boolean strong(Column column) {
        List<String> words = NameWords.singular(column.name());
        return !names(words).isEmpty() && (plainly(words) || names(words).equals("user")) && !otherTable(names(words));
    }

    private boolean plainly(List<String> words) {
        return names(words)
                .equals(String.join("", NameWords.singular(subject.name().name())));
    }

    /** {@code owner_id}, {@code created_by}: a person, and this is the only table of people known. */
    private boolean weak(Column column) {
        List<String> words = NameWords.singular(column.name());
        String named = names(words);
        boolean by = !words.isEmpty() && words.get(words.size() - 1).equals("by") && words.size() > 1;
        if (by) {
            return words.stream().noneMatch(Set.of("sort", "order", "group", "filter", "divided")::contains);
        }
        boolean person = words.size() == 2 && PEOPLE.contains(words.get(0));
        boolean user = words.size() > 2 && words.get(words.size() - 2).equals("user") && !otherTable("user");
        return !named.isEmpty() && (person || user) && !otherTable(named);
    }

    /** What comes before {@code id}, or nothing. */
    private static String names(List<String> words) {
        boolean id = words.size() > 1 && Set.of("id", "uuid").contains(words.get(words.size() - 1));
        return id ? String.join("", words.subList(0, words.size() - 1)) : "";
    }

    private boolean otherTable(String named) {
        return others.contains(named);
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
        boolean person = words.stream().anyMatch(PEOPLE::contains);
        boolean anything = words.stream().anyMatch(ANYTHING::contains);
        Optional<String> label = label(kind);
        boolean telling = label.isPresent() || (person && kind.type().category() == 'N');
        if (telling && (person || anything || kind.type().isEnum())) {
            String where = label.map(l -> quoted(kind.name()) + " = '" + l.replace("'", "''") + "'")
                    .orElse(null);
            List<String> columns = List.of(column.name());
            LinkRelation stance = person ? LinkRelation.of(columns) : LinkRelation.TARGET;
            table.add(new DraftLink.DraftDirectLink(columns, null, where), stance);
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

    /** Tables that hold an e-mail address, and rows that no key has to tie to a person. */
    private void match(DraftTable table, String identifier) {
        if (table.isSubject() || table.direct().stream().anyMatch(r -> tied(table, r))) {
            return;
        }
        boolean unique = IdentifierUniqueness.isProven(subject, subject.require(identifier));
        table.table().columns().stream()
                .filter(c -> c.type().isText() && PersonalDataCategory.of(c) == PersonalDataCategory.EMAIL)
                .filter(c -> List.of(List.of("email"), List.of("email", "address"), List.of("mail"))
                        .contains(NameWords.of(c.name())))
                .findFirst()
                .ifPresent(c -> table.add(
                        new DraftLink.DraftIdentifierLink(identifier, c.name(), unique), LinkRelation.TARGET));
    }

    /** Whether every row is somebody's by this link: then the address beside it is theirs, and no second link is needed. */
    private static boolean tied(DraftTable table, DraftRole role) {
        return role.stance() != LinkRelation.ACTOR
                && role.link().columns().stream()
                        .allMatch(c -> table.table().require(c).notNull());
    }
}
