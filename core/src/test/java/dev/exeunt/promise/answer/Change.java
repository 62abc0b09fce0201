package dev.exeunt.promise.answer;

import dev.exeunt.promise.made.MadeColumn;
import dev.exeunt.promise.made.MadeSchema;
import dev.exeunt.promise.made.MadeTable;
import dev.exeunt.promise.made.Reference;
import dev.exeunt.testkit.Dice;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Small changes of a map by chance, among them what no draft would ever write. */
final class Change {

    private final Dice dice;
    private final Answers answers;
    private final MadeSchema schema;

    Change(Dice dice, Answers answers) {
        this.dice = dice;
        this.answers = answers;
        this.schema = answers.schema();
    }

    /** Every role that is undecided is given a fate. */
    static Answers decided(Dice dice, Answers drafted) {
        Change change = new Change(dice, drafted);
        return drafted.with(drafted.roles().stream()
                .map(r -> r.fate().kind() == Fate.Kind.UNDECIDED ? r.with(change.fate(r)) : r)
                .toList());
    }

    Answers somewhere() {
        int kind = dice.below(100);
        if (kind < 18) {
            return added();
        }
        if (kind < 24 && answers.roles().size() > 2) {
            Role gone = dice.one(answers.roles());
            return gone.self()
                    ? answers
                    : answers.with(
                            answers.roles().stream().filter(r -> r != gone).toList());
        }
        return of(dice.one(answers.roles()));
    }

    Answers of(Role role) {
        int kind = dice.below(100);
        Role changed = kind < 62
                ? role.with(fate(role))
                : kind < 72
                        ? role.self() ? role : role.narrowed(dice.chance(55) ? null : dice.one(Where.values()))
                        : kind < 82 ? exported(role) : kind < 92 ? wider(role) : role.with(complete(role));
        return answers.with(
                answers.roles().stream().map(r -> r == role ? changed : r).toList());
    }

    private Role exported(Role role) {
        List<String> columns =
                role.table().columns().stream().map(MadeColumn::name).toList();
        return role.exported(dice.chance(25), dice.chance(30) ? List.of() : dice.some(columns, 1 + dice.below(3)));
    }

    private Role wider(Role role) {
        if (!(role.link() instanceof Link.Through through)) {
            return role;
        }
        List<String> roles =
                answers.rolesOf(through.parent()).stream().map(Role::name).toList();
        return roles.isEmpty()
                ? role
                : role.linked(new Link.Through(
                        through.parent(),
                        dice.chance(70) ? roles : dice.some(roles, 1 + dice.below(roles.size())),
                        through.on()));
    }

    /** Another link: along a foreign key, by value, or a column that no key declares. */
    private Answers added() {
        if (dice.chance(20)) {
            return byValue();
        }
        MadeTable table = dice.one(schema.tables());
        if (table.references().isEmpty() || answers.rolesOf(table).size() > 4) {
            return answers;
        }
        Reference reference = dice.one(table.references());
        boolean people = reference.parent() == schema.people();
        List<String> roles =
                answers.rolesOf(reference.parent()).stream().map(Role::name).toList();
        boolean direct =
                people && reference.parentColumns().equals(schema.people().key()) && dice.chance(60);
        if (!direct && roles.isEmpty()) {
            return answers;
        }
        String name = "r" + answers.roles().size() + dice.below(1000);
        List<String> through = new ArrayList<>(dice.chance(70) ? roles : dice.some(roles, 1));
        if (table == reference.parent() && dice.chance(50)) {
            through.add(name);
        }
        Link link = direct
                ? new Link.Direct(reference.columns())
                : new Link.Through(reference.parent(), through, reference.columns());
        return plus(table, name, link);
    }

    private Answers byValue() {
        List<MadeTable> holding =
                schema.tables().stream().filter(t -> t.has(MadeTable.CONTACT)).toList();
        return holding.isEmpty() || !answers.identifiers().contains("email")
                ? answers
                : plus(dice.one(holding), "v" + dice.below(1000), new Link.Matches("email", MadeTable.CONTACT));
    }

    private Answers plus(MadeTable table, String proposed, Link link) {
        boolean taken = answers.rolesOf(table).stream().anyMatch(r -> r.name().equals(proposed));
        String name = taken ? proposed + "-" + answers.roles().size() : proposed;
        Role bare = new Role(table, name, link, null, Fate.DELETE, false, List.of());
        List<Role> roles = new ArrayList<>(answers.roles());
        roles.add(bare.with(fate(bare)));
        Map<MadeTable, String> sections = new LinkedHashMap<>(answers.sections());
        sections.putIfAbsent(table, "s" + schema.tables().indexOf(table));
        List<String> quoted = List.of(MapText.table(table), table.name(), table.toString(), table.quoted());
        return new Answers(
                schema,
                sections,
                roles,
                answers.notPersonal().stream()
                        .filter(n -> quoted.stream().noneMatch(q -> n.equals("'" + q.replace("'", "''") + "'")))
                        .collect(java.util.stream.Collectors.toSet()),
                answers.identifiers());
    }

    private Fate fate(Role role) {
        Fate.Kind kind = dice.one(
                Fate.Kind.DELETE,
                Fate.Kind.DELETE,
                Fate.Kind.DELETE,
                Fate.Kind.ANONYMIZE,
                Fate.Kind.ANONYMIZE,
                Fate.Kind.DETACH,
                Fate.Kind.DETACH,
                Fate.Kind.REASSIGN,
                Fate.Kind.KEEP);
        if (kind == Fate.Kind.DELETE || role.self() && kind != Fate.Kind.KEEP && dice.chance(40)) {
            return Fate.DELETE;
        }
        if (role.self() && kind != Fate.Kind.KEEP
                || role.link() instanceof Link.Matches && kind == Fate.Kind.REASSIGN) {
            kind = Fate.Kind.ANONYMIZE;
        }
        return complete(role, kind);
    }

    private Fate complete(Role role) {
        return role.fate().deletes() ? Fate.DELETE : complete(role, role.fate().kind());
    }

    /** With rules for some columns, and everything else retained, mostly. */
    private Fate complete(Role role, Fate.Kind kind) {
        MadeTable table = role.table();
        Map<String, Rule> rules = new LinkedHashMap<>();
        List<MadeColumn> data = table.columns().stream()
                .filter(c -> !c.name().equals(MadeTable.UID) && (c.written() || dice.chance(4)))
                .filter(c -> !structural(table, c.name()) || dice.chance(4))
                .toList();
        for (MadeColumn column : dice.some(data, kind == Fate.Kind.ANONYMIZE ? 1 + dice.below(3) : dice.below(3))) {
            rules.put(column.name(), Rule.of(dice, column));
        }
        List<String> retain = new ArrayList<>();
        if (dice.chance(97)) {
            table.columns().stream()
                    .map(MadeColumn::name)
                    .filter(c -> !rules.containsKey(c) && !c.equals(MadeTable.UID))
                    .forEach(retain::add);
        }
        List<String> on = role.link().on();
        List<String> values = kind == Fate.Kind.DETACH && on.size() > 1 && dice.chance(50)
                ? dice.some(on, 1)
                : kind == Fate.Kind.REASSIGN ? ghost(role) : List.of();
        if (kind == Fate.Kind.ANONYMIZE && rules.isEmpty()) {
            rules.put(MadeTable.KIND, Rule.NULL);
            retain.remove(MadeTable.KIND);
        }
        return new Fate(kind, rules, retain, values, kind == Fate.Kind.KEEP && dice.chance(50));
    }

    private static boolean structural(MadeTable table, String column) {
        return table.uniques().stream().anyMatch(u -> u.contains(column))
                || table.references().stream().anyMatch(r -> r.columns().contains(column));
    }

    private List<String> ghost(Role role) {
        MadeTable parent = role.link() instanceof Link.Through through ? through.parent() : schema.people();
        List<String> referred = role.table().references().stream()
                .filter(r ->
                        r.parent() == parent && r.columns().equals(role.link().on()))
                .findFirst()
                .map(Reference::parentColumns)
                .orElseGet(parent::keyOrNone);
        List<String> ghost = MadeSchema.ghost(parent, referred);
        return ghost.contains(null) || ghost.isEmpty() ? List.of("99") : ghost;
    }
}
