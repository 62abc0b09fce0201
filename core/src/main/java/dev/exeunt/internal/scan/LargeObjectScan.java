package dev.exeunt.internal.scan;

import dev.exeunt.internal.postgres.SqlTemplate;
import java.sql.Connection;
import java.sql.SQLException;

/**
 * Counts the large objects that hold keys, identifiers or values of people.
 *
 * @param holding how many hold any
 * @param beginnings of how many only the beginning was read
 */
public record LargeObjectScan(long holding, long beginnings) {

    /** What is read of each at most, so that memory stays flat. */
    private static final int LONGEST = 16 << 20;

    private static final String CONTENT = """
            SELECT pg_catalog.lo_get(m.oid, 0, {longest}) FROM pg_catalog.pg_largeobject_metadata AS m""";

    /** @throws SQLException also where the role may not read one of them */
    public static LargeObjectScan read(Connection connection, PersonTerms terms) throws SQLException {
        FreeTextSearch search = new FreeTextSearch(terms);
        long[] counts = new long[2];
        new RowStream(connection)
                .read(
                        SqlTemplate.of(CONTENT)
                                .fragment("longest", Integer.toString(LONGEST))
                                .toFragment(),
                        (bytes, starts, lengths) -> {
                            counts[0] += search.find(bytes, starts[0], lengths[0]) == 0 ? 0 : 1;
                            counts[1] += lengths[0] >= LONGEST ? 1 : 0;
                        });
        return new LargeObjectScan(counts[0], counts[1]);
    }
}
