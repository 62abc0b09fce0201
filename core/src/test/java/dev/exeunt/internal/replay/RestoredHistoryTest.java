package dev.exeunt.internal.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.exeunt.Exeunt;
import dev.exeunt.database.Database;
import dev.exeunt.internal.map.MapDefinition;
import dev.exeunt.internal.map.read.MapReader;
import dev.exeunt.internal.request.GuildTestApplication;
import dev.exeunt.ledger.ErasureLedger.ReplayResult;
import dev.exeunt.ledger.LedgerException;
import dev.exeunt.map.AccountFlow;
import dev.exeunt.request.AccountRequests;
import dev.exeunt.request.AccountRequests.LegalHold;
import dev.exeunt.request.AccountRequests.LegalHolds;
import dev.exeunt.request.AccountRequests.NewLegalHold;
import dev.exeunt.request.Actor;
import dev.exeunt.request.NewRequest;
import dev.exeunt.request.Request;
import dev.exeunt.testkit.RowBackup;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What happened in an unusual order before a restore is as it was after the replay. The program runs on during the restore. */
class RestoredHistoryTest {

    private static final Actor KIM = Actor.staff("kim");

    /** The person's own row goes, so that a new person may get the key. */
    private static final MapDefinition MAP = MapReader.read(
            GuildTestApplication.UNGUARDED
                    .replace("identifiers: [email] }", "identifiers: [email], created: made_at }")
                    .replace(
                            "{ anonymize: { email: \"deleted-{key}@erased.invalid\", name: null, bio: null } }",
                            "delete"),
            "exeunt.yaml");

    @TempDir
    Path directory;

    private final GuildTestApplication guilds = GuildTestApplication.create();
    private Exeunt exeunt;
    private AccountRequests requests;
    private LegalHolds holds;
    private RowBackup backup;

    @BeforeEach
    void start() {
        guilds.database().execute("ALTER TABLE people ADD made_at timestamptz NOT NULL DEFAULT '2026-01-01Z'");
        exeunt = Exeunt.builder(Database.at(
                        guilds.database().jdbcUrl(),
                        guilds.database().user(),
                        guilds.database().password()))
                .clock(guilds.clock())
                .key(GuildTestApplication.KEY)
                .ledger(directory.resolve("ledger"))
                .build();
        requests = exeunt.requests(MAP);
        holds = exeunt.holds(MAP);
    }

    @AfterEach
    void close() {
        guilds.close();
    }

    private void backUp() throws SQLException {
        try (Connection connection = guilds.database().connection()) {
            backup = RowBackup.of(connection);
        }
        guilds.clock().advance(Duration.ofMinutes(1));
    }

    private void restore() throws SQLException {
        try (Connection connection = guilds.database().connection()) {
            backup.restore(connection);
        }
        guilds.clock().advance(Duration.ofMinutes(1));
    }

    private Request ask(AccountFlow flow, String key) {
        guilds.clock().advance(Duration.ofMinutes(1));
        return requests.submit(NewRequest.self(flow, key).typing("dee@x.test"));
    }

    private void eraseWhenDue(Request request) {
        guilds.clock().set(request.dueAt());
        assertThat(requests.eraseDue("w").erased()).isEqualTo(1);
        guilds.clock().advance(Duration.ofMinutes(1));
    }

    private ReplayResult replay() {
        ReplayResult done = exeunt.ledger(MAP).replay(false);
        assertThat(done.isFinished()).as("%s", done).isTrue();
        assertThat(exeunt.ledger(MAP).verify().copied()).isNotNull();
        return done;
    }

    @Test
    void aProgramThatRunsOnDuringARestoreWritesNothing() throws SQLException {
        backUp();
        ask(AccountFlow.DEACTIVATE, "1");
        restore();
        assertThatThrownBy(() -> requests.submit(NewRequest.self(AccountFlow.DEACTIVATE, "2")))
                .isInstanceOf(LedgerException.class)
                .extracting(e -> ((LedgerException) e).reason())
                .isEqualTo(LedgerException.Reason.BEHIND);
        assertThat(guilds.database().column("SELECT id FROM exeunt.request")).isEmpty();
        assertThatThrownBy(() -> exeunt.erase(MAP, List.of("4"), receipt -> {})).isInstanceOf(LedgerException.class);
        assertThat(replay().restored()).isEqualTo(1);
        assertThat(ask(AccountFlow.DEACTIVATE, "2").state()).isEqualTo(Request.State.SCHEDULED);
    }

    @Test
    void aHoldThatCameAfterAnErasureOfDataDoesNotStopItsReplay() throws SQLException {
        backUp();
        eraseWhenDue(ask(AccountFlow.DELETE_DATA, "1"));
        LegalHold hold = holds.place(NewLegalHold.on("1", "lawsuit"), KIM);
        restore();
        assertThat(replay().erased()).isEqualTo(1);
        assertThat(guilds.ids("posts", "person = 1")).isEmpty();
        assertThat(holds.list("1", false)).extracting(LegalHold::id).containsExactly(hold.id());
    }

    @Test
    void aRequestIsTakenBackAgainWhoseErasureHadBegunInTheBackup() throws SQLException {
        Request request = ask(AccountFlow.DELETE_DATA, "1");
        String begun = "UPDATE exeunt.request SET state = 'erasing', worker = 'w', worker_until = '2027-01-01'";
        guilds.database().execute(begun);
        backUp();
        guilds.database().execute("UPDATE exeunt.request SET state = 'scheduled', worker = NULL, worker_until = NULL");
        requests.cancel("1", Actor.SELF, null);
        restore();
        assertThat(replay().withdrawn()).isEqualTo(1);
        assertThat(guilds.database().scalar("SELECT state FROM exeunt.request WHERE id = '" + request.id() + "'"))
                .isEqualTo("cancelled");
        assertThat(guilds.ids("posts", "person = 1 AND deleted_at IS NULL")).contains("1");
    }

    @Test
    void aRequestOfANewPersonIsNotMadeAgainForTheErasedOneWithTheSameKey() throws SQLException {
        backUp();
        eraseWhenDue(ask(AccountFlow.DELETE_ACCOUNT, "4"));
        guilds.database()
                .execute("INSERT INTO people VALUES (4, 'dee@x.test', 'New', NULL, NULL, '"
                        + guilds.clock().instant() + "')");
        Request open = ask(AccountFlow.DELETE_DATA, "4");
        holds.place(NewLegalHold.on("4", "lawsuit"), KIM);
        restore();
        ReplayResult done = replay();
        assertThat(done.erased()).isEqualTo(1);
        assertThat(done.restored()).isZero();
        assertThat(guilds.ids("people", "id = 4")).isEmpty();
        assertThat(guilds.database().column("SELECT id FROM exeunt.request WHERE id = '" + open.id() + "'"))
                .isEmpty();
        assertThat(guilds.database().column("SELECT id FROM exeunt.legal_hold")).isEmpty();
    }

    /** Of what a person may ask for once at a time, the second request is made again when the first is carried out. */
    @Test
    void ofTwoRequestsForTheSameBothAreDoneAgain() throws SQLException {
        Request first = ask(AccountFlow.DELETE_DATA, "1");
        write(77, first);
        backUp();
        eraseWhenDue(first);
        Request second = ask(AccountFlow.DELETE_DATA, "1");
        eraseWhenDue(second);
        Request third = ask(AccountFlow.DELETE_DATA, "1");
        restore();
        replay();
        assertThat(guilds.ids("posts", "person = 1")).isEmpty();
        assertThat(guilds.database()
                        .column("SELECT state FROM exeunt.request WHERE id IN ('" + first.id() + "', '" + second.id()
                                + "', '" + third.id() + "') ORDER BY requested_at"))
                .containsExactly("erased", "erased", "scheduled");
    }

    private void write(long post, Request after) {
        guilds.database()
                .execute("INSERT INTO posts VALUES (" + post + ", 1, 'since', true, NULL, '"
                        + after.requestedAt().plusSeconds(30) + "')");
    }

    /** It is the person's new start, though the request is made again after it. */
    @Test
    void whatAPersonWroteSinceTheRestoreIsNotHiddenByARequestToDeleteData() throws SQLException {
        backUp();
        Request request = ask(AccountFlow.DELETE_DATA, "2");
        restore();
        guilds.database()
                .execute("INSERT INTO posts VALUES (77, 2, 'since', true, NULL, '"
                        + guilds.clock().instant() + "')");
        replay();
        assertThat(guilds.ids("posts", "person = 2 AND deleted_at IS NULL")).containsExactly("77");
        eraseWhenDue(request);
        assertThat(guilds.ids("posts", "person = 2")).containsExactly("77");
    }

    /** By such a clock the person may have registered since the restore. */
    @Test
    void byAClockThatWasSetBackNoNewPersonIsTakenForAnErasedOne() throws SQLException {
        backUp();
        eraseWhenDue(ask(AccountFlow.DELETE_ACCOUNT, "4"));
        restore();
        guilds.clock().set(GuildTestApplication.START.plusSeconds(30));
        ReplayResult careful = exeunt.ledger(MAP).replay(false);
        assertThat(careful.uncertain()).isEqualTo(1);
        assertThat(careful.isFinished()).isFalse();
        assertThat(guilds.ids("people", "id = 4")).hasSize(1);
        guilds.clock().advance(Duration.ofDays(20));
        assertThat(replay().erased()).isEqualTo(1);
    }

    /** A date does not say whether the person registered before the request of that day or after it. */
    @Test
    void byADateNoPersonWhoCameOnTheSameDayIsTakenForAnErasedOne() throws SQLException {
        guilds.database().execute("ALTER TABLE people ALTER made_at DROP DEFAULT, ALTER made_at TYPE date");
        requests = exeunt.requests(MAP);
        backUp();
        Request request = ask(AccountFlow.DELETE_ACCOUNT, "4");
        eraseWhenDue(request);
        restore();
        guilds.database().execute("UPDATE people SET made_at = '" + request.requestedAt() + "' WHERE id = 4");
        ReplayResult careful = exeunt.ledger(MAP).replay(false);
        assertThat(careful.uncertain()).isEqualTo(1);
        assertThat(guilds.ids("people", "id = 4")).hasSize(1);
        guilds.database().execute("UPDATE people SET made_at = made_at - 2 WHERE id = 4");
        assertThat(replay().erased()).isEqualTo(1);
        assertThat(guilds.ids("people", "id = 4")).isEmpty();
    }
}
