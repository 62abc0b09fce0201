package dev.exeunt.internal.scan;

import dev.exeunt.internal.postgres.SqlFragment;
import dev.exeunt.internal.postgres.SqlTemplate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Collects the physical places of rows that were found, of one snapshot: eight bytes each, and a million at most. */
public final class RowIds {

    /** So many are given; of more rows only their number is known. */
    static final int MOST = 1_000_000;

    /** A statement takes so many places at once. */
    private static final int BATCH = 10_000;

    private static final int OFFSET_BITS = 16;

    private final Map<Integer, long[]> places = new TreeMap<>();
    private final Map<Integer, Integer> lengths = new TreeMap<>();
    private int kept;
    private long count;

    void add(int relation, int block, int offset) {
        count++;
        if (kept == MOST) {
            return;
        }
        kept++;
        int length = lengths.getOrDefault(relation, 0);
        long[] of = places.getOrDefault(relation, new long[0]);
        if (length == of.length) {
            of = Arrays.copyOf(of, Math.max(16, 2 * length));
        }
        of[length] = (block & 0xFFFFFFFFL) << OFFSET_BITS | offset & 0xFFFFL;
        places.put(relation, of);
        lengths.put(relation, length + 1);
    }

    /**
     * Adds a row.
     *
     * @param relation as PostgreSQL numbers it
     * @param place as PostgreSQL writes it, {@code (block,offset)}
     */
    public void add(long relation, String place) {
        int comma = place.indexOf(',');
        add(
                (int) relation,
                (int) Long.parseLong(place.substring(1, comma)),
                Integer.parseInt(place.substring(comma + 1, place.length() - 1)));
    }

    /** Adds a row of a foreign table, which has no place. */
    void addUnplaced() {
        count++;
    }

    /** Adds the rows of another collection. */
    void addAll(RowIds others) {
        others.places.forEach((relation, of) -> {
            for (int i = 0; i < others.lengths.getOrDefault(relation, 0); i++) {
                add(relation, (int) (of[i] >>> OFFSET_BITS), (int) (of[i] & 0xFFFFL));
            }
        });
        count += others.count - others.kept; // rows without a place, or beyond the most
    }

    /** How many rows were found. */
    public long count() {
        return count;
    }

    /** Whether all rows that were found are given. */
    public boolean complete() {
        return count == kept;
    }

    /** Conditions that together are true for the rows, in statements over the table. */
    public List<SqlFragment> conditions() {
        return conditions(MOST);
    }

    /** The same of the first rows only. */
    public List<SqlFragment> conditions(int most) {
        List<SqlFragment> conditions = new ArrayList<>();
        int left = most;
        for (Map.Entry<Integer, long[]> each : places.entrySet()) {
            int length = Math.min(left, lengths.getOrDefault(each.getKey(), 0));
            left -= length;
            for (int from = 0; from < length; from += BATCH) {
                conditions.add(condition(each.getKey(), each.getValue(), from, Math.min(length, from + BATCH)));
            }
        }
        return conditions;
    }

    private static SqlFragment condition(int relation, long[] places, int from, int to) {
        String[] texts = new String[to - from];
        for (int i = from; i < to; i++) {
            texts[i - from] = "(" + (places[i] >>> OFFSET_BITS) + "," + (places[i] & 0xFFFFL) + ")";
        }
        return SqlTemplate.of("""
                        (ctid OPERATOR(pg_catalog.=) ANY (:places::pg_catalog.tid[])
                            AND tableoid OPERATOR(pg_catalog.=) :relation::pg_catalog.oid)""")
                .bind("places", texts)
                .bind("relation", Integer.toUnsignedLong(relation))
                .toFragment();
    }
}
