package dev.exeunt.internal.draft;

import static org.assertj.core.api.Assertions.assertThat;

import dev.exeunt.internal.map.Fate;
import dev.exeunt.internal.map.Link;
import dev.exeunt.internal.map.LocatedText;
import dev.exeunt.internal.map.Role;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Drafts of schemas that declare no foreign key, so that only the names of tables and columns tell what refers to what. */
class NamesOnlyDraftTest {

    private static final String READERS = """
            CREATE TABLE reader (reader_id int PRIMARY KEY, reader_name text NOT NULL UNIQUE, reader_newpassword text);
            """;

    @Test
    void thePrefixOfATableIsNotPartOfItsColumnsNames() {
        DraftedMap drafted = DraftedMap.of("reader", READERS + """
                CREATE TABLE bookmark (bm_reader int NOT NULL, bm_book int NOT NULL, PRIMARY KEY (bm_reader, bm_book));
                CREATE TABLE shelf_totals (st_readers bigint, st_books bigint, st_uuid uuid);
                CREATE TABLE lost_books (lb_id int PRIMARY KEY, lb_title text, lb_removed_reader int);
                CREATE TABLE book (book_id int PRIMARY KEY, created_reader text, title text);
                """);

        drafted.isSound();
        assertThat(drafted.fate("bookmark")).isInstanceOf(Fate.Delete.class);
        assertThat(link(drafted, "bookmark", Role.ONLY)).isEqualTo("subject bm_reader");
        assertThat(drafted.maps("shelf_totals")).as("a count").isFalse();
        assertThat(drafted.maps("book")).as("a text").isFalse();
    }

    @Test
    void theOwnNameOfTheTableOfPeopleIsReadAsItIs() {
        DraftedMap drafted = DraftedMap.of("account", """
                CREATE TABLE account (account_id int PRIMARY KEY, account_email text NOT NULL UNIQUE, account_phone text);
                CREATE TABLE letter (letter_id int PRIMARY KEY, account_id int NOT NULL, letter_text text);
                """);

        drafted.isSound();
        assertThat(names(drafted.map().subject().identifiers())).containsExactly("account_email");
        assertThat(link(drafted, "letter", Role.ONLY)).isEqualTo("subject account_id");
    }

    @Test
    void whatRefersToAnAliasOfThePersonIsFollowedThroughIt() {
        DraftedMap drafted = DraftedMap.of("reader", READERS + """
                CREATE TABLE persona (persona_id bigint PRIMARY KEY, persona_reader int UNIQUE, persona_name text NOT NULL);
                CREATE TABLE review (rv_id bigint PRIMARY KEY, rv_persona bigint NOT NULL, rv_ip text, rv_type int);
                CREATE TABLE quote (qu_id bigint PRIMARY KEY, qu_persona uuid, qu_text text);
                """);

        drafted.isSound();
        assertThat(drafted.fate("persona")).isNotInstanceOf(Fate.Delete.class);
        assertThat(link(drafted, "persona", Role.ONLY)).isEqualTo("subject persona_reader");
        assertThat(link(drafted, "review", Role.ONLY)).isEqualTo("through persona rv_persona");
        assertThat(drafted.fate("review").rules())
                .extracting(r -> r.column().text())
                .containsExactly("rv_ip");
        assertThat(drafted.maps("quote")).as("another type").isFalse();
    }

    @Test
    void aRowThatGivesAReasonIsADecisionAndNotTheirs() {
        DraftedMap drafted = DraftedMap.of("reader", READERS + """
                CREATE TABLE closed_shelves (cs_id int PRIMARY KEY, cs_reader int NOT NULL, cs_reason text);
                """);

        drafted.isSound();
        assertThat(drafted.fate("closed_shelves")).isInstanceOf(Fate.Keep.class);
    }

    @Test
    void thePersonsRowStaysWhereNothingShowsWhatRefersToIt() {
        DraftedMap drafted = DraftedMap.of("reader", READERS + """
                CREATE TABLE bookmark (bm_reader int NOT NULL, bm_book int NOT NULL, PRIMARY KEY (bm_reader, bm_book));
                """);
        assertThat(drafted.role("reader", Role.SELF).fate()).isInstanceOf(Fate.Anonymize.class);
        assertThat(drafted.draft().yaml()).doesNotContain("everything that refers to it goes or lets go");

        DraftedMap declared = DraftedMap.of("reader", READERS + """
                CREATE TABLE bookmark (bm_reader int NOT NULL REFERENCES reader, bm_book int, PRIMARY KEY (bm_reader, bm_book));
                """);
        assertThat(declared.role("reader", Role.SELF).fate()).isInstanceOf(Fate.Delete.class);
    }

    @Test
    void whatIsUniqueOnlyTogetherIsNoIdentifier() {
        DraftedMap drafted = DraftedMap.of("mailboxes", """
                CREATE TABLE mailboxes (id int PRIMARY KEY, username text NOT NULL, mail_host text NOT NULL, created date,
                                        nickname text, UNIQUE (username, mail_host), UNIQUE (nickname, created));
                """);
        assertThat(names(drafted.map().subject().identifiers()))
                .as("a moment beside it only says that the row is deleted")
                .containsExactly("nickname");

        DraftedMap tenants = DraftedMap.of("members", """
                CREATE TABLE members (id int PRIMARY KEY, club_id int NOT NULL, username text, UNIQUE (club_id, username));
                """);
        assertThat(names(tenants.map().subject().identifiers()))
                .as("the club's key says where the name holds")
                .containsExactly("username");
    }

    @Test
    void anAddressThatTwoMayShareIsNamedOnlyForLinksThatLeaveSharedValuesAlone() {
        String people = "CREATE TABLE people (id int PRIMARY KEY, email text);";
        assertThat(names(DraftedMap.of("people", people).map().subject().identifiers()))
                .isEmpty();

        DraftedMap linked =
                DraftedMap.of("people", people + "CREATE TABLE invitations (id int PRIMARY KEY, email text NOT NULL);");
        assertThat(names(linked.map().subject().identifiers())).containsExactly("email");
        assertThat(linked.draft().yaml()).contains("shared: leave");
        assertThat(names(DraftedMap.of("people", people + "CREATE UNIQUE INDEX ON people (lower(email));")
                        .map()
                        .subject()
                        .identifiers()))
                .containsExactly("email");
    }

    @Test
    void aSecretInACompoundWordIsNotExported() {
        assertThat(DraftedMap.of("reader", READERS).draft().yaml()).contains("except: [reader_newpassword]");
    }

    @Test
    void aTableOfSessionsThatNoLinkReachesIsNamedAtTheEnd() {
        DraftedMap drafted = DraftedMap.of("reader", READERS + """
                CREATE TABLE session (sess_id text PRIMARY KEY, ip text, vars text, visits int);
                CREATE TABLE network (id int PRIMARY KEY, ip_count int, email_ip boolean, range cidr);
                """);
        assertThat(drafted.draft().yaml())
                .contains("# - session may hold IP addresses or sessions of people (ip, vars), and no link reaches it.")
                .doesNotContain("# - network");
    }

    private static String link(DraftedMap drafted, String table, String role) {
        Link link = drafted.role(table, role).link();
        return link instanceof Link.ThroughLink through
                ? "through " + through.table().text() + " "
                        + through.on().get(0).text()
                : "subject " + ((Link.DirectLink) link).columns().get(0).text();
    }

    private static List<String> names(List<LocatedText> texts) {
        return texts.stream().map(LocatedText::text).toList();
    }
}
