package dev.exeunt.internal.erase;

import dev.exeunt.ExeuntException;
import dev.exeunt.internal.map.Rule;
import dev.exeunt.internal.plan.ColumnAssignment;
import dev.exeunt.internal.plan.KeySource;
import dev.exeunt.internal.plan.PlannedRole;
import dev.exeunt.internal.plan.PlannedTable;
import dev.exeunt.internal.postgres.SqlFragment;
import dev.exeunt.internal.postgres.SqlRunner;
import dev.exeunt.internal.postgres.SqlTemplate;
import dev.exeunt.internal.reach.SubjectKey;
import dev.exeunt.internal.reach.SubjectRows;
import dev.exeunt.internal.schema.Column;
import dev.exeunt.internal.schema.ForeignKey;
import dev.exeunt.internal.schema.KeyPredicate;
import dev.exeunt.internal.schema.Table;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** Checks that the rows to which a plan reassigns others exist, are not erased themselves, and are not the person's. */
final class ReassignTargetCheck {

    private final SubjectRows reach;

    private ReassignTargetCheck(SubjectRows reach) {
        this.reach = reach;
    }

    /**
     * @throws ReassignTargetMissingException where one is not there, or goes too
     */
    static void check(Connection connection, SubjectRows reach, List<SubjectKey> subjects) throws SQLException {
        ReassignTargetCheck standing = new ReassignTargetCheck(reach);
        List<SqlFragment> checks = new ArrayList<>();
        for (PlannedRole role : reach.plan().roles()) {
            if (reach.isEmpty(role)) {
                continue;
            }
            if (standing.named(role, subjects)) {
                throw new ReassignTargetMissingException(role.id().toString());
            }
            role.table()
                    .foreignKeys()
                    .forEach(key -> standing.missing(role, key).ifPresent(checks::add));
        }
        if (checks.isEmpty()) {
            return;
        }
        Optional<String> role =
                SqlRunner.first(connection, SqlFragment.join(" UNION ALL ", checks), row -> row.getString(1));
        if (role.isPresent()) {
            throw new ReassignTargetMissingException(role.get());
        }
    }

    /** Whether the link is to be handed to one of those who are being erased. */
    private boolean named(PlannedRole role, List<SubjectKey> subjects) {
        if (!(role.source() instanceof KeySource.SubjectKeyValues keys)) {
            return false;
        }
        List<Optional<String>> ghost =
                role.on().stream().map(c -> literal(role, c.name())).toList();
        List<Column> key = reach.plan().subject().key();
        return subjects.stream()
                .anyMatch(s -> keys.columns().stream()
                        .map(c -> Optional.of(s.parts().get(key.indexOf(c))))
                        .toList()
                        .equals(ghost));
    }

    /** Selects the role where the row is missing that its rules make this foreign key refer to. */
    private Optional<SqlFragment> missing(PlannedRole role, ForeignKey key) {
        // a table that is not in the map may be one this connection has no right to read
        Optional<PlannedTable> parent = reach.plan().tables().stream()
                .filter(t -> t.name().equals(key.parent()))
                .findFirst();
        if (parent.isEmpty()
                || key.columns().stream().anyMatch(c -> literal(role, c).isEmpty())) {
            return Optional.empty();
        }
        // a foreign key does not find rows of tables that inherit
        String only = parent.get().table().kind() == Table.RelationKind.PARTITIONED ? "" : "ONLY";
        Table table = parent.get().table();
        // the value has the link's type, which may hold more than the key's: then the row is missing
        SqlFragment found = KeyPredicate.of(
                table.name().quoted(),
                key.parentColumns().stream().map(table::require).toList(),
                i -> KeyPredicate.cast(
                        literal(role, key.columns().get(i)).orElseThrow(),
                        role.table().require(key.columns().get(i))));
        return Optional.of(SqlTemplate.of("""
                        SELECT :role::pg_catalog.text
                        WHERE NOT EXISTS (SELECT FROM {only} {parent} WHERE {stays} AND {found} AND ({theirs}) IS NOT TRUE)""")
                .bind("role", role.id().toString())
                .fragment("only", only)
                .fragment("parent", key.parent().quoted())
                .fragment("stays", reach.stays(parent.get()))
                .fragment("found", found)
                .fragment("theirs", theirs(role, key, parent.get()))
                .toFragment());
    }

    /** Selects rows above the link that are the person's: what is handed over to one of them would still be linked to the person. */
    private SqlFragment theirs(PlannedRole role, ForeignKey key, PlannedTable parent) {
        boolean above = role.source() instanceof KeySource.RoleRows
                && role.on().stream().map(Column::name).toList().equals(key.columns());
        return above
                ? reach.matchesAny(parent.roles().stream()
                        .filter(r ->
                                ((KeySource.RoleRows) role.source()).roles().contains(r.id()))
                        .toList())
                : SqlFragment.of("FALSE");
    }

    private static Optional<String> literal(PlannedRole role, String column) {
        return role.assignments().stream()
                .filter(a -> a.column().name().equals(column))
                .map(ColumnAssignment::rule)
                .findFirst()
                .map(rule -> rule instanceof Rule.LiteralRule value ? value.text() : null)
                .filter(Objects::nonNull);
    }

    /** Thrown when a row that should take over others is missing, is being erased or is the person's. */
    public static final class ReassignTargetMissingException extends ExeuntException {
        private static final long serialVersionUID = 1L;

        ReassignTargetMissingException(String role) {
            super("Nothing was erased: the map hands the rows of " + role
                    + " over to a row that does not exist, that is being erased itself, or that is linked to the person as well."
                    + " Make that row, or name another one under reassign.");
        }
    }
}
