package dev.exeunt.internal.verify;

import dev.exeunt.erase.Residue.ResiduePlace;
import dev.exeunt.erase.Residue.UnjudgedPlace;
import dev.exeunt.internal.map.Role;
import dev.exeunt.internal.plan.PlannedRole;
import dev.exeunt.internal.plan.PlannedTable;
import dev.exeunt.internal.postgres.SqlFragment;
import dev.exeunt.internal.postgres.SqlRunner;
import dev.exeunt.internal.postgres.SqlTemplate;
import dev.exeunt.internal.reach.SubjectRows;
import dev.exeunt.internal.schema.Column;
import dev.exeunt.internal.verify.ErasureRecord.RecordKind;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Counts the rows that links still lead to, and says of them whether the map keeps them, or whose they are by now. */
final class LinkPlaces {

    private static final String NEW_PERSON = "of a new person who has the same key";

    private final Connection connection;
    private final SubjectRows all;
    private final SubjectRows judged;
    private final ErasureRecord record;
    private final RowAge age;
    private final List<ResiduePlace> places = new ArrayList<>();
    private final List<UnjudgedPlace> unjudged = new ArrayList<>();

    /**
     * @param all the rows that links lead to
     * @param judged those of them that were there when the people asked
     */
    LinkPlaces(Connection connection, SubjectRows all, SubjectRows judged, ErasureRecord record) {
        this.connection = connection;
        this.all = all;
        this.judged = judged;
        this.record = record;
        this.age = new RowAge(record);
    }

    LinkPlaces find() throws SQLException {
        for (PlannedTable table : judged.plan().tables()) {
            for (PlannedRole role : table.roles()) {
                if (all.rows(role) > 0) {
                    find(table, role);
                }
            }
        }
        return this;
    }

    List<ResiduePlace> places() {
        return places;
    }

    List<UnjudgedPlace> unjudged() {
        return unjudged;
    }

    private void find(PlannedTable table, PlannedRole role) throws SQLException {
        long rows = judged.rows(role);
        add(role, "link", all.rows(role) - rows, "theirs since the request");
        if (record.kind() == RecordKind.KEY_IN_USE_AGAIN) {
            Optional<SqlFragment> since = age.madeSince(role).or(() -> age.writtenSince(role.table()));
            long theirs = since.isPresent() ? count(role, since.get()) : 0;
            add(role, "link", theirs, NEW_PERSON);
            rows -= theirs;
        } else if (record.kind() == RecordKind.ACCOUNT_ERASED && stays(role)) {
            rows -= later(role);
        }
        long byLaw = role.deletes() && rows > 0 ? Math.min(rows, keptByLaw(role, table.keptByLaw())) : 0;
        if (byLaw > 0) {
            add(role, "link", byLaw, RetainedRows.why(table.keptByLaw().get(0)).orElse(null));
        }
        add(role, "link", rows - byLaw, RetainedRows.why(role).orElse(null));
    }

    private static boolean stays(PlannedRole role) {
        return !role.mustBeEmptyAfterErasure() && !role.id().role().equals(Role.SELF);
    }

    /** What came after the erasure is left. Where nothing says when a row was made, a later write alone proves nothing. */
    private long later(PlannedRole role) throws SQLException {
        Optional<SqlFragment> made = age.madeSince(role);
        if (made.isPresent()) {
            long rows = count(role, made.get());
            add(role, "later", rows, null);
            return rows;
        }
        Optional<SqlFragment> written = age.writtenSince(role.table());
        if (written.isPresent() && role.assignments().isEmpty()) {
            long rows = count(role, written.get());
            if (rows > 0) {
                unjudged.add(
                        new UnjudgedPlace(
                                role.table().name().toString(),
                                columns(role),
                                rows,
                                "written since the erasure: without created: in the map it cannot be told whether they are new"));
            }
        }
        return 0;
    }

    private long count(PlannedRole role, SqlFragment condition) throws SQLException {
        return SqlRunner.count(
                connection,
                SqlTemplate.of("SELECT pg_catalog.count(*) FROM {table} WHERE {rows} AND {condition}")
                        .fragment("table", role.table().name().quoted())
                        .fragment("rows", all.matches(role))
                        .fragment("condition", condition)
                        .toFragment());
    }

    /** A row that one role would delete stays where another keeps it by law, even if its person cannot be told any more. */
    private long keptByLaw(PlannedRole role, List<PlannedRole> keptByLaw) throws SQLException {
        if (keptByLaw.isEmpty()) {
            return 0;
        }
        return SqlRunner.count(
                connection,
                SqlTemplate.of("SELECT pg_catalog.count(*) FROM {table} WHERE {rows} AND {kept}")
                        .fragment("table", role.table().name().quoted())
                        .fragment("rows", judged.matches(role))
                        .fragment("kept", RetainedRows.rows(judged, keptByLaw))
                        .toFragment());
    }

    private void add(PlannedRole role, String what, long rows, @Nullable String kept) {
        if (rows > 0) {
            places.add(new ResiduePlace(role.table().name().toString(), columns(role), what, rows, kept));
        }
    }

    private static String columns(PlannedRole role) {
        return String.join(", ", role.on().stream().map(Column::name).toList());
    }
}
