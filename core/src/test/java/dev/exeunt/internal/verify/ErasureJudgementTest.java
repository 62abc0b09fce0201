package dev.exeunt.internal.verify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.exeunt.Exeunt;
import dev.exeunt.database.Database;
import dev.exeunt.erase.Residue;
import dev.exeunt.erase.Residue.ResidueVerdict;
import dev.exeunt.internal.request.GuildTestApplication;
import dev.exeunt.map.AccountFlow;
import dev.exeunt.request.AccountRequests;
import dev.exeunt.request.NewRequest;
import dev.exeunt.request.Request;
import dev.exeunt.testkit.MappedDatabase;
import dev.exeunt.testkit.SettableClock;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tests that {@code verify} compares rows with the map's rules and with the records of erasures. */
class ErasureJudgementTest {

    private static final String PEOPLE = """
            CREATE TABLE people (id bigint PRIMARY KEY, email varchar(60) UNIQUE, name text, score numeric(10, 2), tag uuid,
                seen timestamptz, left_on date, settings jsonb, motto text);
            INSERT INTO people SELECT n, 'p' || n || '@x.org', 'Person ' || n, n + 0.5, gen_random_uuid(),
                '2020-01-01Z', NULL, '{"a": 1}', 'M' FROM generate_series(1, 3) AS n;
            CREATE TABLE orders (id int PRIMARY KEY, buyer bigint, address text, at timestamptz);
            INSERT INTO orders VALUES (1, 1, 'Lane 1', '2020-01-01Z'), (2, 2, 'Lane 2', '2020-01-01Z');
            """;
    private static final String MAP = """
            version: 1
            subject: { table: people, key: id, identifiers: [email] }
            tables:
              people:
                erase:
                  anonymize:
                    email: "gone-{key}@erased.invalid"
                    name: "former member {random}"
                    score: 0
                    tag: "{random}"
                    seen: "{now}"
                    left_on: "{now}"
                    settings: "{{}}"
                    motto: { sql: "lower(motto)" }
              orders: { subject: buyer, erase: { keep: books, anonymize: { address: null } } }
            """;

    private final SettableClock clock = new SettableClock(MappedDatabase.NOW);

    private Exeunt exeunt(MappedDatabase world) {
        Exeunt exeunt = Exeunt.builder(Database.at(
                        world.database().jdbcUrl(),
                        world.database().user(),
                        world.database().password()))
                .clock(clock)
                .key(GuildTestApplication.KEY)
                .build();
        exeunt.migrate();
        return exeunt;
    }

    private static List<String> left(Residue residue) {
        return residue.places().stream()
                .filter(p -> p.kept() == null)
                .map(p -> p.table() + "." + p.column() + " " + p.what() + " " + p.rows())
                .toList();
    }

    private static List<String> unjudged(Residue residue) {
        return residue.unjudged().stream()
                .filter(p -> p.rows() > 0)
                .map(p -> p.table() + "." + p.column() + " " + p.rows() + " " + p.why())
                .toList();
    }

    @Test
    void everyRuleIsFoundBorneAfterAnErasure() {
        try (MappedDatabase world = MappedDatabase.of(PEOPLE, MAP)) {
            Exeunt exeunt = exeunt(world);
            exeunt.erase(world.map(), List.of("1", "2"), receipt -> {});
            Residue residue = exeunt.verify(world.map(), List.of("1", "2"), List.of());
            assertThat(left(residue)).isEmpty();
            assertThat(unjudged(residue)).isEmpty();
            assertThat(residue.verdict()).isEqualTo(ResidueVerdict.NOTHING_LEFT);
            assertThat(world.exeunt()
                            .verify(world.map(), List.of("1", "2"), List.of())
                            .verdict())
                    .as("without the secret")
                    .isEqualTo(ResidueVerdict.NOTHING_LEFT);
        }
    }

    @Test
    void aKeyOfSeveralPartsAndOddSignsIsFoundBorne() {
        String sql = "CREATE TABLE people (t int, id text, email text, PRIMARY KEY (t, id));"
                + "INSERT INTO people VALUES (1, 'a.b-(c)', 'x'), (1, 'a.b-(d)', 'y');";
        String map = "version: 1\nsubject: { table: people, key: [t, id] }\n"
                + "tables: { people: { erase: { anonymize: { email: 'gone-{key}' } } } }";
        try (MappedDatabase world = MappedDatabase.of(sql, map)) {
            Exeunt exeunt = exeunt(world);
            List<String> both = List.of("1,a.b-(c)", "1,a.b-(d)");
            exeunt.erase(world.map(), both, receipt -> {});
            assertThat(exeunt.verify(world.map(), both, List.of()).verdict()).isEqualTo(ResidueVerdict.NOTHING_LEFT);
            world.database().execute("UPDATE people SET email = 'gone-1.1-7.aXb-(c)'");
            assertThat(left(world.exeunt().verify(world.map(), both, List.of())))
                    .containsExactly("people.email rule 2");
        }
    }

    @Test
    void aKeyThatWasSaltedSinceAnotherPersonHadTheValueIsBorne() {
        try (MappedDatabase world = MappedDatabase.of(PEOPLE, MAP)) {
            world.database().execute("UPDATE people SET email = 'gone-1@erased.invalid' WHERE id = 3");
            Exeunt exeunt = exeunt(world);
            exeunt.erase(world.map(), List.of("1"), receipt -> {});
            assertThat(world.database().column("SELECT email FROM people WHERE id = 1"))
                    .singleElement()
                    .asString()
                    .startsWith("gone-1-");
            assertThat(exeunt.verify(world.map(), List.of("1"), List.of()).verdict())
                    .isEqualTo(ResidueVerdict.NOTHING_LEFT);
        }
    }

    /** A UUID has the shape of what the rule writes, so that the column alone would not tell. */
    @Test
    void aPersonWhoWasNeverErasedIsLeft() {
        try (MappedDatabase world = MappedDatabase.of(PEOPLE, MAP)) {
            Residue residue = exeunt(world).verify(world.map(), List.of("1"), List.of());
            assertThat(left(residue))
                    .containsExactlyInAnyOrder(
                            "people.email rule 1",
                            "people.name rule 1",
                            "people.score rule 1",
                            "people.left_on rule 1",
                            "people.settings rule 1",
                            "orders.address rule 1");
            assertThat(unjudged(residue)).singleElement().asString().startsWith("people.motto 1 ");
            assertThat(residue.notes()).singleElement().asString().contains("no erasure of the account is on record");
        }
    }

    /** Each column by itself: the erasure is undone in it without a trace of the transaction. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            people | email    | 'p1@x.org'
            people | email    | 'gone-10@erased.invalid'
            people | email    | NULL
            people | name     | 'former member'
            people | name     | 'former member 0123456789abcdef0123456789abcdeg'
            people | score    | 0.01
            people | tag      | NULL
            people | left_on  | NULL
            people | settings | '{"a": 1}'
            orders | address  | 'Lane 1'
            """)
    void aColumnThatDoesNotBearItsRuleIsLeftOrChangedSince(String table, String column, String value) {
        try (MappedDatabase world = MappedDatabase.of(PEOPLE, MAP)) {
            Exeunt exeunt = exeunt(world);
            exeunt.erase(world.map(), List.of("1"), receipt -> {});
            String person = table.equals("people") ? "id = 1" : "buyer = 1";
            world.database().execute("UPDATE " + table + " SET " + column + " = " + value + " WHERE " + person);
            Residue since = exeunt.verify(world.map(), List.of("1"), List.of());
            assertThat(unjudged(since))
                    .containsExactly(table + "." + column + " 1 changed since the erasure: it does not bear its rule");
            assertThat(since.verdict()).isEqualTo(ResidueVerdict.NOT_JUDGED);
            assertThat(left(world.exeunt().verify(world.map(), List.of("1"), List.of())))
                    .as("without the record")
                    .containsExactly(table + "." + column + " rule 1");
        }
    }

    @Test
    void aColumnWhoseExpressionFailsOverWhatItWroteIsNotJudged() {
        String map = MAP.replace("lower(motto)", "(9 / length(motto))::text");
        try (MappedDatabase world = MappedDatabase.of(PEOPLE, map)) {
            Exeunt exeunt = exeunt(world);
            exeunt.erase(world.map(), List.of("1"), receipt -> {});
            world.database().execute("UPDATE people SET motto = '' WHERE id = 1");
            Residue residue = exeunt.verify(world.map(), List.of("1"), List.of());
            assertThat(unjudged(residue)).singleElement().asString().startsWith("people.motto 1 ");
            assertThat(left(residue)).isEmpty();
        }
    }

    @Test
    void whatATriggerMadeOfAValueIsNotCalledLeft() {
        String trigger = """
                CREATE FUNCTION tidy() RETURNS trigger LANGUAGE plpgsql AS
                    $$BEGIN NEW.name := upper(NEW.name); NEW.score := 1; RETURN NEW; END$$;
                CREATE TRIGGER tidy BEFORE UPDATE ON people FOR EACH ROW EXECUTE FUNCTION tidy();
                """;
        String map = MAP + "accept: { side-effect: { people.tidy: known, people: known } }\n";
        try (MappedDatabase world = MappedDatabase.of(PEOPLE + trigger, map)) {
            Exeunt exeunt = exeunt(world);
            exeunt.erase(world.map(), List.of("1"), receipt -> {});
            Residue residue = exeunt.verify(world.map(), List.of("1"), List.of());
            assertThat(left(residue)).isEmpty();
            assertThat(unjudged(residue)).singleElement().asString().startsWith("people.score 1 ");
        }
    }

    @Test
    void rowsThatCameAfterTheErasureAreLeftAsFarAsTheirAgeCanBeTold() {
        String keep = "orders: { subject: buyer, erase: { keep: books, retain: [address] } }";
        String dated = MAP.replaceFirst("orders: .*", keep.replace("buyer,", "buyer, created: at,"));
        try (MappedDatabase world = MappedDatabase.of(PEOPLE, dated)) {
            Exeunt exeunt = exeunt(world);
            exeunt.erase(world.map(), List.of("1"), receipt -> {});
            assertThat(exeunt.verify(world.map(), List.of("1"), List.of()).verdict())
                    .isEqualTo(ResidueVerdict.NOTHING_LEFT);
            world.database()
                    .execute("INSERT INTO orders VALUES (3, 1, 'cached', '2030-01-01Z'), (4, 1, 'old', '2020-01-01Z')");
            assertThat(left(exeunt.verify(world.map(), List.of("1"), List.of())))
                    .containsExactly("orders.buyer later 1");
            MappedDatabase undated = new MappedDatabase(
                    world.database(),
                    dev.exeunt.internal.map.read.MapReader.read(MAP.replaceFirst("orders: .*", keep), "m"));
            Residue residue = exeunt.verify(undated.map(), List.of("1"), List.of());
            assertThat(left(residue)).isEmpty();
            assertThat(unjudged(residue)).singleElement().asString().startsWith("orders.buyer 2 written since");
            Residue blind = world.exeunt().verify(undated.map(), List.of("1"), List.of());
            assertThat(blind.notes()).singleElement().asString().contains("cannot be told");
        }
    }

    @Test
    void aRowKeptByTheValueOfAPersonWhoIsGoneSinceIsNotLeft() {
        String map = """
                version: 1
                subject: { table: people, key: id, identifiers: [email] }
                tables:
                  people:
                    erase: { anonymize: { motto: gone }, retain: [email, name, score, tag, seen, left_on, settings] }
                  letters: { matches: email, on: sender, shared: mine-if-present, erase: { keep: books } }
                """;
        String sql = PEOPLE + "CREATE TABLE letters (sender text); INSERT INTO letters VALUES ('p1@x.org');";
        try (MappedDatabase world = MappedDatabase.of(sql, map)) {
            Exeunt exeunt = exeunt(world);
            exeunt.erase(world.map(), List.of("1"), receipt -> {});
            Residue residue = exeunt.verify(world.map(), List.of("1"), List.of("p1@x.org"));
            assertThat(residue.places())
                    .filteredOn(p -> p.table().equals("letters") && p.what().equals("value"))
                    .extracting(Residue.ResiduePlace::kept)
                    .containsExactly("kept: books");
        }
    }

    /** The seller's rule is written where a row has both, and nothing leads to the seller's rows after the erasure. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "keep: books, anonymize: { address: bought }| leave          | anonymize: { email: null, name: null, score: 0 }",
                "keep: books, anonymize: { address: bought }| mine-if-present| anonymize: { name: null, score: 0 }, retain: [email]",
                "anonymize: { address: bought }             | leave          | anonymize: { email: null, name: null, score: 0 }"
            })
    void aRowWhoseOtherOwnerCannotBeToldAnyMoreIsNotLeft(String buyer, String shared, String self) {
        String map = """
                version: 1
                subject: { table: people, key: id, identifiers: [email], present: "score > 0" }
                tables:
                  people: { erase: { %s } }
                  orders:
                    links:
                      seller: { matches: email, on: seller, shared: %s, erase: { anonymize: { address: sold }, retain: [seller] } }
                      buyer: { subject: buyer, erase: { %s, retain: [seller] } }
                """.formatted(self, shared, buyer);
        String sql = """
                CREATE TABLE people (id bigint PRIMARY KEY, email text UNIQUE, name text, score int);
                INSERT INTO people SELECT n, 'p' || n || '@x.org', 'Person', 1 FROM generate_series(1, 3) AS n;
                CREATE TABLE orders (id int PRIMARY KEY, buyer bigint, seller text, address text);
                INSERT INTO orders VALUES (1, 1, 'p2@x.org', 'Lane 1'), (2, 2, 'p3@x.org', 'Lane 2');
                """;
        try (MappedDatabase world = MappedDatabase.of(sql, map)) {
            Exeunt exeunt = exeunt(world);
            exeunt.erase(world.map(), List.of("1", "2"), receipt -> {});
            assertThat(world.database().column("SELECT address FROM orders ORDER BY id"))
                    .containsExactly("sold", "bought");
            Residue residue = exeunt.verify(world.map(), List.of("1", "2"), List.of());
            assertThat(left(residue)).isEmpty();
            assertThat(unjudged(residue)).anyMatch(p -> p.startsWith("orders.address 1 "));
        }
    }

    @Test
    void rowsOfANewPersonWithTheSameKeyAreTheirs() {
        String map = MAP.replaceFirst("(?s)people:\\s+erase:.*?orders", "people: { erase: delete }\n  orders")
                .replaceFirst("orders: .*", "orders: { subject: buyer, erase: delete }");
        try (MappedDatabase world = MappedDatabase.of(PEOPLE, map)) {
            Exeunt exeunt = exeunt(world);
            exeunt.erase(world.map(), List.of("1"), receipt -> {});
            world.database().execute("INSERT INTO people (id, email) VALUES (1, 'new@x.org')");
            world.database().execute("INSERT INTO orders VALUES (5, 1, 'new', '2030-01-01Z')");
            Residue residue = exeunt.verify(world.map(), List.of("1"), List.of());
            assertThat(left(residue)).isEmpty();
            assertThat(residue.places())
                    .extracting(Residue.ResiduePlace::kept)
                    .containsOnly("of a new person who has the same key");
            assertThat(residue.notes()).singleElement().asString().contains("a new person has the same key");
        }
    }

    @Test
    void afterDeleteDataRowsThatCameLaterAreTheirs() {
        String map = MAP.replace("tables:", "flows: { delete-data: { grace: 1d } }\ntables:")
                .replaceFirst("orders: .*", "orders: { subject: buyer, created: at, erase: delete }");
        try (MappedDatabase world = MappedDatabase.of(PEOPLE, map)) {
            Exeunt exeunt = exeunt(world);
            AccountRequests requests = exeunt.requests(world.map());
            Request request = requests.submit(NewRequest.self(AccountFlow.DELETE_DATA, "1"));
            clock.advance(Duration.ofDays(2));
            world.database().execute("INSERT INTO orders VALUES (6, 1, 'since', '" + clock.instant() + "')");
            assertThat(requests.eraseDue("w").erased()).isEqualTo(1);
            assertThat(world.database().column("SELECT id FROM orders WHERE buyer = 1"))
                    .containsExactly("6");
            Residue residue = exeunt.verify(world.map(), List.of("1"), List.of());
            assertThat(residue.notes()).singleElement().asString().contains("a request to delete data was carried out");
            assertThat(residue.places())
                    .filteredOn(p -> p.table().equals("orders"))
                    .extracting(Residue.ResiduePlace::kept)
                    .containsExactly("theirs since the request");
            world.database().execute("INSERT INTO orders VALUES (7, 1, 'put back', '2020-01-01Z')");
            assertThat(left(exeunt.verify(world.map(), List.of("1"), List.of())))
                    .contains("orders.buyer link 1");
            assertThat(request.flow()).isEqualTo(AccountFlow.DELETE_DATA);
        }
    }
}
