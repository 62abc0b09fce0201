package dev.exeunt.internal.request;

import static org.assertj.core.api.Assertions.assertThat;

import dev.exeunt.Exeunt;
import dev.exeunt.HashKey;
import dev.exeunt.erase.Receipt;
import dev.exeunt.erase.ReceiptKeys;
import dev.exeunt.erase.ReceiptKeys.CheckResult;
import dev.exeunt.map.AccountFlow;
import dev.exeunt.request.AccountRequests;
import dev.exeunt.request.NewRequest;
import dev.exeunt.request.Request;
import dev.exeunt.testkit.MappedDatabase;
import dev.exeunt.testkit.SettableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The receipts of requests and of erasures without one are signed where a key is set. */
class StoredReceiptTest {

    private static final HashKey KEY = HashKey.ofHex("0123456789abcdef".repeat(4));
    private static final ReceiptKeys KEYS = ReceiptKeys.of(KEY);

    private static final String CHANGE = "UPDATE exeunt.request SET receipt = jsonb_set(receipt, '{subjects}', '2')";

    private final SettableClock clock = new SettableClock(Instant.parse("2026-05-01T12:00:00Z"));
    private final MappedDatabase world = MappedDatabase.of("""
            CREATE TABLE people (id text PRIMARY KEY, name text);
            INSERT INTO people SELECT i, 'n' || i FROM generate_series(1, 3) AS i;
            """, """
            version: 1
            subject: { table: people, key: id }
            flows: { delete-account: { grace: 1d } }
            tables:
              people: { hide: { set: { name: null } }, erase: delete }
            """);

    @AfterEach
    void close() {
        world.close();
    }

    private Exeunt.Builder builder() {
        return world.builder(clock);
    }

    private AccountRequests requests() {
        Exeunt exeunt = builder().key(KEY).build();
        exeunt.migrate();
        return exeunt.requests(world.map());
    }

    private Request erased(AccountRequests requests) {
        Request request = requests.submit(NewRequest.self(AccountFlow.DELETE_ACCOUNT, "1"));
        clock.advance(Duration.ofDays(2));
        requests.eraseDue("w");
        return request;
    }

    private static CheckResult check(AccountRequests requests, Request request) {
        return KEYS.check(requests.receipt(requests.receiptSecret(request))
                        .orElseThrow()
                        .receipt())
                .result();
    }

    @Test
    void theReceiptOfARequestIsSigned() {
        AccountRequests requests = requests();

        assertThat(check(requests, erased(requests))).isEqualTo(CheckResult.UNCHANGED);
    }

    @Test
    void aReceiptThatIsChangedInTheDatabaseIsFound() {
        AccountRequests requests = requests();
        Request request = erased(requests);
        world.database().execute(CHANGE);

        assertThat(check(requests, request)).isEqualTo(CheckResult.CHANGED);
    }

    /** Otherwise a reader of the database with rights to change it could make a receipt right again by a row of files. */
    @Test
    void aChangedReceiptIsNotSignedAnewWhenFilesAreCounted() {
        AccountRequests requests = requests();
        Request request = erased(requests);
        world.database().execute(CHANGE);
        world.database().execute("""
                INSERT INTO exeunt.file_erasure (erasure, recorded_at, deleted)
                SELECT (receipt ->> 'receipt')::uuid, now(), 7 FROM exeunt.request""");

        assertThat(check(requests, request)).isEqualTo(CheckResult.CHANGED);
    }

    @Test
    void anErasureWithoutARequestIsSignedBeforeItIsCommitted() {
        Receipt receipt = builder()
                .key(KEY)
                .build()
                .erase(
                        world.map(),
                        List.of("2"),
                        drawn -> assertThat(KEYS.check(drawn.toJson()).result()).isEqualTo(CheckResult.UNCHANGED));

        assertThat(KEYS.check(receipt.toJson()).result()).isEqualTo(CheckResult.UNCHANGED);
    }

    @Test
    void withoutAKeyAReceiptIsNotSigned() {
        Receipt receipt = builder().build().erase(world.map(), List.of("3"), drawn -> {});

        assertThat(KEYS.check(receipt.toJson()).result()).isEqualTo(CheckResult.UNSIGNED);
    }
}
