package dev.exeunt.promise;

import dev.exeunt.promise.RowSnapshot.SnapshotRow;
import dev.exeunt.promise.answer.MapModel;
import dev.exeunt.promise.answer.ModelLink;
import dev.exeunt.promise.answer.ModelRole;
import dev.exeunt.promise.made.RandomColumnType;
import dev.exeunt.promise.made.RandomForeignKey;
import dev.exeunt.promise.made.RandomTable;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Follows the links of a map model in memory to find which rows each role reaches from some people. */
final class LinkTraversal {

    private final MapModel answers;
    private final RowSnapshot before;
    private final List<List<String>> people;
    private final Set<String> read;
    private final Map<ModelRole, Map<SnapshotRow, Set<String>>> reached = new LinkedHashMap<>();

    LinkTraversal(MapModel answers, RowSnapshot before, List<List<String>> people) {
        this.answers = answers;
        this.before = before;
        this.people = people;
        this.read = before.under(answers.schema().read()).stream()
                .map(SnapshotRow::uid)
                .collect(Collectors.toSet());
        answers.roles().forEach(r -> reached.put(r, new LinkedHashMap<>()));
        boolean more = true;
        while (more) {
            more = false;
            for (ModelRole role : answers.roles()) {
                for (SnapshotRow row : before.under(role.table())) {
                    Set<String> whose = whose(role, row);
                    more |= !whose.isEmpty()
                            && reached.get(role)
                                    .computeIfAbsent(row, r -> new LinkedHashSet<>())
                                    .addAll(whose);
                }
            }
        }
    }

    MapModel answers() {
        return answers;
    }

    RowSnapshot before() {
        return before;
    }

    List<List<String>> people() {
        return people;
    }

    /** Whether a row of the subject's table is one of the people who leave. */
    boolean leaves(SnapshotRow person) {
        RandomTable subject = answers.schema().people();
        return people.stream().anyMatch(key -> isOf(subject, person, key));
    }

    /**
     * The rows that the role leaves alone, since a person who stays holds their value as well as one who leaves. What another role reaches
     * is known to be the leaving person's.
     */
    Set<SnapshotRow> shared(ModelRole role) {
        if (!(role.link() instanceof ModelLink.ModelIdentifierLink matches)) {
            return Set.of();
        }
        return before.under(role.table()).stream()
                .filter(row -> role.where() == null || role.where().holds(row.cells(), read::contains))
                .filter(row -> answers.rolesOf(role.table()).stream()
                        .noneMatch(r -> reached.get(r).containsKey(row)))
                .filter(row -> row.cells().get(matches.column()) != null)
                .filter(row ->
                        !holders(matches, row.cells().get(matches.column())).isEmpty())
                .filter(row -> heldByOthers(matches.identifier(), row.cells().get(matches.column())))
                .collect(Collectors.toSet());
    }

    /** The roles that reach a row. */
    List<ModelRole> roles(SnapshotRow row) {
        return answers.roles().stream()
                .filter(r -> reached.get(r).containsKey(row))
                .toList();
    }

    Set<SnapshotRow> rows(ModelRole role) {
        return reached.get(role).keySet();
    }

    /** What {@code {key}} may stand for in a row of the role: the keys of the people it was reached from. */
    Set<String> keys(ModelRole role, SnapshotRow row) {
        return reached.get(role).getOrDefault(row, Set.of());
    }

    private Set<String> whose(ModelRole role, SnapshotRow row) {
        if (role.where() != null && !role.where().holds(row.cells(), read::contains)) {
            return Set.of();
        }
        ModelLink link = role.link();
        if (link instanceof ModelLink.ModelIdentifierLink matches) {
            return byValue(matches, row);
        } else if (link instanceof ModelLink.ModelThroughLink through) {
            RandomTable parent = through.parent();
            List<String> referred = referred(role.table(), through.on(), parent).orElseGet(parent::keyOrNone);
            Set<String> whose = new LinkedHashSet<>();
            answers.rolesOf(parent).stream()
                    .filter(r -> through.roles().contains(r.name()))
                    .forEach(r -> whose.addAll(below(role.table(), row, through.on(), r, referred)));
            return whose;
        }
        return ofPeople(role, row, link);
    }

    private Set<String> ofPeople(ModelRole role, SnapshotRow row, ModelLink link) {
        RandomTable subject = answers.schema().people();
        List<String> key = subject.key();
        List<String> referred =
                role.self() ? key : referred(role.table(), link.on(), subject).orElse(key);
        if (!Set.copyOf(referred).equals(Set.copyOf(key))) {
            ModelRole self =
                    answers.roles().stream().filter(ModelRole::self).findFirst().orElseThrow();
            return below(role.table(), row, link.on(), self, referred);
        }
        Set<String> whose = new LinkedHashSet<>();
        for (List<String> person : people) {
            Map<String, String> cells = new HashMap<>();
            key.forEach(c -> cells.put(c, person.get(key.indexOf(c))));
            if (same(role.table(), row.cells(), link.on(), cells, referred)) {
                whose.add(joined(person));
            }
        }
        return whose;
    }

    /** A key as {@code {key}} fills it in: of several parts each behind its length. */
    private static String joined(List<String> parts) {
        return parts.size() == 1
                ? parts.get(0)
                : parts.stream()
                        .map(p -> p.codePointCount(0, p.length()) + "." + p)
                        .collect(Collectors.joining("-"));
    }

    private Set<String> below(
            RandomTable table, SnapshotRow row, List<String> on, ModelRole parents, List<String> referred) {
        Set<String> whose = new LinkedHashSet<>();
        reached.get(parents).forEach((parent, of) -> {
            if (same(table, row.cells(), on, parent.cells(), referred)) {
                whose.addAll(of);
            }
        });
        return whose;
    }

    private Set<String> byValue(ModelLink.ModelIdentifierLink matches, SnapshotRow row) {
        String value = row.cells().get(matches.column());
        return value == null || heldByOthers(matches.identifier(), value) ? Set.of() : holders(matches, value);
    }

    /** Those who leave and hold the value. */
    private Set<String> holders(ModelLink.ModelIdentifierLink matches, String value) {
        Set<String> whose = new LinkedHashSet<>();
        answers.roles().stream()
                .filter(ModelRole::self)
                .forEach(self -> reached.get(self).forEach((person, of) -> {
                    String identifier = person.cells().get(matches.identifier());
                    boolean named = identifier != null && !identifier.isBlank();
                    if (named && lower(identifier).equals(lower(value))) {
                        whose.addAll(of);
                    }
                }));
        return whose;
    }

    /** Whether a person who does not leave holds the value as well: its rows are then left alone. */
    private boolean heldByOthers(String identifier, String value) {
        RandomTable subject = answers.schema().people();
        return before.under(subject).stream()
                .filter(person -> person.cells().get(identifier) != null)
                .filter(person -> lower(person.cells().get(identifier)).equals(lower(value)))
                .anyMatch(person -> !leaves(person));
    }

    private static boolean isOf(RandomTable subject, SnapshotRow person, List<String> key) {
        Map<String, String> cells = new HashMap<>();
        subject.key().forEach(c -> cells.put(c, key.get(subject.key().indexOf(c))));
        return same(subject, person.cells(), subject.key(), cells, subject.key());
    }

    private static String lower(String text) {
        return text.toLowerCase(Locale.ROOT);
    }

    /** What a foreign key over these columns refers to, pairwise. */
    static Optional<List<String>> referred(RandomTable table, List<String> on, RandomTable parent) {
        return table.references().stream()
                .filter(r -> r.parent() == parent)
                .filter(r -> Set.copyOf(r.columns()).equals(Set.copyOf(on)))
                .findFirst()
                .map(r -> on.stream().map(c -> pair(r, c)).toList());
    }

    private static String pair(RandomForeignKey reference, String column) {
        return reference.parentColumns().get(reference.columns().indexOf(column));
    }

    static boolean same(
            RandomTable table, Map<String, String> row, List<String> on, Map<String, String> parent, List<String> key) {
        for (int i = 0; i < on.size(); i++) {
            String own = row.get(on.get(i));
            String other = parent.get(key.get(i));
            RandomColumnType type = table.column(on.get(i)).type();
            if (own == null || other == null || !type.plain(own).equals(type.plain(other))) {
                return false;
            }
        }
        return true;
    }
}
