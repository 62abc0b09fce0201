package dev.exeunt.internal.value;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.exeunt.ExeuntException;
import dev.exeunt.PersonWithoutAccount;
import dev.exeunt.UnknownSubjectException;
import dev.exeunt.erase.Residue.ResidueVerdict;
import dev.exeunt.map.ExportSettings.BundleFormat;
import dev.exeunt.testkit.MappedDatabase;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Tests the requests of a guest, who has no account and whose rows only an address tells. */
class ValueRequestTest {

    private static final String TABLES = """
            CREATE TABLE users (id bigint PRIMARY KEY, email text, closed_at timestamptz);
            CREATE UNIQUE INDEX ON users (lower(email));
            INSERT INTO users VALUES (1, 'anna@x.org', NULL), (2, 'old@x.org', '2020-01-01Z');
            CREATE TABLE orders (id int PRIMARY KEY, buyer bigint, email text, note text);
            CREATE TABLE lines (id int PRIMARY KEY, order_id int REFERENCES orders, label text);
            INSERT INTO orders VALUES (1, 1, 'anna@x.org', 'a'), (2, NULL, 'Guest@x.org', 'g'), (3, NULL, 'other@x.org', 'o'),
                (4, NULL, 'old@x.org', 'c');
            INSERT INTO lines VALUES (1, 1, 'anna'), (2, 2, 'guest'), (3, 3, 'other'), (4, 4, 'closed');
            CREATE TABLE subscribers (id int PRIMARY KEY, email text);
            INSERT INTO subscribers VALUES (1, 'guest@x.org'), (2, 'other@x.org');
            """;
    private static final String MAP = """
            version: 1
            subject: { table: users, key: id, identifiers: [email], present: closed_at is null }
            tables:
              users: { erase: delete }
              orders:
                links:
                  buyer: { subject: buyer, erase: delete }
                  guest: { matches: email, on: email, erase: { anonymize: { email: "gone-{key}@x.invalid", note: null } } }
              lines: { through: orders, role: [buyer, guest], on: order_id, erase: delete }
              subscribers: { matches: email, on: email, erase: delete }
            """;

    private static PersonWithoutAccount guest(MappedDatabase world) {
        return world.exeunt().personWithoutAccount(world.map(), "email", "GUEST@x.org");
    }

    @Test
    void onlyRowsOfTheValueAreErasedAndNothingIsLeft() {
        try (MappedDatabase world = MappedDatabase.of(TABLES, MAP)) {
            assertThat(guest(world).preview().roles())
                    .filteredOn(r -> r.rows() > 0)
                    .extracting(r -> r.table() + "." + r.role() + " " + r.rows())
                    .containsExactly("orders.guest 1", "lines.link 1", "subscribers.link 1");
            assertThat(guest(world).verify(List.of()).verdict()).isEqualTo(ResidueVerdict.LEFT);
            guest(world).erase(receipt -> {});
            assertThat(world.database().column("SELECT id FROM orders WHERE email LIKE 'gone-%' AND note IS NULL"))
                    .containsExactly("2");
            assertThat(world.database().column("SELECT label FROM lines ORDER BY id"))
                    .containsExactly("anna", "other", "closed");
            assertThat(world.database().column("SELECT id FROM subscribers")).containsExactly("2");
            assertThat(world.database().column("SELECT count(*) FROM users")).containsExactly("2");
            assertThat(guest(world).verify(List.of()).verdict()).isEqualTo(ResidueVerdict.NOTHING_LEFT);
        }
    }

    @Test
    void aSystemThatKnowsPeopleByKeyAndHasToAnswerStopsTheErasure() {
        String told = MAP + "external: { bot: { events: [erased] } }\n";
        try (MappedDatabase world = MappedDatabase.of(TABLES, told.replace("bot", "billing: { deadline: 30d }, bot"))) {
            assertThatThrownBy(() -> guest(world).erase(receipt -> {}))
                    .isInstanceOf(ExeuntException.class)
                    .hasMessageContaining("billing (exeunt.yaml:")
                    .hasMessageContaining("Nothing was changed.");
            assertThat(world.database().column("SELECT id FROM subscribers")).hasSize(2);
        }
        try (MappedDatabase world = MappedDatabase.of(TABLES, told)) {
            guest(world).erase(receipt -> {});
            assertThat(world.database().column("SELECT id FROM subscribers")).containsExactly("2");
        }
    }

    @Test
    void aBundleHoldsOnlyTheRowsOfTheValue() {
        try (MappedDatabase world = MappedDatabase.of(TABLES, MAP)) {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            guest(world).export(out, BundleFormat.JSON);
            assertThat(out.toString(StandardCharsets.UTF_8))
                    .contains("Guest@x.org", "\"guest\"")
                    .doesNotContain("anna", "other");
        }
    }

    @Test
    void aValueOfAPresentPersonIsRefusedWithTheKeyAndOneOfAClosedAccountIsNot() {
        try (MappedDatabase world = MappedDatabase.of(TABLES, MAP)) {
            PersonWithoutAccount anna = world.exeunt().personWithoutAccount(world.map(), "email", "Anna@x.org");
            assertThatThrownBy(() -> anna.erase(receipt -> {}))
                    .isInstanceOf(UnknownSubjectException.class)
                    .hasMessageContaining("by the key: 1");
            assertThatThrownBy(anna::preview).isInstanceOf(UnknownSubjectException.class);
            assertThatThrownBy(() -> anna.verify(List.of())).isInstanceOf(UnknownSubjectException.class);
            assertThatThrownBy(() -> anna.export(new ByteArrayOutputStream(), BundleFormat.JSON))
                    .isInstanceOf(UnknownSubjectException.class);
            world.exeunt()
                    .personWithoutAccount(world.map(), "email", "old@x.org")
                    .erase(receipt -> {});
            assertThat(world.database().column("SELECT id FROM lines ORDER BY id"))
                    .containsExactly("1", "2", "3");
        }
    }

    @Test
    void aValueThatNoRowHoldsAndANameThatNoLinkUsesAreRefused() {
        try (MappedDatabase world = MappedDatabase.of(TABLES, MAP)) {
            assertThatThrownBy(() -> world.exeunt()
                            .personWithoutAccount(world.map(), "email", "nobody@x.org")
                            .erase(receipt -> {}))
                    .isInstanceOf(UnknownSubjectException.class)
                    .hasMessageNotContaining("nobody@x.org");
            assertThatThrownBy(() -> world.exeunt()
                            .personWithoutAccount(world.map(), "phone", "1")
                            .preview())
                    .isInstanceOf(ExeuntException.class)
                    .hasMessageContaining("Valid are: email.");
            assertThatThrownBy(() -> world.exeunt()
                            .personWithoutAccount(world.map(), "email", " ")
                            .preview())
                    .isInstanceOf(ExeuntException.class);
        }
    }
}
