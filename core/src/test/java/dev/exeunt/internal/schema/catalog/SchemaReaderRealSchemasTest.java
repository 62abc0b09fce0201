package dev.exeunt.internal.schema.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.exeunt.internal.schema.DatabaseSchema;
import dev.exeunt.testkit.RealSchemaScripts;
import dev.exeunt.testkit.TestDatabase;
import dev.exeunt.testkit.TestSchemaReader;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Tests the schema reader on real systems' schemas from the directory {@code EXEUNT_REAL_SCHEMAS} names. */
class SchemaReaderRealSchemasTest {

    @TestFactory
    Stream<DynamicTest> realSchemasAreReadWhole() throws IOException {
        return RealSchemaScripts.all().stream()
                .map(script -> DynamicTest.dynamicTest(
                        script.getFileName().toString(), () -> everythingIsRead(Files.readString(script))));
    }

    private static void everythingIsRead(String script) {
        try (TestDatabase database = TestDatabase.createFrom(script)) {
            DatabaseSchema schema = TestSchemaReader.schema(database);

            assertThat(names(schema)).isEqualTo(new TreeSet<>(database.column("""
                    SELECT table_schema || '.' || table_name FROM information_schema.tables
                    WHERE table_type = 'BASE TABLE' AND table_schema NOT IN ('pg_catalog', 'information_schema')
                    """)));
            assertThat(schema.tables().stream()
                            .mapToInt(t -> t.foreignKeys().size())
                            .sum())
                    .isEqualTo(count(database, "SELECT count(*) FROM pg_constraint WHERE contype = 'f'"));
            assertThat(schema.tables().stream()
                            .mapToInt(t -> t.columns().size())
                            .sum())
                    .isEqualTo(count(
                            database,
                            "SELECT count(*) FROM information_schema.columns c JOIN information_schema.tables t"
                                    + " USING (table_schema, table_name) WHERE t.table_type = 'BASE TABLE'"
                                    + " AND table_schema NOT IN ('pg_catalog', 'information_schema')"));
            assertThat(schema.byName().keySet()).containsAll(schema.inbound().keySet());
            assertThat(TestSchemaReader.schema(database)).isEqualTo(schema);
        }
    }

    private static Set<String> names(DatabaseSchema schema) {
        return schema.tables().stream()
                .map(t -> t.name().schema() + "." + t.name().name())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static int count(TestDatabase database, String sql) {
        return Integer.parseInt(database.scalar(sql));
    }
}
