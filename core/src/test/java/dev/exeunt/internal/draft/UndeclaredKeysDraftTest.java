package dev.exeunt.internal.draft;

import static org.assertj.core.api.Assertions.assertThat;

import dev.exeunt.internal.map.Fate;
import dev.exeunt.internal.map.Link;
import dev.exeunt.internal.map.LocatedText;
import dev.exeunt.internal.map.Role;
import org.junit.jupiter.api.Test;

/** Drafts for schemas that declare few of their keys: text keys without foreign keys, names of object mappers. */
class UndeclaredKeysDraftTest {

    private static final String USERS = """
            CREATE TABLE choir (id varchar(36) PRIMARY KEY, title text);
            CREATE TABLE user_entity (id varchar(36) PRIMARY KEY, email varchar(255), email_constraint varchar(255),
                                      username varchar(255), choir_id varchar(255), first_name varchar(255),
                                      UNIQUE (choir_id, username), UNIQUE (choir_id, email_constraint));
            """;

    private static DraftedMap drafted(String tables) {
        DraftedMap drafted = DraftedMap.of("user_entity", USERS + tables);
        drafted.isSound();
        return drafted;
    }

    @Test
    void whatNamesATableBeforeIdIsAPointerAndIsNotEmptied() {
        DraftedMap drafted = drafted("""
                CREATE TABLE payment (id bigint PRIMARY KEY, user_id varchar(36) NOT NULL REFERENCES user_entity, amount int);
                """);

        assertThat(drafted.fate("user_entity")).isInstanceOf(Fate.Anonymize.class);
        assertThat(drafted.fate("user_entity").rules())
                .extracting(r -> r.column().text())
                .contains("first_name", "email_constraint")
                .doesNotContain("choir_id");
        assertThat(drafted.fate("user_entity").retain())
                .extracting(LocatedText::text)
                .containsExactly("choir_id");
    }

    @Test
    void aColumnAboutAnAddressIsNoIdentifier() {
        assertThat(drafted("").map().subject().identifiers())
                .extracting(LocatedText::text)
                .containsExactly("email", "username");
    }

    @Test
    void whatHasNoMomentIsNoRecordOfWhatWasDone() {
        DraftedMap drafted = drafted("""
                CREATE TABLE user_required_action (user_id varchar(36) REFERENCES user_entity, action varchar(255),
                                                   PRIMARY KEY (user_id, action));
                CREATE TABLE user_past_action (id bigint PRIMARY KEY, action varchar(255), done_at timestamptz,
                                               user_id varchar(36) NOT NULL REFERENCES user_entity);
                """);

        assertThat(drafted.fate("user_required_action")).isInstanceOf(Fate.Delete.class);
        assertThat(drafted.fate("user_past_action")).isNotInstanceOf(Fate.Delete.class);
    }

    @Test
    void recordsThatAnObjectMapperCallsEntitiesAreAskedAboutAsRecords() {
        DraftedMap drafted = drafted("""
                CREATE TABLE admin_event_entity (id varchar(36) PRIMARY KEY, event_time bigint, ip_address varchar(255),
                                                 auth_user_id varchar(255), details text);
                CREATE TABLE event_entity (id varchar(36) PRIMARY KEY, event_time bigint, ip_address varchar(255),
                                           user_id varchar(255), type varchar(255));
                CREATE TABLE credential (id bigint PRIMARY KEY, user_id varchar(36) NOT NULL REFERENCES user_entity);
                """);

        assertThat(drafted.fate("admin_event_entity")).isInstanceOf(Fate.Undecided.class);
        assertThat(drafted.fate("event_entity")).isInstanceOf(Fate.Undecided.class);
        assertThat(drafted.fate("user_entity"))
                .as("no foreign key holds the person's row, whatever the answers are")
                .isInstanceOf(Fate.Delete.class);
    }

    @Test
    void theProvidersKeyOfAPersonIsNoLinkToAnother() {
        DraftedMap drafted = drafted("""
                CREATE TABLE broker_link (identity_provider varchar(255), user_id varchar(255) NOT NULL,
                                          broker_user_id varchar(255), PRIMARY KEY (identity_provider, user_id));
                """);

        assertThat(drafted.table("broker_link").roles()).hasSize(1);
        assertThat(drafted.fate("broker_link")).isInstanceOf(Fate.Delete.class);
    }

    @Test
    void permissionsGoWithWhatTheyAreForAndPoliciesAreAskedAbout() {
        DraftedMap drafted = drafted("""
                CREATE TABLE picture (id varchar(36) PRIMARY KEY, owner varchar(36) NOT NULL, name text,
                                      UNIQUE (owner, name));
                CREATE TABLE picture_perm_ticket (id varchar(36) PRIMARY KEY, requester varchar(36) NOT NULL,
                                                  picture_id varchar(36) NOT NULL REFERENCES picture,
                                                  UNIQUE (requester, picture_id));
                CREATE TABLE picture_policy (id varchar(36) PRIMARY KEY, owner varchar(36), name text NOT NULL UNIQUE);
                """);

        assertThat(drafted.fate("picture")).isInstanceOf(Fate.Delete.class);
        assertThat(drafted.role("picture_perm_ticket", "picture").fate()).isInstanceOf(Fate.Delete.class);
        assertThat(drafted.fate("picture_policy")).isInstanceOf(Fate.Undecided.class);
    }

    @Test
    void rowsThatHoldTheWholeKeyOfTheirsInTheirOwnGoAlong() {
        DraftedMap drafted = drafted("""
                CREATE TABLE offline_user_session (user_session_id varchar(36), offline_flag varchar(4),
                    user_id varchar(255) NOT NULL, PRIMARY KEY (user_session_id, offline_flag));
                CREATE TABLE client (id varchar(36) PRIMARY KEY, title text);
                CREATE TABLE offline_client_session (user_session_id varchar(36), client_id varchar(255),
                    offline_flag varchar(4), data text, PRIMARY KEY (user_session_id, client_id, offline_flag));
                """);

        assertThat(drafted.fate("offline_client_session")).isInstanceOf(Fate.Delete.class);
        Link.ThroughLink link = (Link.ThroughLink)
                drafted.role("offline_client_session", Role.ONLY).link();
        assertThat(link.table().name()).isEqualTo("offline_user_session");
        assertThat(link.on()).extracting(LocatedText::text).containsExactly("user_session_id", "offline_flag");
        assertThat(drafted.maps("client")).isFalse();
    }

    @Test
    void ofTwoTablesThatAKeyMayMeanTheOneWhoseNameTheTableBeginsWithIsMeant() {
        DraftedMap drafted = drafted("""
                CREATE TABLE user_consent (id varchar(36) PRIMARY KEY, user_id varchar(36) NOT NULL REFERENCES user_entity);
                CREATE TABLE fed_user_consent (id varchar(36) PRIMARY KEY, user_id varchar(255) NOT NULL);
                CREATE TABLE fed_user_consent_scope (user_consent_id varchar(36), scope varchar(36),
                                                     PRIMARY KEY (user_consent_id, scope));
                CREATE TABLE ballot (user_consent_id varchar(36), scope varchar(36), PRIMARY KEY (user_consent_id, scope));
                """);

        assertThat(((Link.ThroughLink) drafted.role("fed_user_consent_scope", Role.ONLY)
                                .link())
                        .table()
                        .name())
                .isEqualTo("fed_user_consent");
        assertThat(((Link.ThroughLink) drafted.role("ballot", Role.ONLY).link())
                        .table()
                        .name())
                .isEqualTo("user_consent");
    }

    @Test
    void aKeyThatOnlyAnOrdinaryColumnHoldsMakesNoPart() {
        DraftedMap drafted = drafted("""
                CREATE TABLE user_consent (id varchar(36) PRIMARY KEY, user_id varchar(36) NOT NULL REFERENCES user_entity);
                CREATE TABLE remark (id bigint PRIMARY KEY, user_consent_id varchar(36), words text);
                """);

        assertThat(drafted.maps("remark")).isFalse();
    }
}
