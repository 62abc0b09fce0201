package dev.exeunt.erase;

import dev.exeunt.ExeuntException;
import dev.exeunt.map.Rule;
import dev.exeunt.plan.Assignment;
import dev.exeunt.plan.KeySource;
import dev.exeunt.plan.PlannedRole;
import dev.exeunt.plan.PlannedTable;
import dev.exeunt.postgres.Fragment;
import dev.exeunt.postgres.Quote;
import dev.exeunt.reach.Reach;
import dev.exeunt.reach.SubjectKey;
import dev.exeunt.schema.Column;
import dev.exeunt.schema.ForeignKey;
import dev.exeunt.schema.Table;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** The rows that a plan hands other rows over to by name must be there, and must not be erased themselves. */
final class Standing {

    private final Reach reach;

    private Standing(Reach reach) {
        this.reach = reach;
    }

    /**
     * @throws NoSuchRowException where one is not there, or goes too
     */
    static void check(Connection connection, Reach reach, List<SubjectKey> subjects) throws SQLException {
        Standing standing = new Standing(reach);
        List<Fragment> checks = new ArrayList<>();
        for (PlannedRole role : reach.plan().roles()) {
            if (reach.isEmpty(role)) {
                continue;
            }
            if (standing.named(role, subjects)) {
                throw new NoSuchRowException(role.id().toString());
            }
            role.table()
                    .foreignKeys()
                    .forEach(key -> standing.missing(role, key).ifPresent(checks::add));
        }
        if (checks.isEmpty()) {
            return;
        }
        try (PreparedStatement statement = Fragment.join(" UNION ALL ", checks).prepare(connection);
                ResultSet result = statement.executeQuery()) {
            if (result.next()) {
                throw new NoSuchRowException(result.getString(1));
            }
        }
    }

    /** Whether the link is to be handed to one of those who are being erased. */
    private boolean named(PlannedRole role, List<SubjectKey> subjects) {
        if (!(role.source() instanceof KeySource.SubjectKeys keys)) {
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
    private Optional<Fragment> missing(PlannedRole role, ForeignKey key) {
        // a table that is not in the map may be one this connection has no right to read
        Optional<PlannedTable> parent = reach.plan().tables().stream()
                .filter(t -> t.name().equals(key.parent()))
                .findFirst();
        if (parent.isEmpty()
                || key.columns().stream().anyMatch(c -> literal(role, c).isEmpty())) {
            return Optional.empty();
        }
        // a foreign key does not find rows of tables that inherit
        String only = parent.get().table().kind() == Table.Kind.PARTITIONED ? "" : "ONLY ";
        Fragment found = Fragment.of("SELECT FROM " + only + key.parent().quoted() + " WHERE ")
                .plus(reach.stays(parent.get()));
        for (int i = 0; i < key.columns().size(); i++) {
            Column column = role.table().require(key.columns().get(i));
            found = found.plus(" AND " + Quote.identifier(key.parentColumns().get(i)) + " "
                            + column.type().equality() + " ")
                    .plus(Fragment.of(
                            "CAST(? AS " + column.type().quotedBase() + ")",
                            literal(role, column.name()).orElseThrow()));
        }
        return Optional.of(Fragment.of("SELECT " + Quote.literal(role.id().toString()) + " WHERE NOT EXISTS (")
                .plus(found)
                .plus(")"));
    }

    private static Optional<String> literal(PlannedRole role, String column) {
        return role.assignments().stream()
                .filter(a -> a.column().name().equals(column))
                .map(Assignment::rule)
                .findFirst()
                .map(rule -> rule instanceof Rule.Literal value ? value.text() : null)
                .filter(Objects::nonNull);
    }

    /** Rows were to be handed over to a row that is not there, or is being erased. */
    public static final class NoSuchRowException extends ExeuntException {
        private static final long serialVersionUID = 1L;

        NoSuchRowException(String role) {
            super("Nothing was erased: the map hands the rows of " + role
                    + " over to a row that does not exist, or that is being erased itself."
                    + " Make that row, or name another one under reassign.");
        }
    }
}
