package dev.exeunt.internal.ledger;

import dev.exeunt.HashKey;
import dev.exeunt.internal.map.SubjectKind;
import dev.exeunt.internal.postgres.SqlFragment;
import dev.exeunt.internal.postgres.SqlRunner;
import dev.exeunt.internal.postgres.SqlTemplate;
import dev.exeunt.internal.reach.ErasedPeople;
import dev.exeunt.internal.reach.SubjectKey;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Finds erased people whose rows stay by the keyed hashes that their erasures recorded. */
public final class RecordedErasures implements ErasedPeople {

    private final HashKey key;
    private final SubjectKind kind;

    private RecordedErasures(HashKey key, SubjectKind kind) {
        this.key = key;
        this.kind = kind;
    }

    /** @param key by which erasures are recorded; null where none is set, so that the record cannot be read */
    public static ErasedPeople of(@Nullable HashKey key, SubjectKind kind) {
        return key == null ? ErasedPeople.NONE : new RecordedErasures(key, kind);
    }

    /** Returns an empty set where the product's own tables are not made yet. */
    @Override
    public Set<SubjectKey> among(Connection connection, Collection<SubjectKey> candidates) throws SQLException {
        Set<SubjectKey> erased = new HashSet<>();
        SqlFragment exists = SqlFragment.of("SELECT pg_catalog.to_regclass('exeunt.erased') IS NOT NULL");
        if (candidates.isEmpty() || !SqlRunner.isTrue(connection, exists)) {
            return erased;
        }
        new ErasureTombstones(connection, key, kind).requireKnownKeys();
        Map<String, SubjectKey> byHash = new HashMap<>();
        candidates.forEach(c -> key.hashesHex(kind.text(), c.parts()).forEach(hash -> byHash.put(hash, c)));
        SqlFragment select = SqlTemplate.of("""
                        SELECT DISTINCT pg_catalog.encode(hash, 'hex') FROM exeunt.erased
                        WHERE row_stays AND subject_kind OPERATOR(pg_catalog.=) :kind
                            AND hash OPERATOR(pg_catalog.=) ANY (ARRAY(
                                SELECT pg_catalog.decode(h, 'hex') FROM pg_catalog.unnest(:hashes::pg_catalog.text[]) AS h))""")
                .bind("kind", kind.text())
                .bind("hashes", byHash.keySet().toArray(String[]::new))
                .toFragment();
        SqlRunner.forEach(connection, select, 0, row -> {
            SubjectKey found = byHash.get(row.getString(1));
            if (found != null) {
                erased.add(found);
            }
        });
        return erased;
    }
}
