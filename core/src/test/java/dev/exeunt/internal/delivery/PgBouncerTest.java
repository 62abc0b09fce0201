package dev.exeunt.internal.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.exeunt.Exeunt;
import dev.exeunt.archive.directory.DirectoryArchives;
import dev.exeunt.database.Database;
import dev.exeunt.export.ExportJobs;
import dev.exeunt.internal.map.MapDefinition;
import dev.exeunt.internal.map.read.MapReader;
import dev.exeunt.internal.request.GuildTestApplication;
import dev.exeunt.map.AccountFlow;
import dev.exeunt.request.AccountRequests;
import dev.exeunt.request.AccountRequests.ReapResult;
import dev.exeunt.request.Actor;
import dev.exeunt.request.NewRequest;
import dev.exeunt.testkit.PgBouncer;
import dev.exeunt.testkit.TestSkip;
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
        TestSkip.unless(
                Boolean.getBoolean("exeunt.field"), "PgBouncer is tried with ./test --field, where it is installed");
        try (GuildTestApplication guilds = GuildTestApplication.create();
                PgBouncer bouncer = PgBouncer.start(folder, CONNECTIONS)) {
            guilds.database()
                    .execute("ALTER DATABASE " + guilds.database().databaseName()
                            + " SET search_path = public, exeunt; ALTER DATABASE "
                            + guilds.database().databaseName()
                            + " SET bytea_output = escape");
            String url = bouncer.jdbcUrl(guilds.database());
            Map<String, String> before = sessions(url, guilds);
            assertThat(before).hasSize(CONNECTIONS);
            for (int i = 0; i < CONNECTIONS; i++) {
                use(
                        guilds,
                        Exeunt.builder(Database.at(url, guilds.database().user(), null))
                                .clock(guilds.clock())
                                .key(GuildTestApplication.KEY)
                                .build(),
                        i);
            }
            assertThat(sessions(url, guilds)).isEqualTo(before);
            assertThat(before.values())
                    .allSatisfy(s -> assertThat(s).contains("search_path=public, exeunt", "bytea_output=escape"));
        }
    }

    private void use(GuildTestApplication guilds, Exeunt exeunt, int round) {
        MapDefinition map = MapReader.read(GuildTestApplication.UNGUARDED, "exeunt.yaml");
        AccountRequests requests = exeunt.requests(map);
        requests.submit(NewRequest.self(AccountFlow.DEACTIVATE, "1"));
        requests.gate("1", null);
        requests.reactivate("1", Actor.SELF, null);
        ExportJobs exports =
                ExportTestApplication.exports(exeunt, new DirectoryArchives(archives), GuildTestApplication.UNGUARDED);
        UUID id = exports.submit("1", null, Actor.SELF, null).id();
        assertThat(exports.runJob(id, "worker")).isEmpty();
        exeunt.verify(map, List.of("1"), List.of("Anna@x.test"));
        String leaver = Integer.toString(2 + round);
        var leaving = requests.submit(NewRequest.self(AccountFlow.DELETE_ACCOUNT, leaver)
                .typing(guilds.database().scalar("SELECT email FROM people WHERE id = " + leaver)));
        guilds.clock().set(leaving.dueAt());
        assertThat(requests.eraseDue("worker")).isEqualTo(new ReapResult(1, 0, 0));
    }

    /** The settings of every connection to the server, by its process: so many transactions at once have one each. */
    private static Map<String, String> sessions(String url, GuildTestApplication guilds) throws SQLException {
        Map<String, String> settings = new TreeMap<>();
        List<Connection> open = new ArrayList<>();
        try {
            for (int i = 0; i < CONNECTIONS; i++) {
                Connection connection =
                        DriverManager.getConnection(url, guilds.database().user(), "");
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
