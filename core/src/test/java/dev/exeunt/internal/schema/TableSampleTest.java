package dev.exeunt.internal.schema;

import static org.assertj.core.api.Assertions.assertThat;

import dev.exeunt.internal.schema.Table.RelationKind;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Tests of which tables only some blocks are read. */
class TableSampleTest {

    private static Table table(RelationKind kind, long rows) {
        return new Table(
                new TableName("public", "posts"),
                kind,
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                new TablePrivileges(true, true, true, true, true),
                List.of(),
                rows);
    }

    @Test
    void aLargeTableIsSampledAndASmallOneIsReadWhole() {
        assertThat(TableSample.clause(table(RelationKind.ORDINARY, 1_000_000), 1_000))
                .isEqualTo("TABLESAMPLE SYSTEM (0.100000) REPEATABLE (1)");
        assertThat(TableSample.clause(table(RelationKind.ORDINARY, 900), 1_000)).isEmpty();
    }

    @Test
    void aForeignTableIsReadWholeSincePostgreSqlCannotSampleIt() {
        assertThat(TableSample.clause(table(RelationKind.FOREIGN, 1_000_000), 1_000))
                .isEmpty();
    }
}
