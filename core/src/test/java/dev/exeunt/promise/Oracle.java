package dev.exeunt.promise;

import dev.exeunt.promise.Snapshot.Row;
import dev.exeunt.promise.answer.Fate;
import dev.exeunt.promise.answer.Role;
import dev.exeunt.promise.answer.Rule;
import dev.exeunt.promise.made.Feature;
import dev.exeunt.promise.made.MadeColumn;
import dev.exeunt.promise.made.MadeTable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * What an erasure has to make of every row, by the language alone: a keep with a legal basis wins, then deletes, then
 * anonymising rules, then what a keep writes; links are severed whatever else becomes of the row.
 */
final class Oracle {

    private final Followed followed;
    private final boolean touched;

    Oracle(Followed followed) {
        this.followed = followed;
        this.touched = followed.before().rows().keySet().stream()
                .anyMatch(t -> t.features().contains(Feature.TRIGGER_HARMLESS)
                        || t.features().contains(Feature.TRIGGER_WRITES_ELSEWHERE));
    }

    /** A rule and the role that has it. */
    record Write(Role role, Rule rule, int strength) {}

    boolean goes(Row row) {
        List<Role> roles = followed.roles(row);
        return !law(roles) && roles.stream().anyMatch(r -> r.fate().deletes());
    }

    private static boolean law(List<Role> roles) {
        return roles.stream().anyMatch(r -> r.fate().law());
    }

    /** By column what is written into a row that stays; several where the language leaves open which. */
    Map<String, List<Write>> writes(Row row) {
        List<Role> roles = followed.roles(row);
        Map<String, List<Write>> writes = new LinkedHashMap<>();
        for (Role role : roles) {
            Fate fate = role.fate();
            severing(role).forEach((c, rule) -> add(writes, c, new Write(role, rule, 0)));
            boolean keep = fate.kind() == Fate.Kind.KEEP;
            if (keep || !law(roles)) {
                fate.rules().forEach((c, rule) -> {
                    int strength = fate.severs() && role.link().on().contains(c) ? 0 : keep ? 2 : 1;
                    add(writes, c, new Write(role, rule, strength));
                });
            }
        }
        return writes;
    }

    private static void add(Map<String, List<Write>> writes, String column, Write write) {
        List<Write> there = writes.computeIfAbsent(column, c -> new ArrayList<>());
        if (there.isEmpty() || there.get(0).strength() >= write.strength()) {
            there.removeIf(w -> w.strength() > write.strength());
            there.add(write);
        }
    }

    private static Map<String, Rule> severing(Role role) {
        Map<String, Rule> rules = new LinkedHashMap<>();
        List<String> on = role.link().on();
        List<String> values = role.fate().values();
        if (role.fate().kind() == Fate.Kind.DETACH) {
            on.stream().filter(c -> values.isEmpty() || values.contains(c)).forEach(c -> rules.put(c, Rule.NULL));
        } else if (role.fate().kind() == Fate.Kind.REASSIGN) {
            on.forEach(c -> rules.put(c, new Rule(Rule.Kind.LITERAL, values.get(on.indexOf(c)))));
        }
        return rules;
    }

    /** The key of one of the people a row of the role was reached from. */
    String key(Role role, Row row) {
        return followed.keys(role, row).iterator().next();
    }

    /**
     * What is not as it has to be.
     *
     * @param others uids of rows that somebody else has added meanwhile
     */
    List<String> complaints(Snapshot after, Set<String> others) {
        List<String> complaints = new ArrayList<>();
        for (Row row : followed.before().all()) {
            String wrong = complaint(row, after.find(row));
            if (wrong != null) {
                complaints.add(row + ": " + wrong + ", roles "
                        + followed.roles(row).stream().map(Role::name).toList());
            }
        }
        after.all().stream()
                .filter(r -> followed.before().find(r) == null && !others.contains(r.uid()))
                .forEach(r -> complaints.add(r + ": out of nothing"));
        return complaints;
    }

    private String complaint(Row row, Row now) {
        boolean goes = goes(row);
        if (now == null || goes) {
            return now == null && goes ? null : now == null ? "gone" : "still there";
        }
        Map<String, List<Write>> writes = writes(row);
        for (MadeColumn column : row.table().columns()) {
            String was = row.cells().get(column.name());
            String is = now.cells().get(column.name());
            if (!right(row, now, column, was, is, writes.getOrDefault(column.name(), List.of()))) {
                return column.name() + " became " + is;
            }
        }
        return null;
    }

    private boolean right(Row row, Row now, MadeColumn column, String was, String is, List<Write> writes) {
        if (column.name().equals("shout")) {
            return Objects.equals(is, Objects.requireNonNullElse(now.cells().get(MadeTable.KIND), "") + "!");
        }
        if (writes.isEmpty()) {
            return Objects.equals(was, is) || column.name().equals(MadeTable.TOUCHED) && touched;
        }
        return writes.stream()
                .anyMatch(w -> Values.fits(w.rule(), column.type(), is, followed.keys(w.role(), row), row.uid()));
    }
}
