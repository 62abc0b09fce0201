package dev.exeunt.internal.ledger.chain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.exeunt.Exeunt;
import dev.exeunt.database.Database;
import dev.exeunt.internal.map.read.MapReader;
import dev.exeunt.internal.request.GuildTestApplication;
import dev.exeunt.ledger.ErasureLedger;
import dev.exeunt.ledger.ErasureLedger.LedgerCheck;
import dev.exeunt.ledger.LedgerException;
import dev.exeunt.ledger.LedgerException.Reason;
import dev.exeunt.ledger.LedgerSink.Entry;
import dev.exeunt.testkit.TestDataSource;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each change of the ledger's rows is found, also of a superuser who disables the trigger that refuses it. */
class LedgerRowTamperingTest {

    private static final int EDITS = 10_000;
    private static final int ENTRIES = 40;

    @TempDir
    Path directory;

    private final GuildTestApplication guilds = GuildTestApplication.create();
    private final Connection connection = guilds.database().connection();
    private final Random random = new Random(4711);
    private ErasureLedger ledger;

    /** Gives the one connection of the test to the program, so that the program finds the edit in its own transaction. */
    private final class OneConnection extends TestDataSource {

        @Override
        public Connection getConnection() {
            return (Connection) Proxy.newProxyInstance(
                    OneConnection.class.getClassLoader(),
                    new Class<?>[] {Connection.class},
                    (proxy, method, args) -> method.getName().equals("close") ? null : method.invoke(connection, args));
        }
    }

    @BeforeEach
    void keepACopy() throws SQLException, IOException {
        List<Entry> entries = LedgerTamperingTest.entries(ENTRIES);
        Path file = directory.resolve("ledger");
        new FileLedgerSink(file).append(entries);
        new LedgerTable(connection).append(entries);
        Database database = Database.at(
                        guilds.database().jdbcUrl(),
                        guilds.database().user(),
                        guilds.database().password())
                .pooled(fresh -> new OneConnection());
        ledger = Exeunt.builder(database)
                .key(LedgerTamperingTest.KEY)
                .ledger(file)
                .build()
                .ledger(MapReader.read(GuildTestApplication.MAP, "exeunt.yaml"));
    }

    @AfterEach
    void close() throws SQLException {
        connection.close();
        guilds.close();
    }

    /** The check rolls its transaction back, and the edit with it. */
    @Test
    void eachOfTenThousandRandomEditsOfTheRowsIsFound() throws SQLException {
        LedgerCheck whole = new LedgerCheck(ENTRIES, (long) ENTRIES);
        assertThat(ledger.verify()).isEqualTo(whole);
        Map<Reason, Integer> found = new EnumMap<>(Reason.class);
        connection.setAutoCommit(false);
        try (Statement statement = connection.createStatement()) {
            for (int i = 0; i < EDITS; i++) {
                String edit = edit();
                statement.execute("SET LOCAL session_replication_role = replica; " + edit);
                assertThatThrownBy(ledger::verify)
                        .as(edit)
                        .isInstanceOfSatisfying(LedgerException.class, e -> found.merge(e.reason(), 1, Integer::sum));
            }
        }
        System.out.println(EDITS + " edits of rows were found: " + found);
        assertThat(found.keySet()).containsExactlyInAnyOrder(Reason.TAMPERED, Reason.BEHIND);
        assertThat(ledger.verify()).isEqualTo(whole);
    }

    private String edit() {
        int one = 1 + random.nextInt(ENTRIES);
        int other = 1 + (one + random.nextInt(ENTRIES - 1)) % ENTRIES;
        String edit = switch (random.nextInt(10)) {
            case 0 ->
                "UPDATE exeunt.ledger SET mac = set_byte(mac, %3$d, get_byte(mac, %3$d) # %4$d) WHERE position = %1$d";
            case 1 ->
                "UPDATE exeunt.ledger SET entry = overlay(entry PLACING chr(ascii(substr(entry, %3$d, 1)) # 1) FROM %3$d FOR 1) WHERE position = %1$d";
            case 2 -> "UPDATE exeunt.ledger SET entry = entry || ' ' WHERE position = %1$d";
            case 3 -> "DELETE FROM exeunt.ledger WHERE position = %1$d";
            case 4 -> "DELETE FROM exeunt.ledger WHERE position >= %1$d";
            case 5 ->
                "UPDATE exeunt.ledger l SET mac = o.mac, entry = o.entry FROM exeunt.ledger o"
                        + " WHERE (l.position, o.position) IN ((%1$d, %2$d), (%2$d, %1$d))";
            case 6 ->
                "UPDATE exeunt.ledger l SET entry = o.entry FROM exeunt.ledger o WHERE l.position = %1$d AND o.position = %2$d";
            case 7 -> "UPDATE exeunt.ledger SET position = %5$d WHERE position = %1$d";
            case 8 -> "INSERT INTO exeunt.ledger SELECT %5$d, mac, entry FROM exeunt.ledger WHERE position = %1$d";
            default ->
                "DELETE FROM exeunt.ledger WHERE position = %1$d;"
                        + " UPDATE exeunt.ledger SET position = position + 1000 WHERE position > %1$d;"
                        + " UPDATE exeunt.ledger SET position = position - 1001 WHERE position > 1000";
        };
        return edit.formatted(
                one, other, 1 + random.nextInt(31), 1 + random.nextInt(255), ENTRIES + 1 + random.nextInt(3));
    }
}
