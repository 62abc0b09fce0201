package dev.exeunt.promise.answer;

import dev.exeunt.promise.made.RandomColumn;
import dev.exeunt.promise.made.RandomForeignKey;
import dev.exeunt.promise.made.RandomSchema;
import dev.exeunt.promise.made.RandomTable;
import dev.exeunt.testkit.SeededRandom;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Changes a map model at random, also in ways that no draft would. */
final class RandomMapChange {

    private final SeededRandom dice;
    private final MapModel answers;
    private final RandomSchema schema;

    RandomMapChange(SeededRandom dice, MapModel answers) {
        this.dice = dice;
        this.answers = answers;
        this.schema = answers.schema();
    }

    /** Every role that is undecided is given a fate. */
    static MapModel decided(SeededRandom dice, MapModel drafted) {
        RandomMapChange change = new RandomMapChange(dice, drafted);
        return drafted.with(drafted.roles().stream()
                .map(r -> r.fate().kind() == ModelFate.ModelFateKind.UNDECIDED ? r.with(change.fate(r)) : r)
                .toList());
    }

    MapModel somewhere() {
        int kind = dice.below(100);
        if (kind < 18) {
            return added();
        }
        if (kind < 24 && answers.roles().size() > 2) {
            ModelRole gone = dice.one(answers.roles());
            return gone.self()
                    ? answers
                    : answers.with(
                            answers.roles().stream().filter(r -> r != gone).toList());
        }
        return of(dice.one(answers.roles()));
    }

    MapModel of(ModelRole role) {
        int kind = dice.below(100);
        ModelRole changed = kind < 62
                ? role.with(fate(role))
                : kind < 72
                        ? role.self()
                                ? role
                                : role.narrowed(dice.chance(55) ? null : dice.one(ModelCondition.allowed()))
                        : kind < 82 ? exported(role) : kind < 92 ? wider(role) : role.with(complete(role));
        return answers.with(
                answers.roles().stream().map(r -> r == role ? changed : r).toList());
    }

    private ModelRole exported(ModelRole role) {
        List<String> columns =
                role.table().columns().stream().map(RandomColumn::name).toList();
        return role.exported(dice.chance(25), dice.chance(30) ? List.of() : dice.some(columns, 1 + dice.below(3)));
    }

    private ModelRole wider(ModelRole role) {
        if (!(role.link() instanceof ModelLink.ModelThroughLink through)) {
            return role;
        }
        List<String> roles =
                answers.rolesOf(through.parent()).stream().map(ModelRole::name).toList();
        return roles.isEmpty()
                ? role
                : role.linked(new ModelLink.ModelThroughLink(
                        through.parent(),
                        dice.chance(70) ? roles : dice.some(roles, 1 + dice.below(roles.size())),
                        through.on()));
    }

    /** Another link: along a foreign key, by value, or a column that no key declares. */
    private MapModel added() {
        if (dice.chance(20)) {
            return byValue();
        }
        if (dice.chance(20)) {
            return byMember();
        }
        RandomTable table = dice.one(schema.tables());
        if (table.references().isEmpty() || answers.rolesOf(table).size() > 4) {
            return answers;
        }
        RandomForeignKey reference = dice.one(table.references());
        boolean people = reference.parent() == schema.people();
        List<String> roles = answers.rolesOf(reference.parent()).stream()
                .map(ModelRole::name)
                .toList();
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
        ModelLink link = direct
                ? new ModelLink.ModelDirectLink(reference.columns())
                : new ModelLink.ModelThroughLink(reference.parent(), through, reference.columns());
        return plus(table, name, link);
    }

    MapModel byValue() {
        List<RandomTable> holding =
                schema.tables().stream().filter(t -> t.has(RandomTable.CONTACT)).toList();
        return holding.isEmpty() || !answers.identifiers().contains("email")
                ? answers
                : plus(
                        dice.one(holding),
                        "v" + dice.below(1000),
                        new ModelLink.ModelIdentifierLink(
                                "email",
                                RandomTable.CONTACT,
                                dice.one("leave", "leave", "mine-if-present", "ask", null)));
    }

    /** By a column that no foreign key declares, with the tenant beside it where people have one. */
    MapModel byMember() {
        List<RandomTable> holding =
                schema.tables().stream().filter(t -> t.has(RandomTable.MEMBER)).toList();
        if (holding.isEmpty()) {
            return answers;
        }
        List<String> on = schema.people().key().contains(RandomTable.TENANT)
                ? List.of(RandomTable.TENANT, RandomTable.MEMBER)
                : List.of(RandomTable.MEMBER);
        List<RandomTable> copies =
                holding.stream().filter(RandomTable::isCopies).toList();
        RandomTable table = dice.one(copies.isEmpty() || dice.chance(60) ? holding : copies);
        return plus(table, "m" + dice.below(1000), new ModelLink.ModelDirectLink(on));
    }

    private MapModel plus(RandomTable table, String proposed, ModelLink link) {
        boolean taken = answers.rolesOf(table).stream().anyMatch(r -> r.name().equals(proposed));
        String name = taken ? proposed + "-" + answers.roles().size() : proposed;
        ModelRole bare = new ModelRole(table, name, link, null, ModelFate.DELETE, false, List.of());
        List<ModelRole> roles = new ArrayList<>(answers.roles());
        roles.add(bare.with(fate(bare)));
        Map<RandomTable, String> sections = new LinkedHashMap<>(answers.sections());
        sections.putIfAbsent(table, "s" + schema.tables().indexOf(table));
        List<String> quoted = List.of(ModelYaml.table(table), table.name(), table.toString(), table.quoted());
        return new MapModel(
                schema,
                sections,
                roles,
                answers.notPersonal().stream()
                        .filter(n -> quoted.stream().noneMatch(q -> n.equals("'" + q.replace("'", "''") + "'")))
                        .collect(java.util.stream.Collectors.toSet()),
                answers.identifiers());
    }

    private ModelFate fate(ModelRole role) {
        ModelFate.ModelFateKind kind = dice.one(
                ModelFate.ModelFateKind.DELETE,
                ModelFate.ModelFateKind.DELETE,
                ModelFate.ModelFateKind.DELETE,
                ModelFate.ModelFateKind.ANONYMIZE,
                ModelFate.ModelFateKind.ANONYMIZE,
                ModelFate.ModelFateKind.DETACH,
                ModelFate.ModelFateKind.DETACH,
                ModelFate.ModelFateKind.REASSIGN,
                ModelFate.ModelFateKind.KEEP);
        if (kind == ModelFate.ModelFateKind.DELETE
                || role.self() && kind != ModelFate.ModelFateKind.KEEP && dice.chance(40)) {
            return ModelFate.DELETE;
        }
        if (role.self() && kind != ModelFate.ModelFateKind.KEEP
                || role.link() instanceof ModelLink.ModelIdentifierLink && kind == ModelFate.ModelFateKind.REASSIGN) {
            kind = ModelFate.ModelFateKind.ANONYMIZE;
        }
        return complete(role, kind);
    }

    private ModelFate complete(ModelRole role) {
        return role.fate().deletes()
                ? ModelFate.DELETE
                : complete(role, role.fate().kind());
    }

    /** With rules for some columns, and everything else retained, mostly. */
    private ModelFate complete(ModelRole role, ModelFate.ModelFateKind kind) {
        RandomTable table = role.table();
        Map<String, ModelRule> rules = new LinkedHashMap<>();
        List<RandomColumn> data = table.columns().stream()
                .filter(c -> !c.name().equals(RandomTable.UID) && (c.written() || dice.chance(4)))
                .filter(c -> !structural(table, c.name()) || dice.chance(4))
                .toList();
        for (RandomColumn column :
                dice.some(data, kind == ModelFate.ModelFateKind.ANONYMIZE ? 1 + dice.below(3) : dice.below(3))) {
            rules.put(column.name(), ModelRule.of(dice, column));
        }
        List<String> retain = new ArrayList<>();
        if (dice.chance(97)) {
            table.columns().stream()
                    .map(RandomColumn::name)
                    .filter(c -> !rules.containsKey(c) && !c.equals(RandomTable.UID))
                    .forEach(retain::add);
        }
        List<String> on = role.link().on();
        List<String> values = kind == ModelFate.ModelFateKind.DETACH && on.size() > 1 && dice.chance(50)
                ? dice.some(on, 1)
                : kind == ModelFate.ModelFateKind.REASSIGN ? ghost(role) : List.of();
        if (kind == ModelFate.ModelFateKind.ANONYMIZE && rules.isEmpty()) {
            rules.put(RandomTable.KIND, ModelRule.NULL);
            retain.remove(RandomTable.KIND);
        }
        return new ModelFate(kind, rules, retain, values, kind == ModelFate.ModelFateKind.KEEP && dice.chance(50));
    }

    private static boolean structural(RandomTable table, String column) {
        return table.uniques().stream().anyMatch(u -> u.contains(column))
                || table.references().stream().anyMatch(r -> r.columns().contains(column));
    }

    private List<String> ghost(ModelRole role) {
        RandomTable parent =
                role.link() instanceof ModelLink.ModelThroughLink through ? through.parent() : schema.people();
        List<String> referred = role.table().references().stream()
                .filter(r ->
                        r.parent() == parent && r.columns().equals(role.link().on()))
                .findFirst()
                .map(RandomForeignKey::parentColumns)
                .orElseGet(parent::keyOrNone);
        List<String> ghost = RandomSchema.ghost(parent, referred);
        return ghost.contains(null) || ghost.isEmpty() ? List.of("99") : ghost;
    }
}
