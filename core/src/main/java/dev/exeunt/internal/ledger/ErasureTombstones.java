package dev.exeunt.internal.ledger;

import dev.exeunt.ExeuntException;
import dev.exeunt.HashKey;
import dev.exeunt.internal.map.SubjectKind;
import dev.exeunt.internal.postgres.SqlFragment;
import dev.exeunt.internal.postgres.SqlRunner;
import dev.exeunt.internal.postgres.SqlTemplate;
import dev.exeunt.internal.reach.SubjectKey;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Stores keyed hashes of erased subjects, so that old tokens and keys are refused. */
public final class ErasureTombstones {

    /** By the index's two ends, however many were erased. */
    private static final String KEYS =
            "(SELECT min(key_id) FROM exeunt.erased), (SELECT max(key_id) FROM exeunt.erased)";

    private final Connection connection;
    private final HashKey key;
    private final SubjectKind kind;

    /** @param kind of the subjects to add and to find */
    public ErasureTombstones(Connection connection, HashKey key, SubjectKind kind) {
        this.connection = connection;
        this.key = key;
        this.kind = kind;
    }

    /**
     * Says when a subject was erased last and whether its row remains anonymous.
     *
     * @param at the last time
     * @param rowStays whether the person's own row is still there, anonymous, so that no other person can have their key
     * @param transactionAge how many transactions ago it was written, as PostgreSQL's {@code age(xmin)} counts
     */
    public record ErasureTombstone(Instant at, boolean rowStays, long transactionAge) {}

    /** @throws ExeuntException where people were erased under another key, and so would not be known by this one */
    public void add(List<SubjectKey> subjects, Instant at, boolean rowStays) throws SQLException {
        requireSameKey();
        SqlFragment insert = SqlTemplate.of("""
                        INSERT INTO exeunt.erased (hash, key_id, erased_at, row_stays, subject_kind)
                        SELECT decode(h, 'hex'), :key, :at, :rowStays, :kind FROM unnest(:hashes::text[]) AS h
                        ON CONFLICT DO NOTHING""")
                .bind("key", key.id())
                .bind("at", at)
                .bind("rowStays", rowStays)
                .bind("kind", kind.text())
                .bind("hashes", subjects.stream().map(this::hex).toArray(String[]::new))
                .toFragment();
        SqlRunner.update(connection, insert);
    }

    /** @throws ExeuntException where people were erased under another key, and so would not be known by this one */
    public Optional<ErasureTombstone> find(SubjectKey subject) throws SQLException {
        SqlFragment select = SqlTemplate.of("""
                        SELECT {keys}, e.erased_at, e.row_stays, e.age
                        FROM (VALUES (1)) AS one LEFT JOIN LATERAL (
                            SELECT erased_at, row_stays, age(xmin) AS age FROM exeunt.erased
                            WHERE hash = decode(:hash, 'hex') AND subject_kind = :kind
                            ORDER BY erased_at DESC LIMIT 1) AS e ON TRUE""")
                .fragment("keys", KEYS)
                .bind("hash", hex(subject))
                .bind("kind", kind.text())
                .toFragment();
        return SqlRunner.one(connection, select, row -> {
            requireSameKey(row);
            return row.getObject(3) == null ? Optional.empty() : Optional.of(tombstone(row, 3));
        });
    }

    /**
     * Finds the latest tombstone of each of these subjects that has one.
     *
     * @throws ExeuntException where people were erased under another key, and so would not be known by this one
     */
    public Map<SubjectKey, ErasureTombstone> findAll(List<SubjectKey> subjects) throws SQLException {
        requireSameKey();
        Map<String, SubjectKey> byHash = new HashMap<>();
        subjects.forEach(s -> byHash.put(hex(s), s));
        SqlFragment select = SqlTemplate.of("""
                        SELECT DISTINCT ON (hash) encode(hash, 'hex'), erased_at, row_stays, age(xmin)
                        FROM exeunt.erased
                        WHERE hash = ANY (ARRAY(SELECT decode(h, 'hex') FROM unnest(:hashes::text[]) AS h))
                            AND subject_kind = :kind
                        ORDER BY hash, erased_at DESC""")
                .bind("hashes", byHash.keySet().toArray(String[]::new))
                .bind("kind", kind.text())
                .toFragment();
        Map<SubjectKey, ErasureTombstone> found = new HashMap<>();
        SqlRunner.forEach(connection, select, 0, row -> found.put(byHash.get(row.getString(1)), tombstone(row, 2)));
        return found;
    }

    private static ErasureTombstone tombstone(ResultSet row, int first) throws SQLException {
        return new ErasureTombstone(
                row.getObject(first, OffsetDateTime.class).toInstant(),
                row.getBoolean(first + 1),
                row.getLong(first + 2));
    }

    /** @throws ExeuntException where people were erased under another key, and so would not be known by this one */
    public void requireSameKey() throws SQLException {
        SqlFragment select =
                SqlTemplate.of("SELECT {keys}").fragment("keys", KEYS).toFragment();
        SqlRunner.forEach(connection, select, 0, this::requireSameKey);
    }

    private void requireSameKey(ResultSet row) throws SQLException {
        for (int end = 1; end <= 2; end++) {
            String used = row.getString(end);
            if (used != null && !used.equals(key.id())) {
                throw new ExeuntException("People were erased under the key " + used + ", and this one is " + key.id()
                        + ": it would not know them. Give the key that was used then.");
            }
        }
    }

    private String hex(SubjectKey subject) {
        return key.hashHex(kind.text(), subject.parts());
    }
}
