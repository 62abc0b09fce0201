package dev.exeunt.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.exeunt.Exeunt;
import dev.exeunt.archive.DirectoryArchives;
import dev.exeunt.ledger.Actor;
import dev.exeunt.lifecycle.Ask;
import dev.exeunt.lifecycle.Departures;
import dev.exeunt.lifecycle.Reaped;
import dev.exeunt.lifecycle.Town;
import dev.exeunt.map.DataMap;
import dev.exeunt.map.Flow;
import dev.exeunt.map.yaml.MapReader;
import dev.exeunt.postgres.Database;
import dev.exeunt.testkit.PgBouncer;
import dev.exeunt.testkit.Skip;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Behind a pooler in transaction mode the application finds its sessions as it left them. */
class PgBouncerTest {

    private static final int CONNECTIONS = 3;

    private static final String SETTINGS = """
            SELECT pg_backend_pid()::text, string_agg(name || '=' || setting, ' ' ORDER BY name) FROM pg_settings
            WHERE name IN ('search_path', 'row_security', 'bytea_output', 'statement_timeout', 'lock_timeout', 'lc_monetary',
                'transform_null_equals', 'default_transaction_isolation', 'idle_in_transaction_session_timeout')
            """;

    @TempDir
    Path archives;

    @TempDir
    Path folder;

    @Test
    void theSessionsOfTheApplicationStayAsTheyAre() throws Exception {
        Skip.unless(
                Boolean.getBoolean("exeunt.field"), "PgBouncer is tried with ./test --field, where it is installed");
        try (Town town = Town.made();
                PgBouncer bouncer = PgBouncer.start(folder, CONNECTIONS)) {
            town.database()
                    .execute("ALTER DATABASE " + town.database().databaseName()
                            + " SET search_path = public, exeunt; ALTER DATABASE "
                            + town.database().databaseName()
                            + " SET bytea_output = escape");
            String url = bouncer.jdbcUrl(town.database());
            Map<String, String> before = sessions(url, town);
            assertThat(before).hasSize(CONNECTIONS);
            for (int i = 0; i < CONNECTIONS; i++) {
                use(
                        town,
                        Exeunt.builder(Database.at(url, town.database().user(), null))
                                .clock(town.clock())
                                .key(Town.KEY)
                                .build(),
                        i);
            }
            assertThat(sessions(url, town)).isEqualTo(before);
            assertThat(before.values())
                    .allSatisfy(s -> assertThat(s).contains("search_path=public, exeunt", "bytea_output=escape"));
        }
    }

    private void use(Town town, Exeunt exeunt, int round) {
        DataMap map = MapReader.read(Town.UNGUARDED, "exeunt.yaml");
        Departures departures = exeunt.departures(map);
        departures.ask(Ask.self(Flow.DEACTIVATE, "1"));
        departures.gate("1", null);
        departures.reactivate("1", Actor.SELF, null);
        Exports exports = Counter.exports(exeunt, new DirectoryArchives(archives), Town.UNGUARDED);
        UUID id = exports.ask("1", null, Actor.SELF, null).id();
        assertThat(exports.make(id, "worker")).isEmpty();
        exeunt.verify(map, List.of("1"), List.of("Anna@x.test"));
        String leaver = Integer.toString(2 + round);
        var leaving = departures.ask(Ask.self(Flow.DELETE_ACCOUNT, leaver)
                .typing(town.database().scalar("SELECT email FROM people WHERE id = " + leaver)));
        town.clock().to(leaving.dueAt());
        assertThat(departures.reap("worker")).isEqualTo(new Reaped(1, 0, 0));
    }

    /** The settings of every connection to the server, by its process: so many transactions at once have one each. */
    private static Map<String, String> sessions(String url, Town town) throws SQLException {
        Map<String, String> settings = new TreeMap<>();
        List<Connection> open = new ArrayList<>();
        try {
            for (int i = 0; i < CONNECTIONS; i++) {
                Connection connection =
                        DriverManager.getConnection(url, town.database().user(), "");
                open.add(connection);
                connection.setAutoCommit(false);
                try (Statement statement = connection.createStatement();
                        ResultSet row = statement.executeQuery(SETTINGS)) {
                    row.next();
                    settings.put(row.getString(1), row.getString(2));
                }
            }
        } finally {
            for (Connection connection : open) {
                connection.commit(); // a pooler ends the server connection of a client that leaves in the middle
                connection.close();
            }
        }
        return settings;
    }
}
