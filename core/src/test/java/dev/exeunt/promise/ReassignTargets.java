package dev.exeunt.promise;

import dev.exeunt.promise.RowSnapshot.SnapshotRow;
import dev.exeunt.promise.answer.ModelFate;
import dev.exeunt.promise.answer.ModelLink;
import dev.exeunt.promise.answer.ModelRole;
import dev.exeunt.promise.answer.ModelRule;
import dev.exeunt.promise.made.RandomForeignKey;
import dev.exeunt.promise.made.RandomTable;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Finds rows that a map makes other rows refer to, and whether they exist and stay. */
final class ReassignTargets {

    private final LinkTraversal followed;
    private final ErasureOracle oracle;

    ReassignTargets(LinkTraversal followed) {
        this.followed = followed;
        this.oracle = new ErasureOracle(followed);
    }

    /** Whether one that is named by its key is not there, is deleted, or is a person's who leaves; be there rows for it or none. */
    boolean missing() {
        return followed.answers().roles().stream()
                .anyMatch(role -> role.table().references().stream().anyMatch(r -> missing(role, r)));
    }

    /** Whether a rule in SQL writes what a row refers by. */
    boolean namedBySql() {
        return followed.answers().roles().stream()
                .filter(role -> !followed.rows(role).isEmpty())
                .anyMatch(role -> role.table().references().stream()
                        .flatMap(r -> r.columns().stream())
                        .map(role.fate().rules()::get)
                        .anyMatch(rule -> rule != null && rule.kind() == ModelRule.ModelRuleKind.SQL));
    }

    private boolean missing(ModelRole role, RandomForeignKey reference) {
        Map<String, String> named = named(role);
        if (!named.keySet().containsAll(reference.columns())) {
            return false;
        }
        RandomTable parent = reference.parent();
        return followed.before().under(parent).stream()
                .filter(row -> row.table() == parent)
                .filter(row -> LinkTraversal.same(
                        role.table(), named, reference.columns(), row.cells(), reference.parentColumns()))
                .noneMatch(row -> stands(row) && !isAbove(role, reference, row));
    }

    /** Whether the link would lead from the row to the person all the same. */
    private boolean isAbove(ModelRole role, RandomForeignKey reference, SnapshotRow row) {
        return role.link() instanceof ModelLink.ModelThroughLink through
                && through.parent() == reference.parent()
                && through.on().equals(reference.columns())
                && followed.roles(row).stream().anyMatch(r -> through.roles().contains(r.name()));
    }

    private boolean stands(SnapshotRow row) {
        return !oracle.goes(row) && followed.roles(row).stream().noneMatch(ModelRole::self);
    }

    /** What the role writes without looking at anything, by column. */
    private static Map<String, String> named(ModelRole role) {
        Map<String, String> named = new HashMap<>();
        ModelFate fate = role.fate();
        fate.rules().forEach((column, rule) -> {
            if (rule.kind() == ModelRule.ModelRuleKind.LITERAL) {
                named.put(column, rule.text());
            }
        });
        if (fate.kind() == ModelFate.ModelFateKind.REASSIGN) {
            List<String> on = role.link().on();
            on.forEach(column -> named.put(column, fate.values().get(on.indexOf(column))));
        }
        return named;
    }
}
