package dev.exeunt.internal.plan.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.exeunt.Exeunt;
import dev.exeunt.database.Database;
import dev.exeunt.map.Finding;
import dev.exeunt.testkit.TestDatabase;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Tests which roles could call the functions in SQL for any person. */
class SqlCallerCheckTest {

    private final TestDatabase database =
            TestDatabase.createFrom("CREATE TABLE users (id bigint PRIMARY KEY, tenant bigint NOT NULL)");
    private final String caller = database.createRole("web_" + database.databaseName());
    private final String gateway = database.createRole("gate_" + database.databaseName());
    private final String other = database.createRole("batch_" + database.databaseName());
    private final String between = database.createRole("group_" + database.databaseName());

    @AfterEach
    void close() {
        database.close();
    }

    private List<String> findings(String sql) {
        return findings("id", sql);
    }

    private List<String> findings(String key, String sql) {
        database.execute("ALTER ROLE " + between + " NOLOGIN");
        Exeunt exeunt = Exeunt.builder(Database.at(database.jdbcUrl(), database.user(), database.password()))
                .build();
        String map = "version: 1\nsubject: { table: users, key: " + key
                + " }\ntables: { users: { erase: delete } }\nsql: { " + sql + " }\n";
        return exeunt.check(Exeunt.readMap(map, "m")).findings().stream()
                .filter(Finding::isError)
                .map(f -> f.code().word() + " " + f.what())
                .toList();
    }

    @Test
    void aCallerDoesNotSignInAndIsReachedByTheGatewayAlone() {
        String both = "callers: [" + caller + "], gateway: " + gateway;
        assertThat(findings(both)).containsExactly("impersonation " + caller);
        database.execute("ALTER ROLE " + caller + " NOLOGIN; GRANT " + caller + " TO " + gateway);
        assertThat(findings(both)).isEmpty();
        assertThat(findings("callers: [" + caller + "]")).containsExactly("impersonation " + caller + "." + gateway);
        database.execute("GRANT " + caller + " TO " + between + "; GRANT " + between + " TO " + other);
        assertThat(findings(both)).as("by way of a group").containsExactly("impersonation " + caller + "." + other);
        assertThat(findings("callers: [" + caller + "], gateway: [" + gateway + ", " + other + "]"))
                .isEmpty();
        database.execute("ALTER ROLE " + other + " SUPERUSER");
        assertThat(findings(both)).as("a superuser may do everything anyway").isEmpty();
    }

    @Test
    void aMembershipWithoutSetIsNoWayIn() {
        database.execute("ALTER ROLE " + caller + " NOLOGIN; GRANT " + caller + " TO " + gateway + ", " + other);
        if (TestDatabase.serverVersion() >= 160000) {
            database.execute("GRANT " + caller + " TO " + other + " WITH SET FALSE");
            assertThat(findings("callers: [" + caller + "], gateway: " + gateway))
                    .isEmpty();
            database.execute("GRANT " + caller + " TO " + other + " WITH ADMIN TRUE");
        }
        assertThat(findings("callers: [" + caller + "], gateway: " + gateway))
                .containsExactly("impersonation " + caller + "." + other);
    }

    @Test
    void rolesAndExpressionsAreLookedUp() {
        database.execute("ALTER ROLE " + caller + " NOLOGIN");
        assertThat(findings("callers: [nobody_here], gateway: nothing_here"))
                .containsExactlyInAnyOrder("unknown-name sql.nobody_here", "unknown-name sql.nothing_here");
        assertThat(findings("[id, tenant]", "callers: [" + caller + "]")).contains("malformed sql.caller");
        assertThat(findings("callers: [" + caller + "], caller: [a, b]")).contains("malformed sql.caller");
        for (String faulty : List.of("no_such_function()", "current_setting('a', true", "id")) {
            assertThat(findings("callers: [" + caller + "], caller: \"" + faulty + "\""))
                    .as(faulty)
                    .containsExactly("bad-sql sql.caller");
        }
        assertThat(findings("callers: [" + caller + "], caller: \"current_setting('app.user', true)\""))
                .isEmpty();
    }
}
