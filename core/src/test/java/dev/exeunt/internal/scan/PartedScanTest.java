package dev.exeunt.internal.scan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.exeunt.internal.plan.Plan;
import dev.exeunt.internal.postgres.SqlFragment;
import dev.exeunt.internal.scan.ScannedColumn.TokenSearch;
import dev.exeunt.internal.schema.Column;
import dev.exeunt.internal.schema.DatabaseSchema;
import dev.exeunt.testkit.MappedDatabase;
import dev.exeunt.testkit.TestSchemaReader;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.postgresql.PGConnection;

/** Tests a scan on two connections of which one fails. */
class PartedScanTest {

    private static final String SCHEMA =
            "CREATE TABLE people (id int PRIMARY KEY, name text); INSERT INTO people VALUES (1, 'Ada');";

    private static final String MAP =
            "version: 1\nsubject: { table: people, key: id }\ntables: { people: { erase: delete } }\n";

    private static final SqlFragment FAILING =
            SqlFragment.of("SELECT tableoid, ctid, (1 / (id - id))::text FROM public.people");

    private static final SqlFragment LONG =
            SqlFragment.of("SELECT tableoid, ctid, name FROM public.people, generate_series(1, 500000)");

    @Test
    void noConnectionIsReadAnyMoreOnceTheScanHasFailed() throws SQLException {
        try (MappedDatabase mapped = MappedDatabase.of(SCHEMA, MAP);
                Connection first = mapped.database().connection();
                Connection second = mapped.database().connection()) {
            first.setAutoCommit(false);
            second.setAutoCommit(false);
            Plan plan = mapped.check().planOrThrow();
            DatabaseSchema schema = TestSchemaReader.schema(mapped.database());
            Column name = TestSchemaReader.table(schema, "people").require("name");
            PersonTerms terms = new PersonTerms(new KeyColumns(plan, schema), List.of())
                    .with(List.of(new SearchTerm("Grace Hopper", TermKind.VALUE)));
            PartedScan scan = new PartedScan(
                    List.of(first, second),
                    () -> new HitCollector(List.of(ScannedColumn.of(name, false, TokenSearch.ALL)), terms),
                    () -> {});

            assertThatThrownBy(() -> scan.read(List.of(FAILING, LONG, LONG))).hasMessageContaining("division by zero");

            assertThat(mapped.database()
                            .scalar("SELECT count(*) FROM pg_stat_activity WHERE state = 'active' AND pid IN ("
                                    + process(first) + ", " + process(second) + ")"))
                    .isEqualTo("0");
        }
    }

    private static int process(Connection connection) throws SQLException {
        return connection.unwrap(PGConnection.class).getBackendPID();
    }
}
