package dev.exeunt.internal.draft;

import static org.assertj.core.api.Assertions.assertThat;

import dev.exeunt.internal.map.Fate;
import dev.exeunt.internal.map.Link;
import dev.exeunt.internal.map.LocatedText;
import dev.exeunt.internal.map.Role;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Drafts ask rather than take what belongs to others. */
class HarmlessDraftTest {

    private static final String SINGERS = """
            CREATE TABLE singers (id bigint PRIMARY KEY, email text NOT NULL UNIQUE, name text);
            """;

    @Test
    void anAddressThatAnOrganisationHasAsWellIsAskedAboutAndNothingBelowItIsTheirs() {
        DraftedMap drafted = DraftedMap.of("singers", SINGERS + """
                CREATE TABLE companies (id bigint PRIMARY KEY, name text NOT NULL, email text NOT NULL);
                CREATE TABLE company_vans (id bigint PRIMARY KEY, company_id bigint NOT NULL REFERENCES companies, plate text);
                CREATE TABLE van_repairs (id bigint PRIMARY KEY, van_id bigint NOT NULL REFERENCES company_vans, note text);
                CREATE TABLE company_contacts (id bigint PRIMARY KEY, company_id bigint NOT NULL REFERENCES companies,
                                               contact_mail text);
                """);

        drafted.isSound();
        assertThat(drafted.fate("companies")).isInstanceOf(Fate.Undecided.class);
        assertThat(drafted.fate("company_contacts")).isInstanceOf(Fate.Undecided.class);
        assertThat(drafted.maps("company_vans")).isFalse();
        assertThat(drafted.maps("van_repairs")).isFalse();
        assertThat(drafted.draft().yaml())
                .contains("# TO DECIDE: An address of companies that may be the person's as well.");
    }

    @Test
    void thePersonsRowThatStaysLetsGoOfTheirPictureAndOfNothingElse() {
        DraftedMap drafted = DraftedMap.of("singers", """
                CREATE TABLE seats (id bigint PRIMARY KEY, letter text);
                CREATE TABLE portraits (id bigint PRIMARY KEY, bytes bytea);
                CREATE TABLE singers (id bigint PRIMARY KEY, email text NOT NULL UNIQUE,
                                      seat_id bigint REFERENCES seats, portrait_id bigint REFERENCES portraits);
                CREATE TABLE comments (id bigint PRIMARY KEY, author_id bigint NOT NULL REFERENCES singers, body text NOT NULL);
                """);

        drafted.isSound();
        assertThat(drafted.draft().yaml())
                .contains("portrait_id: null  # points to portraits")
                .doesNotContain("seat_id: null");
    }

    @Test
    void nothingIsTakenOverAKeyThatPointsAwayFromThePerson() {
        DraftedMap drafted = DraftedMap.of("singers", """
                CREATE TABLE choirs (id bigint PRIMARY KEY, name text);
                CREATE TABLE seats (id bigint PRIMARY KEY, letter text);
                CREATE TABLE portraits (id bigint PRIMARY KEY, bytes bytea);
                CREATE TABLE singers (id bigint PRIMARY KEY, email text NOT NULL UNIQUE,
                                      home_choir_id bigint REFERENCES choirs, seat_id bigint REFERENCES seats,
                                      portrait_id bigint UNIQUE REFERENCES portraits);
                CREATE TABLE choir_members (singer_id bigint NOT NULL REFERENCES singers ON DELETE CASCADE,
                                            choir_id bigint NOT NULL REFERENCES choirs);
                CREATE TABLE concerts (id bigint PRIMARY KEY, choir_id bigint NOT NULL REFERENCES choirs, title text);
                """);

        drafted.isSound();
        assertThat(drafted.maps("choirs")).as("people sing in it").isFalse();
        assertThat(drafted.maps("concerts")).isFalse();
        assertThat(drafted.maps("seats")).as("a list").isFalse();
        assertThat(drafted.fate("portraits")).isInstanceOf(Fate.Undecided.class);
        assertThat(((Link.ThroughLink) drafted.role("portraits", Role.ONLY).link()).by())
                .extracting(LocatedText::text)
                .containsExactly("portrait_id");
    }

    @Test
    void aRowOfSettingsStaysWithItsValues() {
        DraftedMap drafted = DraftedMap.of("singers", SINGERS + """
                CREATE TABLE choir_settings (id bigint PRIMARY KEY, motto text,
                                             default_singer_id bigint REFERENCES singers ON DELETE CASCADE);
                """);

        drafted.isSound();
        assertThat(drafted.fate("choir_settings")).isInstanceOf(Fate.Detach.class);
        assertThat(names(drafted.fate("choir_settings").retain())).containsExactly("motto");
    }

    @Test
    void whoActedOnARowLetsGoBeforeTheDatabaseDeletesIt() {
        DraftedMap drafted = DraftedMap.of("singers", SINGERS + """
                CREATE TABLE scores (id bigint PRIMARY KEY, title text NOT NULL,
                    approved_by_id bigint REFERENCES singers ON DELETE CASCADE,
                    last_editor_id bigint NOT NULL REFERENCES singers ON DELETE CASCADE);
                CREATE TABLE rehearsals (id bigint PRIMARY KEY, notes text,
                    moderator_id bigint REFERENCES singers ON DELETE CASCADE,
                    singer_id bigint NOT NULL REFERENCES singers ON DELETE CASCADE);
                """);

        drafted.isSound();
        assertThat(drafted.role("scores", "approved-by").fate()).isInstanceOf(Fate.Detach.class);
        assertThat(drafted.role("scores", "last-editor").fate()).isInstanceOf(Fate.Keep.class);
        Fate moderated = drafted.role("rehearsals", "moderator").fate();
        assertThat(moderated).isInstanceOf(Fate.Detach.class);
        assertThat(names(moderated.retain())).as("another person's notes").containsExactly("notes");
        assertThat(drafted.role("rehearsals", "singer").fate()).isInstanceOf(Fate.Delete.class);
    }

    @Test
    void whatLiesInAChoirStaysThereWithItsWords() {
        DraftedMap drafted = DraftedMap.of("singers", SINGERS + """
                CREATE TABLE ensembles (id bigint PRIMARY KEY, name text NOT NULL, created_by bigint REFERENCES singers);
                CREATE TABLE ensemble_members (singer_id bigint NOT NULL REFERENCES singers ON DELETE CASCADE,
                                               ensemble_id bigint NOT NULL REFERENCES ensembles);
                CREATE TABLE arrangements (id bigint PRIMARY KEY, title text NOT NULL,
                    singer_id bigint REFERENCES singers ON DELETE SET NULL, ensemble_id bigint NOT NULL REFERENCES ensembles);
                CREATE TABLE recordings (id bigint PRIMARY KEY, title text NOT NULL,
                    singer_id bigint NOT NULL REFERENCES singers ON DELETE CASCADE, ensemble_id bigint REFERENCES ensembles);
                CREATE TABLE api_keys (id bigint PRIMARY KEY, hashed_key text, ensemble_id bigint REFERENCES ensembles,
                    singer_id bigint NOT NULL REFERENCES singers ON DELETE CASCADE);
                CREATE TABLE remarks (id bigint PRIMARY KEY, body text, singer_id bigint NOT NULL REFERENCES singers);
                """);

        drafted.isSound();
        assertThat(drafted.fate("ensembles")).isInstanceOf(Fate.Detach.class);
        assertThat(names(drafted.fate("ensembles").retain())).containsExactly("name");
        assertThat(drafted.fate("ensemble_members")).isInstanceOf(Fate.Delete.class);
        assertThat(drafted.fate("arrangements")).isInstanceOf(Fate.Detach.class);
        assertThat(names(drafted.fate("arrangements").retain())).containsExactly("title");
        assertThat(drafted.fate("recordings")).isInstanceOf(Fate.Undecided.class);
        assertThat(drafted.fate("api_keys")).as("programs use it").isInstanceOf(Fate.Undecided.class);
        assertThat(drafted.fate("remarks")).as("their own").isInstanceOf(Fate.Delete.class);
    }

    @Test
    void rowsBelowAnOpenQuestionFollowItAndAreNotAskedAbout() {
        DraftedMap drafted = DraftedMap.of("singers", SINGERS + """
                CREATE TABLE projects (id bigint PRIMARY KEY, title text, owner_id bigint NOT NULL REFERENCES singers
                                       ON DELETE CASCADE);
                CREATE TABLE project_members (singer_id bigint NOT NULL REFERENCES singers ON DELETE CASCADE,
                                              project_id bigint NOT NULL REFERENCES projects ON DELETE CASCADE);
                CREATE TABLE sheets (id bigint PRIMARY KEY, project_id bigint NOT NULL REFERENCES projects ON DELETE CASCADE,
                                     text text);
                CREATE TABLE stanzas (id bigint PRIMARY KEY, sheet_id bigint NOT NULL REFERENCES sheets ON DELETE CASCADE,
                                      text text);
                """);

        drafted.isSound();
        assertThat(drafted.fate("projects")).isInstanceOf(Fate.Undecided.class);
        for (String table : List.of("sheets", "stanzas")) {
            assertThat(drafted.fate(table)).as(table).isInstanceOf(Fate.Keep.class);
            assertThat(names(drafted.fate(table).retain())).containsExactly("text");
            assertThat(drafted.role(table, Role.ONLY).export().none()).isTrue();
        }
        assertThat(drafted.errors()).hasSize(1);
    }

    @Test
    void moneyAndEvidenceStayWhateverTheDatabaseWouldDelete() {
        DraftedMap drafted = DraftedMap.of("singers", SINGERS + """
                CREATE TABLE raffles (id bigint PRIMARY KEY, stake numeric NOT NULL, singer_id bigint NOT NULL REFERENCES singers);
                CREATE TABLE fees_paid (id bigint PRIMARY KEY, amount numeric NOT NULL,
                                        singer_id bigint NOT NULL REFERENCES singers ON DELETE CASCADE);
                CREATE TABLE complaints (id bigint PRIMARY KEY, text text, singer_id bigint NOT NULL REFERENCES singers
                                         ON DELETE CASCADE);
                CREATE TABLE complaint_comments (id bigint PRIMARY KEY, body text, complaint_id bigint NOT NULL
                                                 REFERENCES complaints, singer_id bigint NOT NULL REFERENCES singers);
                """);

        drafted.isSound();
        assertThat(drafted.fate("raffles")).isInstanceOf(Fate.Keep.class);
        assertThat(drafted.fate("fees_paid")).isInstanceOf(Fate.Undecided.class);
        assertThat(drafted.fate("complaints")).isInstanceOf(Fate.Keep.class);
        assertThat(drafted.fate("complaint_comments")).as("notes on a case").isInstanceOf(Fate.Keep.class);
    }

    @Test
    void aCopyOfThePeoplesTableMakesItsNameAmbiguousAndIsAskedAbout() {
        DraftedMap drafted = DraftedMap.of("customers", """
                CREATE SCHEMA crm;
                CREATE SCHEMA till;
                CREATE TABLE customers (id bigint PRIMARY KEY, email text NOT NULL UNIQUE);
                CREATE TABLE crm.customers (id bigint PRIMARY KEY, loyal boolean);
                CREATE TABLE vouchers (id bigint PRIMARY KEY, customer_id bigint NOT NULL, code text);
                CREATE TABLE crm.visits (id bigint PRIMARY KEY, customer_id bigint NOT NULL, note text);
                CREATE TABLE till.saved_cards (id bigint PRIMARY KEY, customer_id bigint NOT NULL, cardholder_name text);
                """);

        drafted.isSound();
        assertThat(drafted.maps("vouchers"))
                .as("names of its own schema come first")
                .isTrue();
        assertThat(drafted.fate("vouchers")).isInstanceOf(Fate.Delete.class);
        assertThat(drafted.fate("saved_cards")).as("both may be meant").isInstanceOf(Fate.Undecided.class);
        assertThat(drafted.maps("visits")).as("the customers of its own schema").isFalse();
        assertThat(drafted.map().notPersonal())
                .extracting(n -> n.table().name())
                .doesNotContain("saved_cards");
    }

    @Test
    void aTableThatNamesPeopleIsNeverFiledAsFreeOfPersonalData() {
        DraftedMap drafted = DraftedMap.of("customers", """
                CREATE TABLE customers (id bigint PRIMARY KEY, email text NOT NULL UNIQUE);
                CREATE TABLE users (id bigint PRIMARY KEY, role text);
                CREATE TABLE parcels (id bigint PRIMARY KEY, user_id bigint REFERENCES users, street text, ip_address inet);
                CREATE TABLE shelves (id bigint PRIMARY KEY, user_id bigint REFERENCES users, label text);
                CREATE TABLE countries (code text PRIMARY KEY, contact_phone text);
                """);

        drafted.isSound();
        assertThat(drafted.fate("parcels")).isInstanceOf(Fate.Undecided.class);
        assertThat(drafted.map().notPersonal())
                .extracting(n -> n.table().name())
                .containsExactly("shelves");
    }

    @Test
    void aRowThatOnlyJoinsAPersonWithSomethingGoes() {
        DraftedMap drafted = DraftedMap.of("singers", SINGERS + """
                CREATE TABLE teams (id bigint PRIMARY KEY, name text);
                CREATE TABLE teams_singers (singer_id bigint REFERENCES singers, team_id bigint REFERENCES teams, level text);
                CREATE TABLE parts (id bigint PRIMARY KEY, title text);
                CREATE TABLE part_reviewers (id bigint PRIMARY KEY, part_id bigint REFERENCES parts,
                                             reviewer_id bigint NOT NULL REFERENCES singers ON DELETE CASCADE);
                """);

        drafted.isSound();
        assertThat(drafted.fate("teams_singers")).isInstanceOf(Fate.Delete.class);
        assertThat(drafted.fate("part_reviewers"))
                .as("called as what they are there")
                .isInstanceOf(Fate.Delete.class);
    }

    @Test
    void whoKeepsTheBooksOwnsNoRow() {
        DraftedMap drafted = DraftedMap.of("singers", SINGERS + """
                CREATE TABLE avatars (id bigint PRIMARY KEY, singer_key text, created_by_id bigint NOT NULL REFERENCES singers,
                                      updated_by_id bigint NOT NULL REFERENCES singers);
                CREATE TABLE mod_closings (id bigint PRIMARY KEY, note text,
                                           mod_singer_id bigint NOT NULL REFERENCES singers ON DELETE CASCADE);
                CREATE TABLE tokens (id bigint PRIMARY KEY, created_by bigint NOT NULL REFERENCES singers);
                """);

        drafted.isSound();
        assertThat(drafted.role("avatars", "created-by").fate()).isInstanceOf(Fate.Keep.class);
        assertThat(drafted.fate("mod_closings")).isInstanceOf(Fate.Keep.class);
        assertThat(drafted.fate("tokens")).as("no one else is named").isInstanceOf(Fate.Delete.class);
    }

    @Test
    void evidenceAboutARowHoldsItBack() {
        DraftedMap drafted = DraftedMap.of("singers", SINGERS + """
                CREATE TABLE songs (id bigint PRIMARY KEY, text text, singer_id bigint NOT NULL REFERENCES singers
                                    ON DELETE CASCADE);
                CREATE TABLE song_complaints (id bigint PRIMARY KEY, reason text,
                    song_id bigint NOT NULL REFERENCES songs ON DELETE CASCADE,
                    complainant_id bigint NOT NULL REFERENCES singers);
                """);

        drafted.isSound();
        assertThat(drafted.fate("songs")).isInstanceOf(Fate.Anonymize.class);
        assertThat(drafted.fate("song_complaints")).isInstanceOf(Fate.Keep.class);
    }

    @Test
    void messagesOfTwoPeopleAreAskedAboutWhateverTheDatabaseDeletes() {
        DraftedMap drafted = DraftedMap.of("singers", SINGERS + """
                CREATE TABLE messages (id bigint PRIMARY KEY, body text,
                    sender_id bigint NOT NULL REFERENCES singers ON DELETE CASCADE,
                    recipient_id bigint NOT NULL REFERENCES singers ON DELETE CASCADE);
                """);

        drafted.isSound();
        assertThat(drafted.role("messages", "sender").fate()).isInstanceOf(Fate.Undecided.class);
        assertThat(drafted.role("messages", "recipient").fate()).isInstanceOf(Fate.Undecided.class);
    }

    @Test
    void amountsOfMoneyStayAndTheAddressesOfDevicesGo() {
        DraftedMap drafted = DraftedMap.of("singers", SINGERS + """
                CREATE TABLE orders (id bigint PRIMARY KEY, total numeric, ip_address inet, comment text, number text,
                                     singer_id bigint NOT NULL REFERENCES singers, canceler_id bigint REFERENCES singers);
                """);

        drafted.isSound();
        Fate owned = drafted.role("orders", "singer").fate();
        assertThat(owned).isInstanceOf(Fate.Keep.class);
        assertThat(owned.rules()).extracting(r -> r.column().text()).containsExactly("ip_address", "comment");
        assertThat(drafted.role("orders", "canceler").fate()).isInstanceOf(Fate.Detach.class);
    }

    private static List<String> names(List<LocatedText> words) {
        return words.stream().map(LocatedText::text).toList();
    }
}
