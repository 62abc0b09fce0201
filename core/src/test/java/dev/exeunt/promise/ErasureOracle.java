package dev.exeunt.promise;

import dev.exeunt.promise.RowSnapshot.SnapshotRow;
import dev.exeunt.promise.answer.ModelFate;
import dev.exeunt.promise.answer.ModelRole;
import dev.exeunt.promise.answer.ModelRule;
import dev.exeunt.promise.made.RandomColumn;
import dev.exeunt.promise.made.RandomTable;
import dev.exeunt.promise.made.TestedFeature;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** Computes what an erasure must make of every row, from the map's language alone. */
final class ErasureOracle {

    private final LinkTraversal followed;
    private final boolean touched;

    ErasureOracle(LinkTraversal followed) {
        this.followed = followed;
        this.touched = followed.before().rows().keySet().stream()
                .anyMatch(t -> t.features().contains(TestedFeature.TRIGGER_HARMLESS)
                        || t.features().contains(TestedFeature.TRIGGER_WRITES_ELSEWHERE));
    }

    /** Holds a rule that the erasure may apply to a column, and the role it comes from. */
    record ExpectedWrite(ModelRole role, ModelRule rule, int strength) {}

    boolean goes(SnapshotRow row) {
        List<ModelRole> roles = followed.roles(row);
        return !law(roles) && roles.stream().anyMatch(r -> r.fate().deletes());
    }

    private static boolean law(List<ModelRole> roles) {
        return roles.stream().anyMatch(r -> r.fate().law());
    }

    /** By column what is written into a row that stays; several where the language leaves open which. */
    Map<String, List<ExpectedWrite>> writes(SnapshotRow row) {
        List<ModelRole> roles = followed.roles(row);
        Map<String, List<ExpectedWrite>> writes = new LinkedHashMap<>();
        for (ModelRole role : roles) {
            ModelFate fate = role.fate();
            cutLinkAssignments(role).forEach((c, rule) -> add(writes, c, new ExpectedWrite(role, rule, 0)));
            boolean keep = fate.kind() == ModelFate.ModelFateKind.KEEP;
            if (keep || !law(roles)) {
                fate.rules().forEach((c, rule) -> {
                    int strength = fate.severs() && role.link().on().contains(c) ? 0 : keep ? 2 : 1;
                    add(writes, c, new ExpectedWrite(role, rule, strength));
                });
            }
        }
        return writes;
    }

    private static void add(Map<String, List<ExpectedWrite>> writes, String column, ExpectedWrite write) {
        List<ExpectedWrite> there = writes.computeIfAbsent(column, c -> new ArrayList<>());
        if (there.isEmpty() || there.get(0).strength() >= write.strength()) {
            there.removeIf(w -> w.strength() > write.strength());
            there.add(write);
        }
    }

    private static Map<String, ModelRule> cutLinkAssignments(ModelRole role) {
        Map<String, ModelRule> rules = new LinkedHashMap<>();
        List<String> on = role.link().on();
        List<String> values = role.fate().values();
        if (role.fate().kind() == ModelFate.ModelFateKind.DETACH) {
            on.stream().filter(c -> values.isEmpty() || values.contains(c)).forEach(c -> rules.put(c, ModelRule.NULL));
        } else if (role.fate().kind() == ModelFate.ModelFateKind.REASSIGN) {
            on.forEach(c -> rules.put(c, new ModelRule(ModelRule.ModelRuleKind.LITERAL, values.get(on.indexOf(c)))));
        }
        return rules;
    }

    /** The key of one of the people a row of the role was reached from. */
    String key(ModelRole role, SnapshotRow row) {
        return followed.keys(role, row).iterator().next();
    }

    /**
     * What is not as it has to be.
     *
     * @param others uids of rows that somebody else has added meanwhile
     */
    List<String> complaints(RowSnapshot after, Set<String> others) {
        List<String> complaints = new ArrayList<>();
        for (SnapshotRow row : followed.before().all()) {
            String wrong = complaint(row, after.find(row));
            if (wrong != null) {
                complaints.add(row + ": " + wrong + ", roles "
                        + followed.roles(row).stream().map(ModelRole::name).toList());
            }
        }
        after.all().stream()
                .filter(r -> followed.before().find(r) == null && !others.contains(r.uid()))
                .filter(r -> !r.table().isCopies())
                .forEach(r -> complaints.add(r + ": out of nothing"));
        copies(after, complaints);
        return complaints;
    }

    /** What a trigger copied is erased by the map as well, or accepted by it, or holds no key of the people. */
    private void copies(RowSnapshot after, List<String> complaints) {
        LinkTraversal left = new LinkTraversal(followed.answers(), after, followed.people());
        ErasureOracle oracle = new ErasureOracle(left);
        boolean accepted = followed.answers().schema().acceptedCopies().isPresent();
        for (SnapshotRow row : after.all()) {
            if (row.table().isCopies() && followed.before().find(row) == null) {
                boolean named = followed.people().stream()
                        .anyMatch(key -> key.get(0).equals(row.cells().get(RandomTable.MEMBER)));
                if (oracle.goes(row) || left.roles(row).isEmpty() && named && !accepted) {
                    complaints.add(row + ": copied by a trigger, and left");
                }
            }
        }
    }

    private String complaint(SnapshotRow row, SnapshotRow now) {
        boolean goes = goes(row);
        if (now == null || goes) {
            return now == null && goes ? null : now == null ? "gone" : "still there";
        }
        Map<String, List<ExpectedWrite>> writes = writes(row);
        for (RandomColumn column : row.table().columns()) {
            String was = row.cells().get(column.name());
            String is = now.cells().get(column.name());
            if (!right(row, now, column, was, is, writes.getOrDefault(column.name(), List.of()))) {
                return column.name() + " became " + is;
            }
        }
        return null;
    }

    private boolean right(
            SnapshotRow row, SnapshotRow now, RandomColumn column, String was, String is, List<ExpectedWrite> writes) {
        if (column.name().equals("shout")) {
            return Objects.equals(is, Objects.requireNonNullElse(now.cells().get(RandomTable.KIND), "") + "!");
        }
        if (writes.isEmpty()) {
            return Objects.equals(was, is) || column.name().equals(RandomTable.TOUCHED) && touched;
        }
        return writes.stream()
                .anyMatch(w -> RuleValues.fits(w.rule(), column.type(), is, followed.keys(w.role(), row), row.uid()));
    }
}
