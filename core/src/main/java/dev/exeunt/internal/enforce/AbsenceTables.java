package dev.exeunt.internal.enforce;

import dev.exeunt.internal.plan.PlannedSubject;
import dev.exeunt.internal.postgres.DollarQuoting;
import dev.exeunt.internal.postgres.SqlFragment;
import dev.exeunt.internal.postgres.SqlTemplate;
import dev.exeunt.internal.schema.Column;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Builds the tables that say who is hidden. Policies and triggers read them; {@link AbsenceFunctions} keep them true. */
final class AbsenceTables {

    /** People whose whole account is hidden, and erased people whose row stays. */
    static final String ACCOUNTS = "exeunt.absent_account";

    /** People who have asked to delete their data, and when. */
    static final String DATA = "exeunt.absent_data";

    /**
     * One row of NULLs, which no person's key equals. A table that is empty since a VACUUM looks free to PostgreSQL, which would then
     * read it for each row of a query instead of once.
     */
    static final String NONE = "exeunt.absent_none";

    /** Keeps what Exeunt knows of people when the tables are made again with the same key. */
    private static final String RENEW = """
            DO {body}""";

    private static final String RENEW_BODY = """
            BEGIN
                IF pg_catalog.to_regclass('exeunt.absent_account') IS NOT NULL AND NOT EXISTS (
                        SELECT FROM pg_catalog.pg_attribute AS a
                        WHERE a.attrelid = pg_catalog.to_regclass('exeunt.absent_account') AND a.attname ~ '^k[0-9]+$'
                        HAVING pg_catalog.array_agg(pg_catalog.format_type(a.atttypid, a.atttypmod) ORDER BY a.attnum) = ARRAY(
                            SELECT pg_catalog.format_type(s.atttypid, s.atttypmod)
                            FROM pg_catalog.unnest(:key::pg_catalog.text[]) WITH ORDINALITY AS k(name, place)
                            JOIN pg_catalog.pg_attribute AS s
                                ON s.attrelid = :table::pg_catalog.regclass AND s.attname = k.name AND NOT s.attisdropped
                            ORDER BY k.place)) THEN
                    DROP TABLE IF EXISTS exeunt.absent_account, exeunt.absent_data, exeunt.absent_none;
                END IF;
            END
            """;

    private static final List<String> TABLES = List.of(
            "CREATE TABLE IF NOT EXISTS exeunt.absent_account AS SELECT {key}, FALSE AS erased FROM {subject} AS p WITH NO DATA",
            "CREATE TABLE IF NOT EXISTS exeunt.absent_data AS SELECT {key}, pg_catalog.now() AS requested_at FROM {subject} AS p"
                    + " WITH NO DATA",
            "CREATE TABLE IF NOT EXISTS exeunt.absent_none AS SELECT {key} FROM (VALUES (1)) AS one LEFT JOIN {subject} AS p ON FALSE");

    private static final List<String> KEYS = List.of(
            "ALTER TABLE exeunt.absent_account DROP CONSTRAINT IF EXISTS absent_account_pkey",
            "ALTER TABLE exeunt.absent_account ADD CONSTRAINT absent_account_pkey PRIMARY KEY ({columns})",
            "ALTER TABLE exeunt.absent_data DROP CONSTRAINT IF EXISTS absent_data_pkey",
            "ALTER TABLE exeunt.absent_data ADD CONSTRAINT absent_data_pkey PRIMARY KEY ({columns})");
    private final PlannedSubject subject;

    AbsenceTables(PlannedSubject subject) {
        this.subject = subject;
    }

    /** The column of both tables that holds the key's part at a place. */
    static String keyColumn(int place) {
        return "k" + (place + 1);
    }

    List<String> statements() {
        SqlFragment renew = SqlTemplate.of(RENEW_BODY)
                .bind("key", subject.key().stream().map(Column::name).toArray(String[]::new))
                .bind("table", subject.table().name().quoted())
                .toFragment();
        List<String> statements = new ArrayList<>();
        statements.add(SqlTemplate.of(RENEW)
                .fragment("body", DollarQuoting.quote(renew.inlined()))
                .toFragment()
                .sql());
        for (String table : TABLES) {
            statements.add(SqlTemplate.of(table)
                    .fragment("subject", subject.table().name().quoted())
                    .fragment("key", key(subject, true))
                    .toFragment()
                    .sql());
        }
        for (String key : KEYS) {
            SqlTemplate statement = SqlTemplate.of(key);
            statements.add((key.contains("{columns}") ? statement.fragment("columns", columns()) : statement)
                    .toFragment()
                    .sql());
        }
        statements.add("CREATE TABLE IF NOT EXISTS exeunt.own_write (transaction pg_catalog.xid8 PRIMARY KEY)");
        return statements;
    }

    /** The key's columns of a row {@code p} of the subject's table. */
    static String key(PlannedSubject subject, boolean named) {
        return IntStream.range(0, subject.key().size())
                .mapToObj(i -> SqlTemplate.of(named ? "p.{column} AS {name}" : "p.{column}{name}")
                        .identifier("column", subject.key().get(i).name())
                        .fragment("name", named ? keyColumn(i) : "")
                        .toFragment()
                        .sql())
                .collect(Collectors.joining(", "));
    }

    private String columns() {
        return IntStream.range(0, subject.key().size())
                .mapToObj(AbsenceTables::keyColumn)
                .collect(Collectors.joining(", "));
    }
}
