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

    /** A key that tombstones were made under and that is not given. Steps through the index from key to key, however many were erased. */
    private static final String UNKNOWN_KEY = """
            (WITH RECURSIVE exeunt_used(id) AS (
                (SELECT e.key_id FROM exeunt.erased AS e ORDER BY e.key_id LIMIT 1)
                UNION ALL
                SELECT (SELECT e.key_id FROM exeunt.erased AS e WHERE e.key_id OPERATOR(pg_catalog.>) u.id ORDER BY e.key_id LIMIT 1)
                FROM exeunt_used AS u WHERE u.id IS NOT NULL)
            SELECT u.id FROM exeunt_used AS u
            WHERE u.id OPERATOR(pg_catalog.<>) ALL (:keys::pg_catalog.text[]) LIMIT 1)""";

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

    /** @throws ExeuntException where people were erased under a key that is not given, and so would not be known */
    public void add(List<SubjectKey> subjects, Instant at, boolean rowStays) throws SQLException {
        requireKnownKeys();
        SqlFragment insert = SqlTemplate.of("""
                        INSERT INTO exeunt.erased (hash, key_id, erased_at, row_stays, subject_kind)
                        SELECT decode(h, 'hex'), :key, :at, :rowStays, :kind FROM unnest(:hashes::text[]) AS h
                        ON CONFLICT DO NOTHING""")
                .bind("key", key.id())
                .bind("at", at)
                .bind("rowStays", rowStays)
                .bind("kind", kind.text())
                .bind(
                        "hashes",
                        subjects.stream()
                                .map(s -> key.hashHex(kind.text(), s.parts()))
                                .toArray(String[]::new))
                .toFragment();
        SqlRunner.update(connection, insert);
    }

    /** @throws ExeuntException where people were erased under a key that is not given, and so would not be known */
    public Optional<ErasureTombstone> find(SubjectKey subject) throws SQLException {
        SqlFragment select = SqlTemplate.of("""
                        SELECT {unknown}, e.erased_at, e.row_stays, e.age
                        FROM (VALUES (1)) AS one LEFT JOIN LATERAL (
                            SELECT erased_at, row_stays, age(xmin) AS age FROM exeunt.erased
                            WHERE hash = ANY (ARRAY(SELECT decode(h, 'hex') FROM unnest(:hashes::text[]) AS h))
                                AND subject_kind = :kind
                            ORDER BY erased_at DESC LIMIT 1) AS e ON TRUE""")
                .fragment("unknown", unknownKey())
                .bind("hashes", hashes(subject).toArray(String[]::new))
                .bind("kind", kind.text())
                .toFragment();
        return SqlRunner.one(connection, select, row -> {
            requireKnownKey(row);
            return row.getObject(2) == null ? Optional.empty() : Optional.of(tombstone(row, 2));
        });
    }

    /**
     * Finds the latest tombstone of each of these subjects that has one.
     *
     * @throws ExeuntException where people were erased under a key that is not given, and so would not be known
     */
    public Map<SubjectKey, ErasureTombstone> findAll(List<SubjectKey> subjects) throws SQLException {
        requireKnownKeys();
        Map<String, SubjectKey> byHash = new HashMap<>();
        subjects.forEach(s -> hashes(s).forEach(hash -> byHash.put(hash, s)));
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
        SqlRunner.forEach(
                connection,
                select,
                0,
                row -> found.merge(byHash.get(row.getString(1)), tombstone(row, 2), ErasureTombstones::later));
        return found;
    }

    private static ErasureTombstone later(ErasureTombstone one, ErasureTombstone other) {
        return one.at().isBefore(other.at()) ? other : one;
    }

    private static ErasureTombstone tombstone(ResultSet row, int first) throws SQLException {
        return new ErasureTombstone(
                row.getObject(first, OffsetDateTime.class).toInstant(),
                row.getBoolean(first + 1),
                row.getLong(first + 2));
    }

    /** @throws ExeuntException where people were erased under a key that is not given, and so would not be known */
    public void requireKnownKeys() throws SQLException {
        SqlFragment select = SqlTemplate.of("SELECT {unknown}")
                .fragment("unknown", unknownKey())
                .toFragment();
        SqlRunner.forEach(connection, select, 0, this::requireKnownKey);
    }

    private SqlFragment unknownKey() {
        return SqlTemplate.of(UNKNOWN_KEY)
                .bind("keys", key.all().stream().map(HashKey::id).toArray(String[]::new))
                .toFragment();
    }

    private void requireKnownKey(ResultSet row) throws SQLException {
        String unknown = row.getString(1);
        if (unknown != null) {
            throw new ExeuntException("People were erased under the key " + unknown + ", and this one is " + key.id()
                    + ": it would not know them. Give the key that was used then: in EXEUNT_KEY, or after a change of the key in"
                    + " EXEUNT_FORMER_KEYS (exeunt.former-keys).");
        }
    }

    private List<String> hashes(SubjectKey subject) {
        return key.hashesHex(kind.text(), subject.parts());
    }
}
