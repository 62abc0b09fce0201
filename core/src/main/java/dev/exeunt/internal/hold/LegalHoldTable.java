package dev.exeunt.internal.hold;

import dev.exeunt.internal.ledger.chain.LedgerEntry.HoldFacts;
import dev.exeunt.internal.postgres.SqlFragment;
import dev.exeunt.internal.postgres.SqlRunner;
import dev.exeunt.internal.postgres.SqlTemplate;
import dev.exeunt.internal.reach.SubjectKey;
import dev.exeunt.internal.request.RequestTransaction;
import dev.exeunt.internal.request.SubjectCondition;
import dev.exeunt.request.AccountRequests.LegalHold;
import dev.exeunt.request.AccountRequests.NewLegalHold;
import dev.exeunt.request.Actor;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Reads and writes the rows of exeunt.legal_hold. */
final class LegalHoldTable {

    private static final int MOST = 1_000;

    private static final String COLUMNS = """
            h.id, h.subject, h.erasure, h.tables, h.reason, h.placed_at, h.placed_by, h.ends_at, h.told, h.released_at, h.released_by,
            {active} AS active""";

    private static final String INSERT = """
            INSERT INTO exeunt.legal_hold AS h (subject_kind, subject, erasure, tables, reason, placed_at, placed_by, ends_at, told)
            VALUES (:kind, {subject}, :erasure, {tables}, :reason, :now, :by, :until, :told)
            RETURNING {columns}
            """;

    private static final String RESTORE = """
            INSERT INTO exeunt.legal_hold (id, subject_kind, subject, tables, reason, placed_at, placed_by, ends_at, told)
            VALUES (:id, :kind, {subject}, {tables}, 'The reason was lost with a restore of the database.', :at,
                'staff:before the restore', :until, :told)
            ON CONFLICT DO NOTHING
            """;

    private static final String RELEASE = """
            UPDATE exeunt.legal_hold AS h SET released_at = :now, released_by = :by, release_reason = :reason
            WHERE h.id = :id AND h.subject_kind = :kind AND {stillActive} RETURNING {columns}
            """;

    private static final String SELECT = """
            SELECT {columns} FROM exeunt.legal_hold AS h WHERE h.subject_kind = :kind AND {which}
            ORDER BY h.placed_at DESC, h.id LIMIT :most
            """;

    private static final String COUNT =
            "SELECT count(*) FROM exeunt.legal_hold AS h WHERE h.subject_kind = :kind AND {active}";

    private final RequestTransaction transaction;
    private final HeldTables tables;

    LegalHoldTable(RequestTransaction transaction) {
        this.transaction = transaction;
        this.tables = new HeldTables(transaction.context().plan());
    }

    /** Says whether an erasure has kept rows for a period, and they are still recorded. */
    boolean areRowsKept(UUID erasure) throws SQLException {
        return SqlRunner.exists(
                transaction.connection(),
                SqlTemplate.of("SELECT FROM exeunt.kept WHERE erasure = :erasure AND subject_kind = :kind LIMIT 1")
                        .bind("erasure", erasure)
                        .bind("kind", kind())
                        .toFragment());
    }

    /** @param subject null for a hold on rows that an erasure kept */
    LegalHold insert(NewLegalHold hold, @Nullable SubjectKey subject, Actor staff) throws SQLException {
        List<String> named = tables.resolve(hold.tables());
        SqlFragment insert = SqlTemplate.of(INSERT)
                .bind("kind", kind())
                .fragment("subject", subject == null ? SqlFragment.of("NULL") : array(subject.parts()))
                .bind("erasure", hold.receipt())
                .fragment("tables", named.isEmpty() ? SqlFragment.of("NULL") : array(named))
                .bind("reason", hold.reason().strip())
                .bind("now", transaction.now())
                .bind("by", staff.text())
                .bind("until", hold.until())
                .bind("told", hold.told())
                .fragment("columns", columns())
                .toFragment();
        return SqlRunner.one(transaction.connection(), insert, this::read);
    }

    /** Writes a hold that was lost. Does nothing where its number is there. */
    void restore(UUID id, SubjectKey person, Instant at, HoldFacts facts) throws SQLException {
        List<String> named = tables.resolve(facts.tables());
        SqlRunner.update(
                transaction.connection(),
                SqlTemplate.of(RESTORE)
                        .bind("id", id)
                        .bind("kind", kind())
                        .fragment("subject", array(person.parts()))
                        .fragment("tables", named.isEmpty() ? SqlFragment.of("NULL") : array(named))
                        .bind("at", at)
                        .bind("until", facts.until())
                        .bind("told", facts.told())
                        .toFragment());
    }

    boolean isThere(UUID id, boolean active) throws SQLException {
        SqlFragment select = SqlTemplate.of("SELECT FROM exeunt.legal_hold AS h WHERE h.id = :id AND {active}")
                .bind("id", id)
                .fragment("active", active ? HoldCondition.active(transaction.now()) : SqlFragment.of("TRUE"))
                .toFragment();
        return SqlRunner.exists(transaction.connection(), select);
    }

    /** Returns the hold as it is now; empty where there is none, or it has ended. */
    Optional<LegalHold> release(UUID id, Actor staff, String reason) throws SQLException {
        SqlFragment release = SqlTemplate.of(RELEASE)
                .bind("now", transaction.now())
                .bind("by", staff.text())
                .bind("reason", reason.strip())
                .bind("id", id)
                .bind("kind", kind())
                .fragment("stillActive", HoldCondition.active(transaction.now()))
                .fragment("columns", columns())
                .toFragment();
        return SqlRunner.first(transaction.connection(), release, this::read);
    }

    /** @param subject null for all people */
    List<LegalHold> list(@Nullable SubjectKey subject, boolean ended) throws SQLException {
        SqlFragment which = SqlTemplate.of("{whose} AND {active}")
                .fragment(
                        "whose",
                        subject == null
                                ? SqlFragment.of("TRUE")
                                : SubjectCondition.is(transaction.context().kind(), subject))
                .fragment("active", ended ? SqlFragment.of("TRUE") : HoldCondition.active(transaction.now()))
                .toFragment();
        SqlFragment select = SqlTemplate.of(SELECT)
                .fragment("columns", columns())
                .bind("kind", kind())
                .fragment("which", which)
                .bind("most", MOST)
                .toFragment();
        return SqlRunner.list(transaction.connection(), select, this::read);
    }

    long countActive() throws SQLException {
        SqlFragment count = SqlTemplate.of(COUNT)
                .bind("kind", kind())
                .fragment("active", HoldCondition.active(transaction.now()))
                .toFragment();
        return SqlRunner.count(transaction.connection(), count);
    }

    private String kind() {
        return transaction.context().kind().text();
    }

    private SqlFragment columns() {
        return SqlTemplate.of(COLUMNS)
                .fragment("active", HoldCondition.active(transaction.now()))
                .toFragment();
    }

    private static SqlFragment array(List<String> texts) {
        return SqlTemplate.of(":texts::pg_catalog.text[]")
                .bind("texts", texts.toArray(String[]::new))
                .toFragment();
    }

    private LegalHold read(ResultSet row) throws SQLException {
        Array subject = row.getArray("subject");
        return new LegalHold(
                row.getObject("id", UUID.class),
                subject == null ? null : new SubjectKey(List.of((String[]) subject.getArray())).typed(),
                row.getObject("erasure", UUID.class),
                row.getArray("tables") == null ? List.of() : tables.shown(SqlRunner.texts(row, "tables")),
                row.getString("reason"),
                Objects.requireNonNull(SqlRunner.moment(row, "placed_at")),
                row.getString("placed_by"),
                SqlRunner.moment(row, "ends_at"),
                row.getBoolean("told"),
                SqlRunner.moment(row, "released_at"),
                row.getString("released_by"),
                row.getBoolean("active"));
    }
}
