package dev.exeunt.internal.draft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.exeunt.ExeuntException;
import dev.exeunt.internal.map.Fate;
import dev.exeunt.internal.map.Link;
import dev.exeunt.internal.map.LocatedText;
import dev.exeunt.internal.map.Role;
import dev.exeunt.internal.map.Rule;
import dev.exeunt.map.FindingCode;
import dev.exeunt.map.MapDraft;
import java.util.List;
import org.junit.jupiter.api.Test;

class MapDraftTest {

    private static final String USERS = """
            CREATE TABLE users (id bigint PRIMARY KEY, email text NOT NULL UNIQUE, name text,
                                password_hash text, created_at timestamptz NOT NULL DEFAULT now());
            """;

    @Test
    void deletesThePersonWhereEverythingElseGoesOrLetsGo() {
        DraftedMap drafted = DraftedMap.of("users", USERS + """
                CREATE TABLE sessions (id bigint PRIMARY KEY, user_id bigint NOT NULL REFERENCES users);
                CREATE TABLE tickets (id bigint PRIMARY KEY, subject text, closed_by bigint REFERENCES users);
                """);

        drafted.isSound();
        assertThat(drafted.fate("users")).isInstanceOf(Fate.Delete.class);
        assertThat(drafted.fate("sessions")).isInstanceOf(Fate.Delete.class);
        assertThat(drafted.fate("tickets")).isInstanceOf(Fate.Detach.class);
        assertThat(names(drafted.fate("tickets").retain())).containsExactly("subject");
        assertThat(drafted.errors()).isEmpty();
    }

    @Test
    void anonymizesThePersonWhereRowsMustGoOnReferringToThem() {
        DraftedMap drafted = DraftedMap.of("users", USERS + """
                CREATE TABLE comments (id bigint PRIMARY KEY, user_id bigint NOT NULL REFERENCES users, body text NOT NULL);
                """);

        drafted.isSound();
        Fate person = drafted.fate("users");
        assertThat(person).isInstanceOf(Fate.Anonymize.class);
        assertThat(person.rules().stream().map(r -> r.column().text()))
                .containsExactly("email", "name", "password_hash");
        assertThat(rule(person, "email")).isInstanceOf(Rule.TemplateRule.class);
        assertThat(rule(person, "name")).isInstanceOf(Rule.NullRule.class);
        assertThat(((Rule.LiteralRule) rule(drafted.fate("comments"), "body")).text())
                .isEqualTo("[deleted]");
    }

    @Test
    void leavesSecretsOutOfTheExport() {
        DraftedMap drafted = DraftedMap.of("users", USERS + """
                CREATE TABLE api_tokens (id bigint PRIMARY KEY, user_id bigint REFERENCES users, token bytea, "apiKey" text,
                                         pass_crypt text, label text);
                """);

        drafted.isSound();
        assertThat(names(drafted.role("users", Role.SELF).export().except())).containsExactly("password_hash");
        assertThat(names(drafted.role("api_tokens", Role.ONLY).export().except()))
                .containsExactly("token", "apiKey", "pass_crypt");
    }

    @Test
    void followsWhatHangsOffDeletedRowsDownToTheLast() {
        DraftedMap drafted = DraftedMap.of("users", USERS + """
                CREATE TABLE uploads (id bigint PRIMARY KEY, user_id bigint NOT NULL REFERENCES users, file text);
                CREATE TABLE pages (id bigint PRIMARY KEY, upload_id bigint NOT NULL REFERENCES uploads);
                CREATE TABLE words (page_id bigint REFERENCES pages ON DELETE CASCADE, word text);
                CREATE TABLE covers (id bigint PRIMARY KEY, page_id bigint REFERENCES pages ON DELETE SET NULL, hue int);
                """);

        drafted.isSound();
        for (String table : List.of("uploads", "pages", "words")) {
            assertThat(drafted.fate(table)).as(table).isInstanceOf(Fate.Delete.class);
        }
        assertThat(drafted.fate("covers")).isInstanceOf(Fate.Detach.class);
        assertThat(drafted.errors()).isEmpty();
    }

    @Test
    void followsTreesOfRows() {
        DraftedMap drafted = DraftedMap.of("users", USERS + """
                CREATE TABLE folders (id bigint PRIMARY KEY, user_id bigint NOT NULL REFERENCES users ON DELETE CASCADE,
                                      parent_id bigint REFERENCES folders ON DELETE CASCADE, title text);
                """);

        drafted.isSound();
        Link.ThroughLink below =
                (Link.ThroughLink) drafted.role("folders", "parent").link();
        assertThat(names(below.roles())).containsExactly("user");
        assertThat(drafted.role("folders", "parent").fate())
                .as("a folder of another person")
                .isInstanceOf(Fate.Detach.class);
        assertThat(drafted.errors()).isEmpty();
    }

    @Test
    void keepsWhatOtherPeoplesRowsHangOff() {
        DraftedMap drafted = DraftedMap.of("users", USERS + """
                CREATE TABLE albums (id bigint PRIMARY KEY, user_id bigint NOT NULL REFERENCES users, title text NOT NULL);
                CREATE TABLE photos (id bigint PRIMARY KEY, user_id bigint NOT NULL REFERENCES users,
                                     album_id bigint NOT NULL REFERENCES albums);
                """);

        drafted.isSound();
        assertThat(drafted.fate("albums")).isInstanceOf(Fate.Anonymize.class);
        assertThat(drafted.fate("photos")).isInstanceOf(Fate.Delete.class);
        assertThat(drafted.draft().yaml()).contains("other people's rows hang off it: photos");
    }

    @Test
    void saysWhereOtherPeoplesRowsGoAlong() {
        DraftedMap drafted = DraftedMap.of("users", USERS + """
                CREATE TABLE recipes (id bigint PRIMARY KEY, owner_id bigint NOT NULL REFERENCES users ON DELETE CASCADE);
                CREATE TABLE recipe_likes (id bigint PRIMARY KEY, user_id bigint NOT NULL REFERENCES users ON DELETE CASCADE,
                                           recipe_id bigint NOT NULL REFERENCES recipes ON DELETE CASCADE);
                """);

        drafted.isSound();
        assertThat(drafted.draft().yaml()).contains("# Other people's rows go along, in recipe_likes.");
        assertThat(drafted.role("recipe_likes", "recipe").export().none()).isTrue();
    }

    @Test
    void whetherATableThatOthersWorkInGoesWithItsOwnerIsLeftToAPerson() {
        DraftedMap drafted = DraftedMap.of("users", USERS + """
                CREATE TABLE teams (id bigint PRIMARY KEY, owner_id bigint NOT NULL REFERENCES users ON DELETE CASCADE,
                                    name text);
                CREATE TABLE team_members (user_id bigint NOT NULL REFERENCES users ON DELETE CASCADE,
                                           team_id bigint NOT NULL REFERENCES teams ON DELETE CASCADE);
                CREATE TABLE papers (id bigint PRIMARY KEY, user_id bigint NOT NULL REFERENCES users ON DELETE CASCADE,
                                     team_id bigint NOT NULL REFERENCES teams ON DELETE CASCADE);
                CREATE TABLE team_settings (team_id bigint NOT NULL REFERENCES teams ON DELETE CASCADE, api_secret text);
                """);

        drafted.isSound();
        assertThat(drafted.fate("teams")).isInstanceOf(Fate.Undecided.class);
        assertThat(drafted.draft().yaml()).contains("# TO DECIDE: Other people work in it.");
        assertThat(drafted.fate("papers")).as("the team's as well").isInstanceOf(Fate.Undecided.class);
        assertThat(drafted.fate("users")).as("teams may stay").isInstanceOf(Fate.Anonymize.class);
        Fate settings = drafted.fate("team_settings");
        assertThat(names(settings.retain()))
                .as("nothing of the others' is overwritten")
                .containsExactly("api_secret");
    }

    @Test
    void followsAnAddressDownIntoWhatThePersonLeftInSomebodyElsesRecord() {
        DraftedMap drafted = DraftedMap.of("users", SIGNING);

        drafted.isSound();
        Role field = drafted.role("fields", "recipient-by-email");
        assertThat(names(((Link.ThroughLink) field.link()).roles())).containsExactly("email");
        assertThat(drafted.role("recipients", "email").fate()).as("asked once").isInstanceOf(Fate.Undecided.class);
        assertThat(field.fate()).isInstanceOf(Fate.Keep.class);
        assertThat(names(field.fate().retain())).containsExactly("typed");
        assertThat(drafted.draft().yaml()).contains("keep: follows recipients, to be decided");
        assertThat(drafted.role("fields", "recipient").fate())
                .as("on their own contract")
                .isInstanceOf(Fate.Delete.class);
        assertThat(drafted.role("signatures", "field-theirs").fate()).isInstanceOf(Fate.Keep.class);
        assertThat(drafted.role("signing_sessions", "recipient-by-email").fate())
                .isInstanceOf(Fate.Keep.class);
        assertThat(drafted.table("reminders").roles())
                .extracting(Role::name)
                .as("refers to the record and is no part of it")
                .containsExactly(Role.ONLY);
    }

    static final String SIGNING = USERS + """
            CREATE TABLE contracts (id bigint PRIMARY KEY, user_id bigint NOT NULL REFERENCES users ON DELETE CASCADE);
            CREATE TABLE recipients (id bigint PRIMARY KEY, email text NOT NULL, name text,
                                     contract_id bigint NOT NULL REFERENCES contracts ON DELETE CASCADE);
            CREATE TABLE fields (id bigint PRIMARY KEY, typed text,
                                 recipient_id bigint NOT NULL REFERENCES recipients ON DELETE CASCADE);
            CREATE TABLE signatures (id bigint PRIMARY KEY, image text,
                                     field_id bigint NOT NULL REFERENCES fields ON DELETE CASCADE);
            CREATE TABLE signing_sessions (id bigint PRIMARY KEY, ip inet,
                                           recipient_id bigint NOT NULL REFERENCES recipients ON DELETE CASCADE);
            CREATE TABLE reminders (id bigint PRIMARY KEY, note text,
                                    recipient_id bigint REFERENCES recipients ON DELETE SET NULL);
            """;

    @Test
    void anAddressIsALinkBesideAKeyThatMayBeEmpty() {
        DraftedMap drafted = DraftedMap.of("users", USERS + """
                CREATE TABLE orders (id bigint PRIMARY KEY, user_id bigint REFERENCES users, email text);
                CREATE TABLE bookings (id bigint PRIMARY KEY, user_id bigint REFERENCES users ON DELETE CASCADE, email text);
                CREATE TABLE cards (id bigint PRIMARY KEY, user_id bigint NOT NULL REFERENCES users, email text);
                """);

        drafted.isSound();
        assertThat(drafted.role("orders", "email").link()).isInstanceOf(Link.IdentifierLink.class);
        assertThat(drafted.role("orders", "email").fate()).as("as by the key").isInstanceOf(Fate.Keep.class);
        assertThat(drafted.role("bookings", "email").fate()).isInstanceOf(Fate.Delete.class);
        assertThat(drafted.table("cards").roles())
                .as("every row is somebody's already")
                .hasSize(1);
        assertThat(drafted.draft().yaml()).contains("email:  # inferred from the name");
    }

    @Test
    void whetherARecordOfSomethingDeletedMayGoOnNamingPeopleIsLeftToAPerson() {
        DraftedMap drafted = DraftedMap.of("users", USERS + """
                CREATE TABLE files (id bigint PRIMARY KEY, user_id bigint NOT NULL REFERENCES users ON DELETE CASCADE);
                CREATE TABLE file_audit_log (id bigint PRIMARY KEY, what text, ip_address text,
                                             file_id bigint REFERENCES files ON DELETE SET NULL);
                CREATE TABLE file_event_log (id bigint PRIMARY KEY, what text,
                                             file_id bigint REFERENCES files ON DELETE SET NULL);
                """);

        drafted.isSound();
        assertThat(drafted.fate("file_audit_log")).isInstanceOf(Fate.Undecided.class);
        assertThat(drafted.draft().yaml()).contains("Entries about a deleted files stay (ON DELETE SET NULL)");
        assertThat(drafted.fate("file_event_log")).as("names nobody").isInstanceOf(Fate.Detach.class);
        assertThat(drafted.errors()).extracting(f -> f.code()).containsExactly(FindingCode.UNDECIDED);
    }

    @Test
    void everyForeignKeyToThePersonIsARoleOfItsOwn() {
        DraftedMap drafted = DraftedMap.of("users", USERS + """
                CREATE TABLE follows (follower_id bigint REFERENCES users, following_id bigint REFERENCES users,
                                      PRIMARY KEY (follower_id, following_id));
                CREATE TABLE user_roles (user_id bigint NOT NULL REFERENCES users, role text,
                                         granter_id bigint NOT NULL REFERENCES users);
                """);

        drafted.isSound();
        assertThat(drafted.table("follows").roles()).hasSize(2);
        assertThat(drafted.role("user_roles", "user").fate()).isInstanceOf(Fate.Delete.class);
        assertThat(drafted.role("user_roles", "granter").fate())
                .as("a role granted by the person is somebody else's")
                .isInstanceOf(Fate.Keep.class);
    }

    @Test
    void anotherPersonsRowOnlyLosesItsReference() {
        DraftedMap drafted = DraftedMap.of("users", USERS + """
                ALTER TABLE users ADD invited_by bigint REFERENCES users ON DELETE CASCADE;
                """);

        drafted.isSound();
        Role invited = drafted.role("users", "invited-by");
        assertThat(invited.fate()).isInstanceOf(Fate.Detach.class);
        assertThat(invited.export().none()).isTrue();
        assertThat(invited.fate().rules()).isEmpty();
    }

    @Test
    void infersLinksFromNamesAndTypesAndSaysSo() {
        DraftedMap drafted = DraftedMap.of("users", USERS + """
                CREATE TABLE bookmarks (id bigint PRIMARY KEY, "userId" integer NOT NULL, url text);
                CREATE TABLE likes (liker text, owner_id bigint);
                CREATE TABLE repositories (id bigint PRIMARY KEY, repository_owner_id bigint);
                CREATE TABLE parcels (id bigint PRIMARY KEY, user_id uuid);
                """);

        drafted.isSound();
        assertThat(drafted.draft().summary().inferredLinks()).isEqualTo(2);
        assertThat(drafted.draft().yaml()).contains("subject: userId  # inferred from the name");
        assertThat(drafted.maps("likes")).isTrue();
        assertThat(drafted.maps("repositories")).as("an owner elsewhere").isFalse();
        assertThat(drafted.maps("parcels"))
                .as("a column that cannot hold the key")
                .isFalse();
    }

    @Test
    void aColumnNamedForAnotherTableOfPeopleIsNoLink() {
        DraftedMap drafted = DraftedMap.of("customers", """
                CREATE TABLE customers (id bigint PRIMARY KEY, email text);
                CREATE TABLE users (id bigint PRIMARY KEY, email text);
                CREATE TABLE drafts (id bigint PRIMARY KEY, user_id bigint REFERENCES users);
                """);

        drafted.isSound();
        assertThat(drafted.maps("drafts")).isFalse();
        assertThat(drafted.draft().yaml()).contains("drafts: user_id refers to users");
    }

    @Test
    void narrowsPolymorphicLinksAndAsksWhereTheTypeIsANumber() {
        DraftedMap drafted = DraftedMap.of("users", USERS + """
                CREATE TABLE attachments (id bigint PRIMARY KEY, record_type text NOT NULL, record_id bigint NOT NULL);
                CREATE TABLE shares (id bigint PRIMARY KEY, owner_kind int NOT NULL, owner_id bigint NOT NULL);
                """);

        drafted.isSound();
        assertThat(drafted.role("attachments", Role.ONLY).link().where().text()).isEqualTo("record_type = 'User'");
        assertThat(drafted.fate("attachments")).isInstanceOf(Fate.Undecided.class);
        assertThat(drafted.fate("shares")).isInstanceOf(Fate.Undecided.class);
        assertThat(drafted.errors()).extracting(f -> f.code()).containsOnly(FindingCode.UNDECIDED);
    }

    @Test
    void linksByAddressWhereThereIsNoKey() {
        DraftedMap drafted = DraftedMap.of("users", USERS + """
                CREATE TABLE waitlist (email text PRIMARY KEY, asked_at timestamptz);
                CREATE TABLE contacts (id bigint PRIMARY KEY, email text NOT NULL, name text NOT NULL);
                CREATE TABLE visits (contact_id bigint REFERENCES contacts);
                """);

        drafted.isSound();
        assertThat(drafted.role("waitlist", Role.ONLY).link()).isInstanceOf(Link.IdentifierLink.class);
        assertThat(drafted.fate("waitlist")).isInstanceOf(Fate.Delete.class);
        assertThat(drafted.fate("contacts").rules().stream().map(r -> r.column().text()))
                .containsExactly("email", "name");
    }

    @Test
    void leavesToAPersonWhatOnlyAPersonCanSay() {
        DraftedMap drafted = DraftedMap.of("users", USERS + """
                CREATE TABLE messages (id bigint PRIMARY KEY, from_user_id bigint NOT NULL REFERENCES users,
                                       to_user_id bigint NOT NULL REFERENCES users, body text NOT NULL);
                CREATE TABLE audit_log (id bigint PRIMARY KEY, user_id bigint, ip_address text, what text);
                """);

        drafted.isSound();
        assertThat(drafted.draft().summary().undecided()).isEqualTo(2);
        assertThat(drafted.draft().yaml().lines().filter(l -> l.contains("# TO DECIDE:")))
                .hasSize(2);
    }

    @Test
    void rulesFitTypeLengthAndUniqueness() {
        DraftedMap drafted = DraftedMap.of("users", """
                CREATE TYPE mood AS ENUM ('active', 'deleted');
                CREATE DOMAIN handle AS varchar(12);
                CREATE TABLE users (id int PRIMARY KEY, email varchar(30) NOT NULL UNIQUE, username handle NOT NULL UNIQUE,
                    nick char(4) NOT NULL, github_id bigint NOT NULL UNIQUE, settings jsonb NOT NULL, ip inet NOT NULL,
                    avatar bytea NOT NULL, tags text[] NOT NULL, birth_date date NOT NULL, lat float8 NOT NULL,
                    ref uuid NOT NULL, status mood NOT NULL, deleted_at timestamptz, search tsvector NOT NULL,
                    upper_email text GENERATED ALWAYS AS (upper(email)) STORED);
                CREATE TABLE posts (id int PRIMARY KEY, user_id int NOT NULL REFERENCES users, body varchar(5) NOT NULL,
                    slug varchar(40) NOT NULL UNIQUE);
                CREATE TABLE post_tags (post_id int NOT NULL REFERENCES posts, tag text, PRIMARY KEY (post_id, tag));
                """);

        drafted.isSound();
        assertThat(drafted.errors()).isEmpty();
        Fate person = drafted.fate("users");
        assertThat(((Rule.LiteralRule) rule(person, "status")).text()).isEqualTo("deleted");
        assertThat(((Rule.LiteralRule) rule(person, "settings")).text()).isEqualTo("{}");
        assertThat(rule(person, "github_id")).isInstanceOf(Rule.SqlRule.class);
        assertThat(drafted.table("post_tags").roles().get(0).fate()).isInstanceOf(Fate.Keep.class);
    }

    @Test
    void aDateCanSayOfAnAccountThatItIsGone() {
        for (String type : List.of("date", "timestamp", "timestamptz")) {
            DraftedMap drafted = DraftedMap.of("users", """
                    CREATE TABLE users (id int PRIMARY KEY, email text NOT NULL UNIQUE, deleted_at %s);
                    CREATE TABLE posts (id int PRIMARY KEY, user_id int NOT NULL REFERENCES users, body text);
                    """.formatted(type));
            drafted.isSound();
            assertThat(drafted.draft().yaml()).as(type).contains("deleted_at: \"{now}\"");
        }
    }

    @Test
    void leavesAloneWhatOtherRowsReferTo() {
        DraftedMap drafted = DraftedMap.of("users", """
                CREATE TABLE users (id int PRIMARY KEY, username text NOT NULL UNIQUE, bio text);
                CREATE TABLE posts (id int PRIMARY KEY, author text NOT NULL REFERENCES users (username), body text);
                """);

        drafted.isSound();
        assertThat(names(drafted.fate("users").retain())).containsExactly("username");
        assertThat(drafted.draft().yaml()).contains("# LOOK AT username");
    }

    @Test
    void compositeKeysAreLinkedInTheKeysOrder() {
        DraftedMap drafted = DraftedMap.of("users", """
                CREATE TABLE users (tenant_id int, id int, email text, PRIMARY KEY (tenant_id, id));
                CREATE TABLE notes (id int PRIMARY KEY, user_id int, tenant_id int NOT NULL, text text,
                                    FOREIGN KEY (user_id, tenant_id) REFERENCES users (id, tenant_id));
                """);

        drafted.isSound();
        assertThat(names(((Link.DirectLink) drafted.role("notes", Role.ONLY).link()).columns()))
                .containsExactly("tenant_id", "user_id");
        assertThat(names(((Fate.Detach) drafted.fate("notes")).columns())).containsExactly("user_id");
    }

    @Test
    void namesOfEveryKindReadBackAsTheyAre() {
        DraftedMap drafted = DraftedMap.of("null", """
                CREATE SCHEMA "od.d";
                CREATE TABLE "null" ("true" int PRIMARY KEY, "e-mail: #1" text, "1e3" text, "na\u00efve \u7528\u6237" text);
                CREATE TABLE "od.d"."say ""hi""\" ("- x" int NOT NULL REFERENCES "null", "{a}, [b]" text, "tab\tnl
                and" text, "\u202e" text, "%&*!|>'" text, PRIMARY KEY ("- x"));
                CREATE TABLE "null comments" (id int PRIMARY KEY, "yes" int NOT NULL REFERENCES "null", "?" text, "~" text,
                    "\\" text, "Ünï-2" text);
                CREATE TABLE users (id int PRIMARY KEY);
                CREATE TABLE "od.d".users (id int PRIMARY KEY, x int REFERENCES "null");
                CREATE TABLE "%" ("!" int REFERENCES "null", "$_type" text, "$_id" int);
                """);

        drafted.isSound();
        assertThat(drafted.draft().summary().mapped()).isEqualTo(5);
    }

    @Test
    void aSubjectWithoutAWordInItsNameIsASubjectAllTheSame() {
        DraftedMap drafted = DraftedMap.of("%", """
                CREATE TABLE "%" (id int PRIMARY KEY, mail text);
                CREATE TABLE things (id int PRIMARY KEY, item_type text, item_id int, "%_id" int REFERENCES "%");
                CREATE TABLE others (id int PRIMARY KEY);
                """);

        drafted.isSound();
        assertThat(drafted.map().notPersonal()).isEmpty();
        assertThat(drafted.table("things").roles()).hasSize(1);
    }

    @Test
    void theMigrationToolsTablesAreNobodys() {
        DraftedMap drafted = DraftedMap.of("users", USERS + """
                CREATE TABLE schema_migrations (version text);
                CREATE TABLE products (id int PRIMARY KEY, name text);
                """);

        drafted.isSound();
        assertThat(drafted.map().notPersonal())
                .extracting(n -> n.table().name())
                .containsExactly("schema_migrations");
        assertThat(drafted.draft().summary()).isEqualTo(new MapDraft.DraftSummary(3, 1, 1, 0, 0, 1));
    }

    @Test
    void refusesASubjectThatCannotBeOne() {
        assertThatThrownBy(() -> DraftedMap.of("people", USERS))
                .isInstanceOf(ExeuntException.class)
                .hasMessageContaining("no table people");
        assertThatThrownBy(() -> DraftedMap.of("people", "CREATE TABLE people (email text UNIQUE)"))
                .isInstanceOf(ExeuntException.class)
                .hasMessageContaining("neither a primary key nor");
    }

    private static Rule rule(Fate fate, String column) {
        return fate.rules().stream()
                .filter(r -> r.column().text().equals(column))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no rule for " + column + " in " + fate))
                .rule();
    }

    private static List<String> names(List<LocatedText> words) {
        return words.stream().map(LocatedText::text).toList();
    }

    @Test
    void whatARowThatGoesHoldsAloneGoesAlong() {
        DraftedMap drafted = DraftedMap.of("users", """
                CREATE TABLE users (id bigint PRIMARY KEY, email text UNIQUE);
                CREATE TABLE blobs (id int PRIMARY KEY, bytes bytea);
                CREATE TABLE uploads (id int PRIMARY KEY, blob int NOT NULL UNIQUE REFERENCES blobs);
                CREATE TABLE voices (id int PRIMARY KEY, bytes bytea);
                CREATE TABLE faces (id int PRIMARY KEY, bytes bytea);
                CREATE TABLE countries (id int PRIMARY KEY);
                CREATE TABLE sessions (
                    id int PRIMARY KEY, user_id bigint NOT NULL REFERENCES users ON DELETE CASCADE,
                    upload int NOT NULL UNIQUE REFERENCES uploads, face int UNIQUE REFERENCES faces,
                    voice int UNIQUE REFERENCES voices, country int REFERENCES countries);
                CREATE TABLE teams (id int PRIMARY KEY, face int REFERENCES faces);
                """);

        drafted.isSound();
        assertThat(drafted.fate("uploads")).isInstanceOf(Fate.Delete.class);
        assertThat(drafted.fate("blobs")).isInstanceOf(Fate.Delete.class);
        Link.ThroughLink by =
                (Link.ThroughLink) drafted.role("blobs", Role.ONLY).link();
        assertThat(by.table().name() + "." + by.by().get(0)).isEqualTo("uploads.blob");
        assertThat(drafted.fate("faces")).isInstanceOf(Fate.Undecided.class);
        assertThat(drafted.draft().yaml()).contains("but teams.face may refer to it as well");
        assertThat(drafted.fate("voices")).as("the key may be empty").isInstanceOf(Fate.Undecided.class);
        assertThat(drafted.maps("countries")).isFalse();
    }
}
