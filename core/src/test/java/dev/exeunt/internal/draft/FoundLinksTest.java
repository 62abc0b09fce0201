package dev.exeunt.internal.draft;

import static org.assertj.core.api.Assertions.assertThat;

import dev.exeunt.internal.map.Fate;
import dev.exeunt.internal.map.Link;
import dev.exeunt.internal.map.Role;
import org.junit.jupiter.api.Test;

/** Drafts find links that no foreign key declares, and read the subject's own name as its owner's. */
class FoundLinksTest {

    private static final String PATIENTS = """
            CREATE TABLE patients (id bigint PRIMARY KEY, email text NOT NULL UNIQUE);
            """;

    @Test
    void theSubjectsOwnNameIsNoActor() {
        for (String person : new String[] {"editor", "moderator", "agent", "member"}) {
            DraftedMap drafted = DraftedMap.of(person + "s", """
                    CREATE TABLE %1$ss (id bigint PRIMARY KEY, email text NOT NULL UNIQUE);
                    CREATE TABLE bookmarks (id bigint PRIMARY KEY, %1$s_id bigint NOT NULL REFERENCES %1$ss);
                    CREATE TABLE pages (id bigint PRIMARY KEY, body text, last_%1$s_id bigint REFERENCES %1$ss);
                    """.formatted(person));

            drafted.isSound();
            assertThat(drafted.fate("bookmarks")).as(person).isInstanceOf(Fate.Delete.class);
            Fate last = drafted.fate("pages");
            assertThat(last).isInstanceOf(Fate.Detach.class);
            assertThat(last.retain()).as("who edited last is no owner").hasSize(1);
        }
    }

    @Test
    void findsKeysWithoutIdBehindOrWithAWordBefore() {
        DraftedMap drafted = DraftedMap.of("users", """
                CREATE TABLE users (id bigint PRIMARY KEY, email text NOT NULL UNIQUE);
                CREATE TABLE xrays (id bigint PRIMARY KEY, taken_by_id bigint);
                CREATE TABLE wards (id bigint PRIMARY KEY, resource_owner_id bigint);
                CREATE TABLE beds (id bigint PRIMARY KEY, usr bigint);
                CREATE TABLE chairs (id bigint PRIMARY KEY, "user" bigint);
                CREATE TABLE lamps (id bigint PRIMARY KEY, owner bigint);
                CREATE TABLE meals (id bigint PRIMARY KEY, requester integer);
                CREATE TABLE doors (id bigint PRIMARY KEY, owner text);
                """);

        drafted.isSound();
        for (String table : new String[] {"xrays", "wards", "beds", "chairs", "lamps", "meals"}) {
            assertThat(drafted.maps(table)).as(table).isTrue();
        }
        assertThat(drafted.maps("doors")).as("a text is no such key").isFalse();
    }

    @Test
    void findsAddressesWhateverTheirColumnIsCalled() {
        DraftedMap drafted = DraftedMap.of("patients", PATIENTS + """
                CREATE TABLE letters (id bigint PRIMARY KEY, contact_mail text);
                CREATE TABLE mail_outbox (id bigint PRIMARY KEY, recipient text, body text);
                CREATE TABLE inbound (id bigint PRIMARY KEY, mail_from text);
                CREATE TABLE mail_servers (id bigint PRIMARY KEY, reply_to_email text, support_email text, host text);
                """);

        drafted.isSound();
        for (String table : new String[] {"letters", "mail_outbox", "inbound"}) {
            assertThat(drafted.role(table, Role.ONLY).link()).as(table).isInstanceOf(Link.IdentifierLink.class);
        }
        assertThat(drafted.maps("mail_servers")).as("settings").isFalse();
    }

    @Test
    void asksAboutFormerVersionsOfThePersonsRow() {
        DraftedMap drafted = DraftedMap.of("patients", PATIENTS + """
                CREATE SCHEMA audit;
                CREATE TABLE patients_aud (id bigint NOT NULL, rev integer NOT NULL, email text, PRIMARY KEY (id, rev));
                CREATE TABLE audit.patients (id bigint NOT NULL, version integer NOT NULL, email text);
                CREATE TABLE visits (id bigint PRIMARY KEY, patient_id bigint NOT NULL REFERENCES patients, note text);
                CREATE TABLE visits_aud (id bigint NOT NULL, rev integer NOT NULL, patient_id bigint, note text);
                """);

        drafted.isSound();
        Link.DirectLink link =
                (Link.DirectLink) drafted.role("patients_aud", Role.ONLY).link();
        assertThat(link.columns().get(0).text()).isEqualTo("id");
        assertThat(drafted.fate("patients_aud")).isInstanceOf(Fate.Undecided.class);
        assertThat(drafted.fate("visits_aud")).as("goes with the visits").isInstanceOf(Fate.Delete.class);
        assertThat(drafted.draft().yaml())
                .contains("audit.patients:")
                .contains("Former versions of the person's own row.");
    }

    @Test
    void findsWhatHangsOffASecondAccount() {
        DraftedMap drafted = DraftedMap.of("patients", PATIENTS + """
                CREATE TABLE portal_accounts (id bigint PRIMARY KEY, patient_id bigint NOT NULL UNIQUE REFERENCES patients,
                                              login text);
                CREATE TABLE portal_sessions (id bigint PRIMARY KEY, account_id bigint NOT NULL REFERENCES portal_accounts);
                CREATE TABLE leaflets (id bigint PRIMARY KEY, body text, approved_by bigint REFERENCES portal_accounts
                                       ON DELETE CASCADE);
                """);

        drafted.isSound();
        assertThat(drafted.fate("portal_sessions")).isInstanceOf(Fate.Delete.class);
        assertThat(drafted.fate("leaflets")).as("only approved").isInstanceOf(Fate.Detach.class);
    }

    @Test
    void findsOtherValuesByWhichOnePersonIsKnown() {
        DraftedMap drafted = DraftedMap.of("patients", """
                CREATE TABLE patients (id bigint PRIMARY KEY, username text NOT NULL UNIQUE);
                CREATE TABLE door_events (id bigint PRIMARY KEY, username text, at timestamptz);
                CREATE TABLE reserved_names (username text PRIMARY KEY);
                """);

        drafted.isSound();
        assertThat(drafted.fate("door_events")).isInstanceOf(Fate.Undecided.class);
        assertThat(drafted.maps("reserved_names")).as("a list of words").isFalse();
    }

    @Test
    void aRowIsOwnedByWhoOwnsOrUsesItAndALoginElsewhereIsNoIdentifier() {
        DraftedMap drafted = DraftedMap.of("patients", """
                CREATE TABLE patients (id bigint PRIMARY KEY, username text NOT NULL, gh_login text, phone text UNIQUE);
                CREATE TABLE coupons (id bigint PRIMARY KEY, redeemed_by bigint NOT NULL REFERENCES patients);
                """);

        drafted.isSound();
        assertThat(drafted.fate("coupons")).isInstanceOf(Fate.Delete.class);
        assertThat(drafted.draft().yaml()).contains("identifiers: [username, phone]");
    }

    @Test
    void saysWhatNoLinkCanSayYet() {
        DraftedMap drafted = DraftedMap.of("patients", """
                CREATE TABLE patients (id bigint PRIMARY KEY, name text);
                CREATE TABLE patient_logins (patient_id bigint PRIMARY KEY REFERENCES patients, email text NOT NULL UNIQUE);
                CREATE TABLE rounds (id bigint PRIMARY KEY, patient_ids bigint[]);
                """);

        drafted.isSound();
        assertThat(drafted.draft().yaml())
                .contains("rounds.patient_ids may hold keys of people in an array")
                .contains("A person is known by patient_logins.email as well");
    }
}
