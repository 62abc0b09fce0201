package dev.exeunt.internal.erase;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.exeunt.erase.Receipt;
import dev.exeunt.erase.Receipt.SideEffectReceipt;
import dev.exeunt.internal.sideeffect.FormerValues;
import dev.exeunt.testkit.MappedDatabase;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Tests that an erasure treats rows which came while it ran, and refuses what keeps values or brings them back. */
class SecondRoundTest {

    private static final String SHOP = """
            CREATE TABLE buyers (id bigint PRIMARY KEY, mail text UNIQUE, name text, balance numeric(8, 2));
            CREATE TABLE orders (id int PRIMARY KEY, buyer bigint REFERENCES buyers, note text);
            CREATE INDEX ON orders (buyer);
            CREATE TABLE recent (buyer bigint, seen text);
            CREATE INDEX ON recent (buyer);
            INSERT INTO buyers VALUES (51, 'Ines@x.test', 'Ines Prado', 3), (52, 'jan@x.test', 'Jan Kok', 4);
            INSERT INTO orders VALUES (1, 51, 'ring twice'), (2, 52, 'leave it');
            INSERT INTO recent VALUES (51, 'a lamp'), (52, 'a rug');
            """;

    private static final String MAP = """
            version: 1
            subject: { table: buyers, key: id, identifiers: [mail] }
            tables:
              buyers: { erase: { anonymize: { mail: "gone-{key}@X.invalid", name: null, balance: "0" } } }
              orders: { subject: buyer, erase: { anonymize: { note: null } } }
              recent: { subject: buyer, erase: delete }
            """;

    private static String trigger(String when, String body) {
        String name = "f" + Integer.toHexString((when + body).hashCode());
        return "CREATE FUNCTION " + name + "() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN " + body
                + " RETURN NEW; END $$; CREATE TRIGGER " + name + " " + when + " FOR EACH ROW EXECUTE FUNCTION " + name
                + "();\n";
    }

    private static void refused(String trigger, Class<? extends Exception> because, String... parts) {
        try (MappedDatabase world = MappedDatabase.of(SHOP + trigger, MAP)) {
            Map<String, List<String>> before = world.database().snapshot();
            assertThatThrownBy(() -> world.erase("51"))
                    .isInstanceOf(because)
                    .hasMessageStartingWith("Nothing was erased: ")
                    .satisfies(e -> assertThat(e.getMessage()).contains(parts).doesNotContain("x.test", "Ines"));
            assertThat(world.database().snapshot()).isEqualTo(before);
            world.database()
                    .execute("DROP TRIGGER "
                            + trigger.replaceAll("(?s).*CREATE TRIGGER (\\w+) .* ON (\\w+) .*", "$1 ON $2"));
            assertThat(world.erase("51").tables()).isNotEmpty();
        }
    }

    @Test
    void refusesATriggerThatKeepsAValue() {
        refused(
                trigger("BEFORE UPDATE ON buyers", "NEW.mail := OLD.mail;"),
                ErasureSteps.RowsKeptBackException.class,
                "buyers");
        refused(
                trigger("BEFORE UPDATE ON buyers", "NEW.balance := OLD.balance;"),
                ErasureSteps.RowsKeptBackException.class,
                "buyers");
        refused(
                trigger("BEFORE UPDATE OF name ON buyers", "NEW.name := coalesce(NEW.name, OLD.name);"),
                ErasureSteps.RowsKeptBackException.class,
                "buyers");
    }

    @Test
    void allowsForTriggersThatNormaliseAValueAlsoASecondTime() {
        String lower = trigger(
                "BEFORE UPDATE ON buyers", "NEW.mail := lower(btrim(NEW.mail)); NEW.name := coalesce(NEW.name, '');");
        try (MappedDatabase world = MappedDatabase.of(SHOP + lower, MAP)) {
            for (int i = 0; i < 2; i++) {
                world.erase("51");
                assertThat(world.database().column("SELECT mail || name || balance FROM buyers WHERE id = 51"))
                        .containsExactly("gone-51@x.invalid0.00");
            }
            assertThat(world.database().column("SELECT mail FROM buyers WHERE id = 52"))
                    .containsExactly("jan@x.test");
        }
    }

    @Test
    void refusesATriggerThatPutsAValueBackAfterwards() {
        refused(
                trigger(
                        "AFTER UPDATE ON buyers",
                        "IF NEW.name IS NULL THEN UPDATE buyers SET name = OLD.name WHERE id = NEW.id; END IF;"),
                FormerValues.ValuesPutBackException.class,
                "buyers.name");
    }

    @Test
    void aCounterInRowsOfOthersPutsNothingBackAndCopiesNothing() { // one of them names the person, and did before
        String count = trigger("AFTER UPDATE ON buyers", "UPDATE orders SET seen = seen + 1;");
        String sql = SHOP + "ALTER TABLE orders ADD seen int DEFAULT 0;"
                + "INSERT INTO orders VALUES (3, 52, 'ring twice'), (4, NULL, 'for Ines Prado, ines@x.test');" + count;
        try (MappedDatabase world = MappedDatabase.of(sql, MAP)) {
            assertThat(world.erase("51").sideEffects()).containsExactly(new SideEffectReceipt("orders", 0, 4, 0, 1));
            assertThat(world.database().column("SELECT note FROM orders ORDER BY id"))
                    .containsExactly(null, "leave it", "ring twice", "for Ines Prado, ines@x.test");
        }
    }

    @Test
    void deletesARowOnceMoreThatATriggerWroteMeanwhile() {
        String once = trigger(
                "AFTER DELETE ON recent",
                "IF OLD.seen <> 'again' THEN INSERT INTO recent VALUES (OLD.buyer, 'again'); END IF;");
        try (MappedDatabase world = MappedDatabase.of(SHOP + once, MAP)) {
            Receipt receipt = world.erase("51");
            assertThat(world.database().column("SELECT seen FROM recent")).containsExactly("a rug");
            assertThat(receipt.tables())
                    .filteredOn(t -> t.table().equals("recent"))
                    .extracting(Receipt.TableReceipt::deleted)
                    .containsExactly(2L);
            assertThat(receipt.sideEffects()).containsExactly(new SideEffectReceipt("recent", 1, 0, 0, 0));
        }
    }

    @Test
    void refusesWhatComesBackEachTime() {
        refused(
                trigger("AFTER DELETE ON recent", "INSERT INTO recent VALUES (OLD.buyer, OLD.seen);"),
                RemainingLinkCheck.RemainingLinkException.class,
                "recent.link",
                " on recent");
    }

    @Test
    void overwritesARowThatATriggerWroteMeanwhileAndNoOther() {
        String copy = trigger(
                "AFTER UPDATE ON buyers", "INSERT INTO orders VALUES (OLD.id + 100, OLD.id, 'for ' || OLD.name);");
        String map = MAP.replace("note: null", "note: \"{random}\"");
        try (MappedDatabase world = MappedDatabase.of(SHOP + copy, map)) {
            world.erase("51");
            assertThat(world.database().column("SELECT id::text FROM orders WHERE note ~ '^[0-9a-f]{32}$' ORDER BY id"))
                    .containsExactly("1", "151");
            assertThat(world.database().column("SELECT note FROM orders WHERE id = 2"))
                    .containsExactly("leave it");
        }
        refused(
                trigger(
                        "AFTER UPDATE ON orders",
                        "INSERT INTO orders SELECT max(id) + 1, OLD.buyer, 'for ' || OLD.note FROM orders;"),
                RemainingLinkCheck.RemainingLinkException.class,
                "orders.link");
    }

    @Test
    void aTrailOfChangesThatTheMapNamesIsErasedWithWhatTheErasureAddsToIt() {
        String trail = """
                CREATE TABLE trail (no bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, was jsonb,
                    buyer bigint GENERATED ALWAYS AS ((was ->> 'id')::bigint) STORED);
                CREATE INDEX ON trail (buyer);
                INSERT INTO trail (was) VALUES ('{"id": 51, "name": "Ines P."}'), ('{"id": 52, "name": "Jan"}');
                CREATE FUNCTION record() RETURNS trigger LANGUAGE plpgsql AS $$
                BEGIN INSERT INTO trail (was) VALUES (to_jsonb(OLD)); RETURN NULL; END $$;
                CREATE TRIGGER record AFTER UPDATE OR DELETE ON buyers FOR EACH ROW EXECUTE FUNCTION record();
                """;
        String deleted = MAP.replaceAll("buyers: \\{ erase: .*", "buyers: { erase: delete }")
                        .replace(
                                "orders: { subject: buyer, erase: { anonymize: { note: null } } }",
                                "orders: { subject: buyer, erase: delete }")
                + "  trail: { subject: buyer, erase: { anonymize: { was: null } } }\n";
        try (MappedDatabase world = MappedDatabase.of(SHOP + trail, deleted)) {
            world.erase("51");
            assertThat(world.database().column("SELECT was ->> 'name' FROM trail ORDER BY no"))
                    .containsExactly(null, "Jan", null);
        }
    }

    @Test
    void aTrailThatRefusesEachChangeEndsTheErasure() {
        String chain = """
                CREATE TABLE ledger (no int PRIMARY KEY, buyer bigint REFERENCES buyers, was text, hash text);
                CREATE INDEX ON ledger (buyer);
                INSERT INTO ledger VALUES (1, 51, 'Ines', 'a'), (2, 52, 'Jan', 'b');
                """ + trigger("BEFORE UPDATE OR DELETE ON ledger", "RAISE EXCEPTION 'only grows';");
        for (String fate : List.of("delete", "{ anonymize: { was: null } }", "{ detach: true, retain: [was, hash] }")) {
            try (MappedDatabase world =
                    MappedDatabase.of(SHOP + chain, MAP + "  ledger: { subject: buyer, erase: " + fate + " }\n")) {
                Map<String, List<String>> before = world.database().snapshot();
                assertThatThrownBy(() -> world.erase("51")).hasMessageContaining("ledger");
                assertThat(world.database().snapshot()).isEqualTo(before);
            }
        }
        String kept =
                MAP + "  ledger: { subject: buyer, erase: { keep: { reason: whole, basis: legal-obligation, for: 2y },"
                        + " retain: [was, hash] } }\n";
        try (MappedDatabase world = MappedDatabase.of(SHOP + chain, kept)) {
            List<String> before = world.database().snapshot().get("ledger");
            world.erase("51");
            assertThat(world.database().snapshot().get("ledger")).isEqualTo(before);
        }
    }
}
