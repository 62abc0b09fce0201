package dev.exeunt.promise;

import dev.exeunt.promise.Snapshot.Row;
import dev.exeunt.promise.answer.Answers;
import dev.exeunt.promise.answer.Link;
import dev.exeunt.promise.answer.Role;
import dev.exeunt.promise.made.MadeTable;
import dev.exeunt.promise.made.Reference;
import dev.exeunt.promise.made.Type;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Which rows each role of a map reaches from some people, followed in memory from the rows alone. */
final class Followed {

    private final Answers answers;
    private final Snapshot before;
    private final List<List<String>> people;
    private final Map<Role, Map<Row, Set<String>>> reached = new LinkedHashMap<>();

    Followed(Answers answers, Snapshot before, List<List<String>> people) {
        this.answers = answers;
        this.before = before;
        this.people = people;
        answers.roles().forEach(r -> reached.put(r, new LinkedHashMap<>()));
        boolean more = true;
        while (more) {
            more = false;
            for (Role role : answers.roles()) {
                for (Row row : before.under(role.table())) {
                    Set<String> whose = whose(role, row);
                    more |= !whose.isEmpty()
                            && reached.get(role)
                                    .computeIfAbsent(row, r -> new LinkedHashSet<>())
                                    .addAll(whose);
                }
            }
        }
    }

    Answers answers() {
        return answers;
    }

    Snapshot before() {
        return before;
    }

    /** The roles that reach a row. */
    List<Role> roles(Row row) {
        return answers.roles().stream()
                .filter(r -> reached.get(r).containsKey(row))
                .toList();
    }

    Set<Row> rows(Role role) {
        return reached.get(role).keySet();
    }

    /** What {@code {key}} may stand for in a row of the role: the keys of the people it was reached from. */
    Set<String> keys(Role role, Row row) {
        return reached.get(role).getOrDefault(row, Set.of());
    }

    private Set<String> whose(Role role, Row row) {
        if (role.where() != null && !role.where().holds(row.cells())) {
            return Set.of();
        }
        Link link = role.link();
        if (link instanceof Link.Matches matches) {
            return byValue(matches, row);
        } else if (link instanceof Link.Through through) {
            MadeTable parent = through.parent();
            List<String> referred = referred(role.table(), through.on(), parent).orElseGet(parent::keyOrNone);
            Set<String> whose = new LinkedHashSet<>();
            answers.rolesOf(parent).stream()
                    .filter(r -> through.roles().contains(r.name()))
                    .forEach(r -> whose.addAll(below(role.table(), row, through.on(), r, referred)));
            return whose;
        }
        return ofPeople(role, row, link);
    }

    private Set<String> ofPeople(Role role, Row row, Link link) {
        MadeTable subject = answers.schema().people();
        List<String> key = subject.key();
        List<String> referred =
                role.self() ? key : referred(role.table(), link.on(), subject).orElse(key);
        if (!Set.copyOf(referred).equals(Set.copyOf(key))) {
            Role self = answers.roles().stream().filter(Role::self).findFirst().orElseThrow();
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

    private Set<String> below(MadeTable table, Row row, List<String> on, Role parents, List<String> referred) {
        Set<String> whose = new LinkedHashSet<>();
        reached.get(parents).forEach((parent, of) -> {
            if (same(table, row.cells(), on, parent.cells(), referred)) {
                whose.addAll(of);
            }
        });
        return whose;
    }

    private Set<String> byValue(Link.Matches matches, Row row) {
        String value = row.cells().get(matches.column());
        Set<String> whose = new LinkedHashSet<>();
        answers.roles().stream()
                .filter(Role::self)
                .forEach(self -> reached.get(self).forEach((person, of) -> {
                    String identifier = person.cells().get(matches.identifier());
                    boolean named = identifier != null && !identifier.isBlank();
                    if (named && value != null && lower(identifier).equals(lower(value))) {
                        whose.addAll(of);
                    }
                }));
        return whose;
    }

    private static String lower(String text) {
        return text.toLowerCase(Locale.ROOT);
    }

    /** What a foreign key over these columns refers to, pairwise. */
    static Optional<List<String>> referred(MadeTable table, List<String> on, MadeTable parent) {
        return table.references().stream()
                .filter(r -> r.parent() == parent)
                .filter(r -> Set.copyOf(r.columns()).equals(Set.copyOf(on)))
                .findFirst()
                .map(r -> on.stream().map(c -> pair(r, c)).toList());
    }

    private static String pair(Reference reference, String column) {
        return reference.parentColumns().get(reference.columns().indexOf(column));
    }

    static boolean same(
            MadeTable table, Map<String, String> row, List<String> on, Map<String, String> parent, List<String> key) {
        for (int i = 0; i < on.size(); i++) {
            String own = row.get(on.get(i));
            String other = parent.get(key.get(i));
            Type type = table.column(on.get(i)).type();
            if (own == null || other == null || !type.plain(own).equals(type.plain(other))) {
                return false;
            }
        }
        return true;
    }
}
