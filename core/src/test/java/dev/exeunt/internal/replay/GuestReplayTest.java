package dev.exeunt.internal.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.exeunt.Exeunt;
import dev.exeunt.HashKey;
import dev.exeunt.PersonWithoutAccount;
import dev.exeunt.UnknownSubjectException;
import dev.exeunt.ledger.ErasureLedger.ReplayResult;
import dev.exeunt.ledger.LedgerException;
import dev.exeunt.map.AccountFlow;
import dev.exeunt.map.DataMap;
import dev.exeunt.request.NewRequest;
import dev.exeunt.testkit.MappedDatabase;
import dev.exeunt.testkit.RowBackup;
import dev.exeunt.testkit.SettableClock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A guest, whom only an address tells, was erased before a restore, and is not back after the replay. */
class GuestReplayTest {

    private static final String TABLES = """
            CREATE TABLE users (id bigint PRIMARY KEY, email text, made_at timestamptz);
            CREATE UNIQUE INDEX ON users (lower(email));
            INSERT INTO users VALUES (1, 'anna@x.org', '2026-01-01Z'), (2, 'ben@x.org', '2026-01-01Z');
            CREATE TABLE orders (id int PRIMARY KEY, buyer bigint, email text, note text, made_at timestamptz);
            INSERT INTO orders VALUES (1, 1, 'anna@x.org', 'a', '2026-01-02Z'), (2, NULL, 'Guest@x.org', 'g', '2026-01-02Z'),
                (3, NULL, 'other@x.org', 'o', '2026-01-02Z'), (4, NULL, 'ben@x.org', 'b', '2026-01-02Z');
            CREATE TABLE subscribers (id int PRIMARY KEY, email text, made_at timestamptz);
            INSERT INTO subscribers VALUES (1, 'guest@x.org', '2026-01-03Z'), (2, 'other@x.org', '2026-01-03Z');
            """;
    private static final String MAP = """
            version: 1
            subject: { table: users, key: id, identifiers: [email], created: made_at }
            tables:
              users: { erase: delete }
              orders:
                links:
                  buyer: { subject: buyer, erase: delete }
                  guest: { matches: email, on: email, created: made_at, erase: { anonymize: { email: "gone-{key}@x.invalid", note: null } } }
              subscribers: { matches: email, on: email, created: made_at, erase: delete }
            """;
    private static final HashKey KEY =
            HashKey.ofHex("00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff");

    private static final DataMap UNDATED =
            Exeunt.readMap(MAP.replace("on: email, created: made_at", "on: email"), "exeunt.yaml");

    @TempDir
    Path directory;

    private final SettableClock clock = new SettableClock(MappedDatabase.NOW);
    private final MappedDatabase world = MappedDatabase.of(TABLES, MAP);
    private Exeunt exeunt;
    private RowBackup backup;

    @BeforeEach
    void backUp() throws SQLException {
        exeunt = world.builder(clock)
                .key(KEY)
                .ledger(directory.resolve("ledger"))
                .build();
        exeunt.migrate();
        try (Connection connection = world.database().connection()) {
            backup = RowBackup.of(connection);
        }
        clock.advance(Duration.ofMinutes(1));
    }

    @AfterEach
    void close() {
        world.close();
    }

    private void restore() throws SQLException {
        clock.advance(Duration.ofMinutes(1));
        try (Connection connection = world.database().connection()) {
            backup.restore(connection);
        }
        clock.advance(Duration.ofMinutes(1));
    }

    private PersonWithoutAccount guest(String email) {
        return exeunt.personWithoutAccount(world.map(), "email", email);
    }

    private List<String> rowsOf(String email) {
        return world.database()
                .column("SELECT 'order ' || id FROM orders WHERE lower(email) = '" + email
                        + "' UNION ALL SELECT 'subscriber ' || id FROM subscribers WHERE lower(email) = '" + email
                        + "' ORDER BY 1");
    }

    private ReplayResult replay(boolean trust) {
        return exeunt.ledger(world.map()).replay(trust);
    }

    @Test
    void theCopyHasTheIntentAndTheOutcomeAndNoAddress() throws Exception {
        guest("GUEST@x.org").erase(receipt -> {});
        String copy = Files.readString(directory.resolve("ledger"));
        assertThat(copy.toLowerCase(Locale.ROOT)).doesNotContain("guest@", "x.org");
        assertThat(copy.lines()
                        .filter(l -> l.contains(" guest="))
                        .map(l -> l.replaceAll(".*(intent|committed) at.*", "$1")))
                .containsExactly("intent", "committed");
    }

    @Test
    void theGuestIsErasedAgainAndNoOtherRowIsTouched() throws SQLException {
        guest("GUEST@x.org").erase(receipt -> {});
        restore();
        assertThat(rowsOf("guest@x.org")).containsExactly("order 2", "subscriber 1");
        assertThatThrownBy(() -> guest("other@x.org").erase(receipt -> {})).isInstanceOf(LedgerException.class);
        assertThat(exeunt.ledger(world.map()).previewReplay(false).erased()).isEqualTo(1);
        assertThat(rowsOf("guest@x.org")).hasSize(2);

        ReplayResult done = replay(false);

        assertThat(done.erased()).isEqualTo(1);
        assertThat(done.isFinished()).isTrue();
        assertThat(rowsOf("guest@x.org")).isEmpty();
        assertThat(rowsOf("other@x.org")).containsExactly("order 3", "subscriber 2");
        assertThat(world.database().column("SELECT note FROM orders WHERE id IN (1, 3, 4) ORDER BY id"))
                .containsExactly("a", "o", "b");
        assertThat(exeunt.ledger(world.map()).verify().copied()).isEqualTo(3);
    }

    @Test
    void whereAnErasureFailedTheGuestStays() throws SQLException {
        assertThatThrownBy(() -> guest("guest@x.org").erase(receipt -> {
                    throw new IllegalStateException("no");
                }))
                .isInstanceOf(IllegalStateException.class);
        restore();
        assertThat(replay(true).erased()).isZero();
        assertThat(rowsOf("guest@x.org")).hasSize(2);
    }

    @Test
    void aGuestWhoCameSinceIsNotTouched() throws SQLException {
        world.database().execute("INSERT INTO subscribers VALUES (7, 'late@x.org', now())");
        guest("late@x.org").erase(receipt -> {});
        restore();
        comesAgain("late@x.org");
        ReplayResult done = replay(false);
        assertThat(done.newcomers()).isEqualTo(1);
        assertThat(done.isFinished()).isTrue();
        assertThat(rowsOf("late@x.org")).containsExactly("subscriber 8");
    }

    @Test
    void ofAGuestWhoIsBackAndCameAgainOnlyTheRowsFromBeforeGo() throws SQLException {
        guest("guest@x.org").erase(receipt -> {});
        restore();
        comesAgain("guest@x.org");
        ReplayResult done = replay(false);
        assertThat(done.erased()).isEqualTo(1);
        assertThat(done.isFinished()).isTrue();
        assertThat(rowsOf("guest@x.org")).containsExactly("subscriber 8");
    }

    @Test
    void ofAGuestWhoWasErasedTwiceAllRowsFromBeforeGo() throws SQLException {
        guest("guest@x.org").erase(receipt -> {});
        comesAgain("guest@x.org");
        clock.advance(Duration.ofMinutes(1));
        guest("guest@x.org").erase(receipt -> {});
        restore();
        assertThat(exeunt.ledger(world.map()).previewReplay(false).erased()).isEqualTo(1);
        ReplayResult done = replay(false);
        assertThat(done.erased()).isEqualTo(1);
        assertThat(done.absent()).isZero();
        assertThat(rowsOf("guest@x.org")).isEmpty();
    }

    private void comesAgain(String email) {
        world.database().execute("INSERT INTO subscribers VALUES (8, '" + email + "', '" + clock.instant() + "')");
    }

    @Test
    void whereNoColumnTellsWhenARowWasMadeTheOperatorDecides() throws SQLException {
        exeunt.personWithoutAccount(UNDATED, "email", "guest@x.org").erase(receipt -> {});
        restore();
        assertThat(exeunt.ledger(UNDATED).replay(false).uncertain()).isEqualTo(1);
        assertThat(rowsOf("guest@x.org")).hasSize(2);
        assertThat(exeunt.ledger(UNDATED).replay(true).isFinished()).isTrue();
        assertThat(rowsOf("guest@x.org")).isEmpty();
    }

    @Test
    void byAClockThatIsBehindTheEntryNothingIsTouched() throws SQLException {
        guest("guest@x.org").erase(receipt -> {});
        restore();
        clock.set(MappedDatabase.NOW);
        assertThat(replay(false).uncertain()).isEqualTo(1);
        assertThat(rowsOf("guest@x.org")).hasSize(2);
        clock.advance(Duration.ofHours(1));
        assertThat(replay(false).erased()).isEqualTo(1);
    }

    @Test
    void aGuestWhoWasErasedUnderAFormerKeyIsFound() throws SQLException {
        guest("guest@x.org").erase(receipt -> {});
        restore();
        exeunt = world.builder(clock)
                .key(HashKey.ofHex("99".repeat(32)).withFormer(List.of(KEY)))
                .ledger(directory.resolve("ledger"))
                .build();
        assertThat(replay(false).erased()).isEqualTo(1);
        assertThat(rowsOf("guest@x.org")).isEmpty();
    }

    @Test
    void rowsOfAnAddressThatAPersonRegisteredSinceAreThatPersons() throws SQLException {
        guest("guest@x.org").erase(receipt -> {});
        restore();
        world.database().execute("INSERT INTO users VALUES (9, 'guest@x.org', '" + clock.instant() + "')");
        ReplayResult done = replay(false);
        assertThat(done.newcomers()).isEqualTo(1);
        assertThat(done.erased()).isZero();
        assertThat(done.isFinished()).isTrue();
        assertThat(rowsOf("guest@x.org")).hasSize(2);
    }

    @Test
    void anAddressWhosePersonWasErasedFirstIsErasedAfterThem() throws SQLException {
        exeunt.erase(world.map(), List.of("2"), receipt -> {});
        world.database().execute("INSERT INTO subscribers VALUES (7, 'ben@x.org', '" + clock.instant() + "')");
        guest("ben@x.org").erase(receipt -> {});
        restore();
        ReplayResult done = replay(false);
        assertThat(done.isFinished()).as("%s", done).isTrue();
        assertThat(rowsOf("ben@x.org")).isEmpty();
        assertThat(world.database().column("SELECT id FROM users")).containsExactly("1");
    }

    /** The person had given the address up when it was erased as a guest's. Whose the rows are, nothing tells. */
    @Test
    void rowsOfAnAddressThatARestoredAccountHoldsAgainWaitForTheOperator() throws SQLException {
        world.database().execute("UPDATE users SET email = 'new@x.org' WHERE id = 2");
        guest("ben@x.org").erase(receipt -> {});
        restore();
        ReplayResult careful = replay(false);
        assertThat(careful.isFinished()).isFalse();
        assertThat(careful.waiting())
                .singleElement()
                .satisfies(w -> assertThat(w.reason())
                        .contains("holds the value again", "--trust-keys")
                        .doesNotContain("ben"));
        assertThat(rowsOf("ben@x.org")).containsExactly("order 4");
        world.database().execute("UPDATE users SET email = 'new@x.org' WHERE id = 2");
        assertThat(replay(false).isFinished()).isTrue();
        assertThat(rowsOf("ben@x.org")).isEmpty();
    }

    /** The replay hides the account again before it comes to the guests, so that no row shows the address any more. */
    @Test
    void rowsOfAnAddressThatAHiddenAccountHoldsAgainWaitForTheOperator() throws SQLException {
        DataMap hiding = Exeunt.readMap(
                MAP.replace("users: { erase: delete }", "users: { erase: delete, hide: { set: { email: null } } }")
                                .replace("matches: email,", "matches: email, shared: mine-if-present,")
                        + "flows: { delete-account: { grace: 14d } }\n",
                "exeunt.yaml");
        world.database().execute("DROP INDEX users_lower_idx");
        world.database().execute("UPDATE users SET email = 'new@x.org' WHERE id = 2");
        exeunt.personWithoutAccount(hiding, "email", "ben@x.org").erase(receipt -> {});
        exeunt.requests(hiding).submit(NewRequest.self(AccountFlow.DELETE_ACCOUNT, "2"));
        restore();
        ReplayResult careful = exeunt.ledger(hiding).replay(false);
        assertThat(world.database().column("SELECT email FROM users WHERE id = 2"))
                .as("hidden again")
                .containsOnlyNulls();
        assertThat(careful.waiting())
                .singleElement()
                .satisfies(w -> assertThat(w.reason()).contains("until a request hid it", "--trust-keys"));
        assertThat(rowsOf("ben@x.org")).containsExactly("order 4");
        assertThat(exeunt.ledger(hiding).replay(true).isFinished()).isTrue();
        assertThat(rowsOf("ben@x.org")).containsExactly("order 4");
    }

    @Test
    void theOperatorMaySayThatTheRowsAreThoseOfTheRestoredAccount() throws SQLException {
        world.database().execute("UPDATE users SET email = 'new@x.org' WHERE id = 2");
        guest("ben@x.org").erase(receipt -> {});
        restore();
        assertThat(replay(true).isFinished()).isTrue();
        assertThat(rowsOf("ben@x.org")).containsExactly("order 4");
    }

    @Test
    void anAddressThatNoRowHoldsIsRecordedAsNotDone() {
        assertThatThrownBy(() -> guest("unknown@x.org").erase(receipt -> {}))
                .isInstanceOf(UnknownSubjectException.class);
        assertThat(exeunt.ledger(world.map()).verify().entries()).isEqualTo(2);
        assertThat(world.database().column("SELECT split_part(entry, ' ', 1) FROM exeunt.ledger ORDER BY position"))
                .containsExactly("intent", "aborted");
    }
}
