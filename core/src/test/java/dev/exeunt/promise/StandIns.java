package dev.exeunt.promise;

import dev.exeunt.promise.Snapshot.Row;
import dev.exeunt.promise.answer.Fate;
import dev.exeunt.promise.answer.Role;
import dev.exeunt.promise.answer.Rule;
import dev.exeunt.promise.made.MadeTable;
import dev.exeunt.promise.made.Reference;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The rows that a map makes others refer to: by their keys, or by SQL that could name any. */
final class StandIns {

    private final Followed followed;
    private final Oracle oracle;

    StandIns(Followed followed) {
        this.followed = followed;
        this.oracle = new Oracle(followed);
    }

    /** Whether one that is named by its key is not there, is deleted, or is a person who leaves; be there rows for it or none. */
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
                        .anyMatch(rule -> rule != null && rule.kind() == Rule.Kind.SQL));
    }

    private boolean missing(Role role, Reference reference) {
        Map<String, String> named = named(role);
        if (!named.keySet().containsAll(reference.columns())) {
            return false;
        }
        MadeTable parent = reference.parent();
        return followed.before().under(parent).stream()
                .filter(row -> row.table() == parent)
                .filter(row ->
                        Followed.same(role.table(), named, reference.columns(), row.cells(), reference.parentColumns()))
                .noneMatch(this::stands);
    }

    private boolean stands(Row row) {
        return !oracle.goes(row) && followed.roles(row).stream().noneMatch(Role::self);
    }

    /** What the role writes without looking at anything, by column. */
    private static Map<String, String> named(Role role) {
        Map<String, String> named = new HashMap<>();
        Fate fate = role.fate();
        fate.rules().forEach((column, rule) -> {
            if (rule.kind() == Rule.Kind.LITERAL) {
                named.put(column, rule.text());
            }
        });
        if (fate.kind() == Fate.Kind.REASSIGN) {
            List<String> on = role.link().on();
            on.forEach(column -> named.put(column, fate.values().get(on.indexOf(column))));
        }
        return named;
    }
}
