package dev.exeunt.internal.request;

import static org.assertj.core.api.Assertions.assertThat;

import dev.exeunt.Exeunt;
import dev.exeunt.HashKey;
import dev.exeunt.database.Database;
import dev.exeunt.internal.archive.DownloadLinks;
import dev.exeunt.internal.map.SubjectKind;
import dev.exeunt.internal.map.read.MapReader;
import dev.exeunt.internal.postgres.SqlQuoting;
import dev.exeunt.internal.reach.SubjectKey;
import dev.exeunt.map.AccountFlow;
import dev.exeunt.request.AccountRequests;
import dev.exeunt.request.Actor;
import dev.exeunt.request.GateDecision;
import dev.exeunt.request.NewRequest;
import dev.exeunt.request.Request;
import dev.exeunt.request.RequestListPage;
import dev.exeunt.support.security.SigningKey;
import dev.exeunt.testkit.SeededRandom;
import dev.exeunt.testkit.TestDatabase;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Two people whose keys of two columns read alike once they are joined are never taken for each other. */
class CompositeKeysTest {

    private static final int PAIRS = 10_000;
    private static final List<String> SEPARATORS = List.of("-", ",", "\n", " ", ".", "_", "/", "|", ":", "\\,", "");
    private static final HashKey KEY = GuildTestApplication.KEY;
    private static final SigningKey WISHES = IdempotencyRecord.signingKey(KEY, SubjectKind.PERSON);

    /** Holds two different keys whose parts read alike when joined with a separator. */
    private record AmbiguousKeyPair(SubjectKey one, SubjectKey other, String separator) {

        static AmbiguousKeyPair of(SeededRandom dice, int number) {
            String separator = SEPARATORS.get(number % SEPARATORS.size());
            String a = "a" + number + text(dice);
            String b = text(dice);
            String c = text(dice);
            return new AmbiguousKeyPair(
                    new SubjectKey(List.of(a + separator + b, c)),
                    new SubjectKey(List.of(a, b + separator + c)),
                    separator);
        }

        private static String text(SeededRandom dice) {
            return Stream.generate(() -> dice.one("a", "b", "7", "-", ",", ".", "_", "\\", "é", "1.", "\n", "self"))
                    .limit(1 + dice.below(4))
                    .reduce("x", String::concat);
        }

        List<SubjectKey> both() {
            return List.of(one, other);
        }
    }

    private final List<AmbiguousKeyPair> pairs = new ArrayList<>();

    CompositeKeysTest() {
        SeededRandom dice = new SeededRandom(12);
        for (int n = 0; n < PAIRS; n++) {
            pairs.add(AmbiguousKeyPair.of(dice, n));
        }
    }

    @Test
    void thePairsDoJoinAlike() {
        assertThat(pairs).hasSize(PAIRS).allSatisfy(pair -> {
            assertThat(pair.one()).isNotEqualTo(pair.other());
            assertThat(String.join(pair.separator(), pair.one().parts()))
                    .isEqualTo(String.join(pair.separator(), pair.other().parts()));
        });
    }

    @Test
    void areTwoTextsTwoHashesAndTwoIdempotencyKeys() {
        Set<String> joined = new LinkedHashSet<>();
        Set<String> typed = new LinkedHashSet<>();
        Set<String> hashes = new LinkedHashSet<>();
        Set<String> idempotency = new LinkedHashSet<>();
        pairs.stream().flatMap(p -> p.both().stream()).forEach(key -> {
            joined.add(key.joined());
            typed.add(key.typed());
            hashes.add(HexFormat.of().formatHex(KEY.hash(SubjectKind.PERSON.text(), key.parts())));
            idempotency.add(IdempotencyRecord.hash(WISHES, key, Actor.SELF, "wish"));
        });
        assertThat(List.of(joined, typed, hashes, idempotency))
                .allSatisfy(set -> assertThat(set).hasSize(2 * PAIRS));
    }

    /** What separates the key from the actor, and the actor from the caller's text, may stand in each of them. */
    @Test
    void anIdempotencyKeyIsOneActorsAndOneTexts() {
        SubjectKey anna = new SubjectKey(List.of("anna"));
        SubjectKey longer = new SubjectKey(List.of("anna\nself"));
        SigningKey companies = IdempotencyRecord.signingKey(KEY, new SubjectKind("company"));
        assertThat(Set.of(
                        IdempotencyRecord.hash(WISHES, anna, Actor.SELF, "self\nwish"),
                        IdempotencyRecord.hash(WISHES, longer, Actor.SELF, "wish"),
                        IdempotencyRecord.hash(WISHES, anna, Actor.SELF, "wish"),
                        IdempotencyRecord.hash(companies, anna, Actor.SELF, "wish")))
                .hasSize(4);
    }

    @Test
    void aDownloadLinkIsForNobodyWhoseKeyJoinsAlike() {
        DownloadLinks links = new DownloadLinks(KEY);
        Instant expires = Instant.now().plusSeconds(600);
        int met = 0;
        for (AmbiguousKeyPair pair : pairs) {
            String token = links.token(
                    new UUID(7, 7),
                    KEY.hash(SubjectKind.PERSON.text(), pair.one().parts()),
                    expires);
            DownloadLinks.AuthenticLink link = links.verify(token);
            assertThat(link.isFor(KEY.hash(SubjectKind.PERSON.text(), pair.one().parts())))
                    .isTrue();
            met += link.isFor(KEY.hash(SubjectKind.PERSON.text(), pair.other().parts())) ? 1 : 0;
        }
        assertThat(met).isZero();
    }

    private static final String MAP = """
            version: 1
            subject: { table: people, key: [t, id] }
            flows: { deactivate: { grace: 30d, login-block: 24h }, delete-account: { grace: 14d } }
            tables:
              people:
                scope: account
                erase: { anonymize: { name: "gone-{key}" } }
                hide: { set: { name: "hidden-{key}" } }
            """;

    private TestDatabase database() {
        TestDatabase database =
                TestDatabase.createFrom("CREATE TABLE people (t text, id text, name text, PRIMARY KEY (t, id))");
        List<SubjectKey> keys = pairs.stream().flatMap(p -> p.both().stream()).toList();
        StringBuilder rows = new StringBuilder("INSERT INTO people VALUES ");
        for (int i = 0; i < keys.size(); i++) {
            rows.append(i == 0 ? "(" : ",(")
                    .append(literal(keys.get(i).parts().get(0)))
                    .append(',')
                    .append(literal(keys.get(i).parts().get(1)))
                    .append(",'name ")
                    .append(i)
                    .append("')");
        }
        database.execute(rows.toString());
        return database;
    }

    private static String literal(String text) {
        return SqlQuoting.literal(text);
    }

    private static AccountRequests requests(TestDatabase database) {
        Exeunt exeunt = Exeunt.builder(Database.at(database.jdbcUrl(), database.user(), database.password()))
                .key(KEY)
                .build();
        exeunt.migrate();
        return exeunt.requests(MapReader.read(MAP, "exeunt.yaml"));
    }

    @Test
    void theGateTakesNoneForTheOther() {
        try (TestDatabase database = database()) {
            AccountRequests requests = requests(database);
            requests.makeGateFunction();
            StringBuilder asked =
                    new StringBuilder("INSERT INTO exeunt.request (kind, state, subject, requested_at, requested_by,"
                            + " soft_deleted_at, due_at) VALUES ");
            for (int i = 0; i < PAIRS; i++) {
                List<String> parts = pairs.get(i).one().parts();
                asked.append(i == 0 ? "" : ",")
                        .append("('deactivate','scheduled',ARRAY[")
                        .append(literal(parts.get(0)))
                        .append(',')
                        .append(literal(parts.get(1)))
                        .append("],now(),'self',now(),now() + interval '30 days')");
            }
            database.execute(asked.toString());

            assertThat(
                            database.column(
                                    "SELECT state || ' ' || count(*) FROM people, exeunt.gate(t, id) GROUP BY state ORDER BY state"))
                    .containsExactly("allowed " + PAIRS, "deactivated " + PAIRS);
            for (AmbiguousKeyPair pair : pairs.subList(0, 100)) {
                assertThat(requests.gate(pair.one().typed(), null).state())
                        .isEqualTo(GateDecision.GateState.DEACTIVATED);
                assertThat(requests.gate(pair.other().typed(), null).state()).isEqualTo(GateDecision.GateState.ALLOWED);
            }
        }
    }

    @Test
    void eachHasARequestOfTheirOwnUnderTheSameIdempotencyKeyAndANameOfTheirOwnMeanwhile() {
        try (TestDatabase database = database()) {
            AccountRequests requests = requests(database);
            Set<UUID> submitted = new LinkedHashSet<>();
            for (AmbiguousKeyPair pair : pairs.subList(0, 50)) {
                for (SubjectKey key : pair.both()) {
                    Request request = requests.submit(NewRequest.self(AccountFlow.DELETE_ACCOUNT, key.typed())
                            .knownBy("wish"));
                    submitted.add(request.id());
                    assertThat(requests.status(key.typed()).requests()).containsExactly(request);
                }
            }
            assertThat(submitted).hasSize(100);
            assertThat(database.scalar("SELECT count(DISTINCT name) FROM people WHERE name LIKE 'hidden-%'"))
                    .isEqualTo("100");
            assertThat(requests.listRequests(false, null, 200).entries())
                    .extracting(RequestListPage.RequestListEntry::subject)
                    .containsExactlyInAnyOrderElementsOf(pairs.subList(0, 50).stream()
                            .flatMap(p -> p.both().stream())
                            .map(SubjectKey::typed)
                            .toList());
        }
    }
}
