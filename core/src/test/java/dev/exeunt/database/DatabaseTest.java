package dev.exeunt.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.exeunt.ExeuntException;
import dev.exeunt.testkit.TestDatabase;
import dev.exeunt.testkit.TestSkip;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DatabaseTest {

    private static TestDatabase server;

    @BeforeAll
    static void start() {
        server = TestDatabase.create();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '=',
            value = {
                "TimeZone = UTC",
                "DateStyle = ISO, YMD",
                "IntervalStyle = iso_8601",
                "extra_float_digits = 1",
                "bytea_output = hex",
                "lc_monetary = C",
                "row_security = off",
                "standard_conforming_strings = on",
                "transform_null_equals = off",
                "statement_timeout = 0",
                "idle_in_transaction_session_timeout = 0",
                "transaction_isolation = read committed",
                "application_name = exeunt",
                "search_path = somewhere",
                "lock_timeout = 7s"
            })
    void aConnectionHasTheSameSettingsWhateverItsRolesAre(String setting, String value) throws SQLException {
        TestSkip.unless(
                !TestDatabase.hostile() || !setting.equals("search_path"),
                "the path is the hostile one of the connection, not the role's");
        String role = server.createRole("set_" + setting.toLowerCase(java.util.Locale.ROOT));
        for (String own : new String[] {
            "TimeZone = 'Asia/Kolkata'",
            "DateStyle = 'German'",
            "IntervalStyle = 'postgres'",
            "extra_float_digits = -3",
            "bytea_output = 'escape'",
            "lc_monetary = 'C.UTF-8'",
            "row_security = on",
            "standard_conforming_strings = off",
            "transform_null_equals = on",
            "statement_timeout = 5000",
            "idle_in_transaction_session_timeout = 5000",
            "default_transaction_isolation = 'serializable'",
            "search_path = somewhere",
            "lock_timeout = 7000"
        }) {
            server.execute("ALTER ROLE " + role + " SET " + own);
        }
        try (Connection connection = Database.at(server.jdbcUrl(), role, role).connect()) {
            assertThat(show(connection, setting)).isEqualTo(value);
            connection.rollback();
            assertThat(show(connection, setting)).as("after a rollback").isEqualTo(value);
        }
    }

    @Test
    void aConnectionCommitsNothingByItself() throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE lost (id int)");
        }

        assertThat(server.scalar("SELECT to_regclass('lost')")).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "postgresql://%s:%s@localhost:%d/%s",
                "postgres://%s:%s@localhost:%d/%s?sslmode=prefer&connect_timeout=5",
                "jdbc:postgresql://%s:%s@localhost:%d/%s?sslmode=disable"
            })
    void aUrlMayHoldUserAndPassword(String form) throws SQLException {
        String role = "we@rd:r/le" + form.length();
        server.createRole(role);
        String encoded = role.replace("@", "%40").replace(":", "%3A").replace("/", "%2F");
        String url = form.formatted(encoded, encoded, server.port(), server.databaseName());

        try (Connection connection = Database.at(url, null, null).connect()) {
            assertThat(show(connection, "session_authorization")).isEqualTo(role);
        }
        assertThat(Database.at(url, null, null)).hasToString(server.databaseName() + " at localhost:" + server.port());
    }

    @Test
    void aGivenUserWinsOverTheUrls() throws SQLException {
        try (Connection connection = Database.at(
                        "postgresql://nobody:wrong@localhost:" + server.port() + "/" + server.databaseName(),
                        server.user(),
                        server.password())
                .connect()) {
            assertThat(show(connection, "session_authorization")).isEqualTo(server.user());
        }
    }

    @Test
    void aUrlCannotSwitchErrorDetailsOn() throws SQLException {
        try (Connection connection = Database.at(
                                server.jdbcUrl() + "?logServerErrorDetail=true", server.user(), server.password())
                        .connect();
                Statement statement = connection.createStatement()) {
            statement.execute(
                    "CREATE TABLE people (mail text PRIMARY KEY); INSERT INTO people VALUES ('ann@example.org')");

            assertThatThrownBy(() -> statement.execute("INSERT INTO people VALUES ('ann@example.org')"))
                    .hasMessageNotContaining("ann@");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "shop",
                "localhost:5432/shop",
                "jdbc:postgresql:shop",
                "jdbc:postgresql://localhost:5432",
                "jdbc:postgresql://localhost:5432/",
                "jdbc:postgresql://localhost:port/shop",
                "jdbc:postgresql://ann:s3cret@localhost:port/shop",
                "jdbc:postgresql://ann:s3cr@et:x/y@localhost/shop",
                "postgresql://localhost/shop/more?password=s3cret",
                "host=localhost password='s3cret s3cret' dbname=shop",
                "postgresql://ann:s3cret%zz@localhost/shop"
            })
    void aUrlThatIsNoneIsRefusedWithoutItsPassword(String url) {
        assertThatThrownBy(() -> Database.at(url, null, null))
                .isInstanceOf(ExeuntException.class)
                .hasMessageStartingWith("--db must look like jdbc:postgresql://host:5432/database, it is ")
                .hasMessageNotContaining("s3cr")
                .hasMessageNotContaining("et:x");
    }

    @ParameterizedTest
    @CsvSource({
        "jdbc:mysql://root:s3cret@localhost:3306/shop, MySQL",
        "mysql://root:s3cret@localhost/shop, MySQL",
        "jdbc:mariadb://localhost/shop?user=root&password=s3cret, MariaDB",
        "jdbc:oracle:thin:scott/s3cret@localhost:1521:xe, Oracle",
        "jdbc:sqlserver://localhost;user=sa;password=s3cret;x=1, SQL Server",
        "jdbc:h2:mem:x, H2",
        "jdbc:SQLITE:x.db, SQLite"
    })
    void anotherDatabasesUrlIsRefusedByName(String url, String name) {
        assertThatThrownBy(() -> Database.at(url, null, null))
                .isInstanceOf(ExeuntException.class)
                .hasMessageStartingWith("Exeunt works on PostgreSQL 14 and later; --db points to " + name)
                .hasMessageNotContaining("s3cret");
    }

    @Test
    void noServerIsSaidWithWhereItWasLookedFor() throws IOException {
        int free;
        try (ServerSocket socket = new ServerSocket(0)) {
            free = socket.getLocalPort();
        }

        DatabaseException e = refused("jdbc:postgresql://localhost:" + free + "/shop", "ann", "s3cret");

        assertThat(e.sqlState()).isEqualTo("08001");
        assertThat(e).hasMessageStartingWith("No PostgreSQL answers at localhost:" + free + ". Is it running");
    }

    @Test
    void anUnknownHostIsNoServer() {
        assertThat(refused("jdbc:postgresql://nowhere.invalid/shop", "ann", "x"))
                .hasMessageStartingWith("No PostgreSQL answers at nowhere.invalid:5432.");
    }

    @Test
    void aServerOfAnotherProtocolIsRefused() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            Thread other = new Thread(() -> answer(socket));
            other.start();

            DatabaseException e = refused("jdbc:postgresql://localhost:" + socket.getLocalPort() + "/shop", "ann", "x");

            assertThat(e).hasMessageContaining("localhost:" + socket.getLocalPort());
            assertThat(e.sqlState()).startsWith("08");
        }
    }

    private static void answer(ServerSocket socket) {
        while (!socket.isClosed()) {
            try (Socket client = socket.accept();
                    InputStream in = client.getInputStream();
                    OutputStream out = client.getOutputStream()) {
                in.read();
                out.write("J\0\0\0\n8.0.36\0 who are you?".getBytes(StandardCharsets.US_ASCII));
            } catch (IOException e) {
                // the test closed the socket
            }
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "PostgreSQL 14.20 on x86_64-pc-linux-gnu, compiled by gcc          | 140020 | true",
                "PostgreSQL 18.6 (Debian 18.6-1) on x86_64-pc-linux-gnu            | 180006 | true",
                "PostgreSQL 13.22 on x86_64-pc-linux-gnu                           | 130022 | false",
                "CockroachDB CCL v25.2.1 (x86_64-pc-linux-gnu)                     | 140000 | false",
                "PostgreSQL 15.2-YB-2.25.0.0-b0 on x86_64-pc-linux-gnu             | 150002 | false",
                "PostgreSQL 14.0 (Greenplum Database 7.9) on x86_64-pc-linux-gnu   | 140000 | false"
            })
    void onlyPostgresFrom14OnIsSupported(String version, int number, boolean supported) {
        assertThat(Database.supported(version, number)).isEqualTo(supported);
    }

    @Test
    void aWrongPasswordIsSaidWithTheRoleAndWithoutThePassword() {
        String role = server.createRole("ann");

        DatabaseException e = refused(server.jdbcUrl(), role, "s3cret");

        assertThat(e.sqlState()).isEqualTo("28P01");
        assertThat(e)
                .hasMessageContaining("does not let role ann in")
                .hasMessageNotContaining("s3cret")
                .hasNoCause();
    }

    @Test
    void anUnknownRoleReadsLikeAWrongPassword() {
        assertThat(refused(server.jdbcUrl(), "nobody_at_all", "x").sqlState()).isEqualTo("28P01");
    }

    @Test
    void noPasswordAtAllIsAnErrorThatSaysSo() {
        String role = server.createRole("bob");

        assertThat(refused(server.jdbcUrl(), role, null)).hasMessageContaining("Was a password given");
    }

    @Test
    void anUnknownDatabaseIsSaid() {
        String url = "jdbc:postgresql://localhost:" + server.port() + "/no_such";

        DatabaseException e = refused(url, server.user(), server.password());

        assertThat(e.sqlState()).isEqualTo("3D000");
        assertThat(e).hasMessage("There is no database no_such at localhost:" + server.port() + ".");
    }

    @Test
    void aDatabaseThatMayNotBeConnectedToSaysTheGrant() {
        try (TestDatabase closed = TestDatabase.create()) {
            String role = closed.createRole("carl");
            closed.execute("REVOKE CONNECT ON DATABASE " + closed.databaseName() + " FROM PUBLIC");

            assertThat(refused(closed.jdbcUrl(), role, role))
                    .hasMessageContaining("role carl lacks the right CONNECT")
                    .hasMessageContaining("GRANT CONNECT ON DATABASE");
        }
    }

    @Test
    void aRoleWhoseForeignKeysAreOffIsRefused() {
        String role = server.createRole("replica");
        server.execute("ALTER ROLE replica SET session_replication_role = replica");

        assertThatThrownBy(() -> Database.at(server.jdbcUrl(), role, role).connect())
                .isInstanceOf(ExeuntException.class)
                .hasMessageContaining("session_replication_role is replica");
    }

    private static Connection connect() {
        return Database.at(server.jdbcUrl(), server.user(), server.password()).connect();
    }

    private static DatabaseException refused(String url, String user, String password) {
        Database database = Database.at(url, user, password);
        DatabaseException e = catchThrowableOfType(DatabaseException.class, database::connect);
        assertThat(e).isNotNull().hasNoCause();
        return e;
    }

    private static String show(Connection connection, String setting) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SHOW " + setting)) {
            row.next();
            return row.getString(1);
        }
    }
}
