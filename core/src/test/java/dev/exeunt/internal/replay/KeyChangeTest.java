package dev.exeunt.internal.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.exeunt.Exeunt;
import dev.exeunt.ExeuntException;
import dev.exeunt.HashKey;
import dev.exeunt.database.Database;
import dev.exeunt.internal.ledger.RecordedErasures;
import dev.exeunt.internal.map.SubjectKind;
import dev.exeunt.internal.reach.SubjectKey;
import dev.exeunt.ledger.ErasureLedger;
import dev.exeunt.ledger.LedgerException;
import dev.exeunt.map.AccountFlow;
import dev.exeunt.map.DataMap;
import dev.exeunt.request.AccountRequests;
import dev.exeunt.request.Actor;
import dev.exeunt.request.GateDecision.GateState;
import dev.exeunt.request.NewRequest;
import dev.exeunt.request.Request;
import dev.exeunt.testkit.SettableClock;
import dev.exeunt.testkit.TestDatabase;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The operator changes the key between two erasures. What was recorded under the former key is still known. */
class KeyChangeTest {

    private static final HashKey FORMER =
            HashKey.ofHex("00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff");
    private static final HashKey PRESENT =
            HashKey.ofHex("99112233445566778899aabbccddeeff00112233445566778899aabbccddeeff");
    private static final HashKey BOTH = PRESENT.withFormer(List.of(FORMER));
    private static final Instant START = Instant.parse("2026-03-01T12:00:00Z");

    private static final DataMap DATA_MAP = Exeunt.readMap("""
            version: 1
            subject: { table: person, key: id, created: made_at }
            flows: { delete-account: { grace: 14d } }
            tables:
              person: { scope: account, erase: delete }
            """, "exeunt.yaml");

    @TempDir
    Path directory;

    private final SettableClock clock = new SettableClock(START);
    private TestDatabase application;
    private TestDatabase backup;

    /** Person 1 is erased under the former key, then the key is changed, and person 2 is erased. The backup is from before both. */
    @BeforeEach
    void eraseOnePersonUnderEachKey() {
        application = TestDatabase.createFrom("""
                CREATE TABLE person (id bigint PRIMARY KEY, made_at timestamptz NOT NULL);
                INSERT INTO person SELECT i, '2026-01-01' FROM generate_series(1, 5) AS i""");
        exeunt(application, FORMER).migrate();
        exeunt(application, FORMER).requests(DATA_MAP);
        backup = application.copy();
        erase("1", FORMER);
        erase("2", BOTH);
    }

    @AfterEach
    void close() {
        application.close();
        backup.close();
    }

    private void erase(String key, HashKey under) {
        AccountRequests requests = exeunt(application, under).requests(DATA_MAP);
        requests.submit(NewRequest.self(AccountFlow.DELETE_ACCOUNT, key));
        clock.set(clock.instant().plus(Duration.ofDays(15)));
        assertThat(requests.eraseDue("reaper").erased()).isEqualTo(1);
    }

    private Exeunt exeunt(TestDatabase database, HashKey key) {
        return Exeunt.builder(Database.at(database.jdbcUrl(), database.user(), database.password()))
                .clock(clock)
                .key(key)
                .ledger(directory.resolve("ledger"))
                .build();
    }

    /** New people get the keys of the erased ones: the tokens of the erased people are told from theirs. */
    @Test
    void theGateRefusesOldTokensOfBoth() {
        application.execute("INSERT INTO person VALUES (1, '2026-04-01'), (2, '2026-04-01')");
        AccountRequests requests = exeunt(application, BOTH).requests(DATA_MAP);
        requests.requireKey();
        for (String key : List.of("1", "2")) {
            assertThat(requests.gate(key, START).state()).isEqualTo(GateState.ERASED);
            assertThat(requests.gate(key, clock.instant().plusSeconds(1)).state())
                    .isEqualTo(GateState.ALLOWED);
        }
    }

    @Test
    void erasedPeopleWhoseRowsStayAreKnownByEitherKey() throws SQLException {
        application.execute("UPDATE exeunt.erased SET row_stays = TRUE");
        List<SubjectKey> people =
                Stream.of("1", "2", "3").map(k -> new SubjectKey(List.of(k))).toList();
        try (Connection connection = application.connection()) {
            assertThat(RecordedErasures.of(BOTH, SubjectKind.PERSON).among(connection, people))
                    .containsExactlyInAnyOrder(people.get(0), people.get(1));
        }
    }

    @Test
    void theChainOfTheLedgerGoesOnUnderTheNewKey() {
        ErasureLedger.LedgerCheck check =
                exeunt(application, BOTH).ledger(DATA_MAP).verify();
        assertThat(check.copied()).isEqualTo(check.entries()).isGreaterThanOrEqualTo(6);
        assertThat(application.column("SELECT DISTINCT right(entry, 8) FROM exeunt.ledger"))
                .containsExactlyInAnyOrder(FORMER.id(), PRESENT.id());
    }

    @Test
    void bothAreErasedAgainAfterARestore() {
        ErasureLedger ledger = exeunt(backup, BOTH).ledger(DATA_MAP);
        ErasureLedger.ReplayResult done = ledger.replay(false);
        assertThat(done.isFinished()).isTrue();
        assertThat(done.erased()).isEqualTo(2);
        assertThat(backup.column("SELECT id FROM person ORDER BY id")).containsExactly("3", "4", "5");
        ErasureLedger.LedgerCheck check = ledger.verify();
        assertThat(check.copied()).isEqualTo(check.entries());
        assertThat(backup.column("SELECT DISTINCT key_id FROM exeunt.erased")).containsExactly(PRESENT.id());
    }

    @Test
    void withoutTheFormerKeyItIsNamed() {
        AccountRequests requests = exeunt(application, PRESENT).requests(DATA_MAP);
        assertThatThrownBy(() -> requests.gate("3", null))
                .isInstanceOf(ExeuntException.class)
                .hasMessageContaining("under the key " + FORMER.id())
                .hasMessageContaining("EXEUNT_FORMER_KEYS");
        assertThatThrownBy(requests::requireKey).hasMessageContaining("EXEUNT_FORMER_KEYS");
        assertThatThrownBy(() -> exeunt(application, PRESENT).ledger(DATA_MAP).verify())
                .isInstanceOf(LedgerException.class)
                .hasMessageContaining("under the key " + FORMER.id())
                .hasMessageContaining("EXEUNT_FORMER_KEYS");
    }

    /** An instance that was not told the new key yet refuses to work, rather than let erased people in. */
    @Test
    void anInstanceWithTheFormerKeyAloneIsRefused() {
        assertThatThrownBy(() -> exeunt(application, FORMER).requests(DATA_MAP).gate("3", null))
                .hasMessageContaining("under the key " + PRESENT.id());
        HashKey told = FORMER.withFormer(List.of(PRESENT));
        assertThat(exeunt(application, told).requests(DATA_MAP).gate("3", null).state())
                .isEqualTo(GateState.ALLOWED);
    }

    /** A wish that was taken back is not carried out because its call is repeated after the change. */
    @Test
    void repeatedCallsUsedLinksAndReceiptLinksAreKnown() {
        AccountRequests before = exeunt(application, BOTH).requests(DATA_MAP);
        AccountRequests after = exeunt(
                        application, HashKey.ofHex("ab".repeat(32)).withFormer(BOTH.all()))
                .requests(DATA_MAP);
        NewRequest wish = NewRequest.self(AccountFlow.DELETE_ACCOUNT, "3").knownBy("wish 1");
        Request request = before.submit(wish);
        before.cancel("3", Actor.SELF, null);
        assertThat(after.submit(wish).id()).isEqualTo(request.id());
        assertThat(after.status("3").requests()).noneMatch(r -> r.state().isOpen());

        Instant until = clock.instant().plus(Duration.ofMinutes(5));
        assertThat(before.markUsed("link", until)).isTrue();
        assertThat(after.isUsed("link")).isTrue();
        assertThat(after.markUsed("link", until)).isFalse();
        assertThat(after.markUsed("another", until)).isTrue();

        assertThat(after.receipt(before.receiptSecret(request)))
                .hasValueSatisfying(r -> assertThat(r.request().id()).isEqualTo(request.id()));
        assertThat(before.receipt(after.receiptSecret(request))).isEmpty();
    }
}
