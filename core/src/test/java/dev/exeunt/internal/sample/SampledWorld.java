package dev.exeunt.internal.sample;

import static org.assertj.core.api.Assertions.assertThat;

import dev.exeunt.map.CheckResult;
import dev.exeunt.map.DataSampling;
import dev.exeunt.map.Finding;
import dev.exeunt.map.FindingCode;
import dev.exeunt.testkit.MappedDatabase;
import java.util.List;

/** Makes databases of forty people for tests of what sampled rows tell. */
final class SampledWorld {

    /** People with integer keys, far apart. */
    static final String NUMBERED = """
            CREATE TABLE users (id bigint PRIMARY KEY, email text UNIQUE, username text UNIQUE);
            INSERT INTO users SELECT i * 37, 'Person' || i || '@example.org', 'walker' || i FROM generate_series(1, 40) i;
            """;

    /** People with integer keys without a gap, as a sequence makes them. */
    static final String DENSE = """
            CREATE TABLE users (id bigint PRIMARY KEY, email text UNIQUE, username text UNIQUE);
            INSERT INTO users SELECT i, 'Person' || i || '@example.org', 'walker' || i FROM generate_series(1, 400) i;
            """;

    static final String UUIDS = """
            CREATE TABLE users (id uuid PRIMARY KEY, email text UNIQUE, username text UNIQUE);
            INSERT INTO users SELECT md5(i::text)::uuid, 'Person' || i || '@example.org', 'walker' || i
                FROM generate_series(1, 40) i;
            """;

    static final String MAP = """
            version: 1
            subject: { table: users, key: id, identifiers: [email, username] }
            tables:
              users: { erase: delete }
            """;

    private SampledWorld() {}

    /** The findings that need rows. None of their texts holds a value of a person. */
    static List<Finding> found(String sql, String map) {
        CheckResult checked = checked(sql, map);
        assertThat(checked.notes()).isEmpty();
        return ofRows(checked);
    }

    static List<Finding> ofRows(CheckResult checked) {
        List<Finding> found = checked.findings().stream()
                .filter(f -> f.code() == FindingCode.UNDECLARED_LINK || f.code() == FindingCode.UNNAMED_CONTENT)
                .toList();
        assertThat(found.toString()).doesNotContain("@example", "walker1", "c4ca4238", "Person1");
        return found;
    }

    /** {@code code what} of each. */
    static List<String> named(String sql, String map) {
        return found(sql, map).stream()
                .map(f -> f.code().word() + " " + f.what())
                .toList();
    }

    static CheckResult checked(String sql, String map) {
        try (MappedDatabase world = MappedDatabase.of(sql, map)) {
            return world.exeunt().check(world.map(), DataSampling.DEFAULT);
        }
    }
}
