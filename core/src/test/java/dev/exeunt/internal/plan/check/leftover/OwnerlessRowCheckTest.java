package dev.exeunt.internal.plan.check.leftover;

import static dev.exeunt.internal.plan.check.leftover.LeftoverFindings.about;
import static dev.exeunt.internal.plan.check.leftover.LeftoverFindings.aboutTombstone;
import static dev.exeunt.internal.plan.check.leftover.LeftoverFindings.of;
import static dev.exeunt.map.FindingCode.OWNERLESS;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests which rows are said to stay without an owner once all their people have left. */
class OwnerlessRowCheckTest {

    private static final String MESSAGES = """
            CREATE TABLE rooms (id int PRIMARY KEY);
            CREATE TABLE messages (id int PRIMARY KEY, a bigint REFERENCES people, b bigint REFERENCES people, room int REFERENCES rooms);
            """;

    private static final String FILES = """
            CREATE TABLE files (id int PRIMARY KEY, place text);
            CREATE TABLE cached (file int PRIMARY KEY REFERENCES files, width int);
            CREATE TABLE shares (id int PRIMARY KEY, p bigint REFERENCES people, file int REFERENCES files);
            """;

    private static String messages(String a, String b) {
        return "  messages: { links: { a: { subject: a, " + a + " }, b: { subject: b, " + b + " } } }\n";
    }

    @Test
    void aMessageThatBothEndsLetGoOf() {
        assertThat(of(OWNERLESS, MESSAGES, messages("erase: detach", "erase: detach")))
                .singleElement()
                .satisfies(f -> {
                    assertThat(f.isError()).isFalse();
                    assertThat(f.what()).isEqualTo("messages");
                    assertThat(f.message()).contains("the links a (a) and b (b) only let go of it or keep it.");
                    assertThat(f.fix().paste()).isNull();
                    assertThat(f.fix().words()).contains("accept: { ownerless: { messages: ");
                });
    }

    @Test
    void aRowIsOwnedAsLongAsOneLinkDeletesItOrTheLawKeepsIt() {
        assertThat(about(OWNERLESS, MESSAGES, messages("erase: delete", "erase: detach")))
                .isEmpty();
        assertThat(about(OWNERLESS, MESSAGES, messages("erase: { reassign: 1 }", "erase: detach")))
                .isEmpty();
        String byLaw = "erase: { anonymize: { b: null }, keep: { reason: evidence, basis: legal-claims } }";
        assertThat(about(OWNERLESS, MESSAGES, messages("erase: detach", byLaw))).isEmpty();
        assertThat(about(OWNERLESS, MESSAGES, messages("erase: detach", byLaw.replace(", basis: legal-claims", ""))))
                .containsExactly("messages");
    }

    @Test
    void aTableWithOneLinkStaysAsTheMapSays() {
        assertThat(
                        about(
                                OWNERLESS,
                                MESSAGES,
                                "  messages: { links: { a: { subject: a, erase: detach }, b: { subject: b, erase: delete } } }\n"))
                .isEmpty();
        String one = MESSAGES.replace(", b bigint REFERENCES people", "");
        assertThat(about(OWNERLESS, one, "  messages: { subject: a, erase: detach }\n"))
                .isEmpty();
    }

    @Test
    void aKeyAndAnAddressAreOnePersons() {
        String sql = "CREATE TABLE log (a bigint REFERENCES people, mail text);";
        assertThat(
                        about(
                                OWNERLESS,
                                sql,
                                "  log: { links: { a: { subject: a, erase: { detach: true, anonymize: { mail: null } } },"
                                        + " b: { matches: email, on: mail, shared: leave, erase: { anonymize: { mail: null } } } } }\n"))
                .isEmpty();
    }

    @Test
    void whatMustBelongToARowThatIsNoPersonsHasAnOwner() {
        String owned = MESSAGES.replace("room int", "room int NOT NULL");
        assertThat(about(OWNERLESS, owned, messages("erase: detach", "erase: detach")))
                .isEmpty();
    }

    @Test
    void aRowOfAnErasedAccountThatStaysAsATombstoneIsTheTombstones() {
        String kept = "erase: { keep: they stand in the thread }";
        assertThat(aboutTombstone(OWNERLESS, MESSAGES, messages(kept, kept))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"erase: delete", "erase: detach"})
    void aFileThatIsKeptForThoseWhoShareItIsOwnerlessAfterTheLastOne(String shares) {
        String map = "  shares: { subject: p, " + shares + " }\n"
                + "  files: { through: shares, by: file, erase: { keep: others share it, retain: [place] } }\n"
                + "  cached: { through: files, on: file, erase: { keep: others share it } }\n";
        assertThat(about(OWNERLESS, FILES, map)).containsExactly("files");
    }

    @Test
    void aFileThatALinkStillLeadsToIsNotOwnerless() {
        String map = "  shares: { subject: p, erase: { keep: they are counted } }\n"
                + "  files: { through: shares, by: file, erase: { keep: others share it, retain: [place] } }\n"
                + "  cached: { through: files, on: file, erase: { keep: others share it } }\n";
        assertThat(aboutTombstone(OWNERLESS, FILES, map)).isEmpty();
    }
}
