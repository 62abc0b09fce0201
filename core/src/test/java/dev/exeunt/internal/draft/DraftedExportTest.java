package dev.exeunt.internal.draft;

import static org.assertj.core.api.Assertions.assertThat;

import dev.exeunt.internal.map.LocatedText;
import dev.exeunt.internal.map.Role;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Drafts export what is the person's, without secrets and without other people. */
class DraftedExportTest {

    private static final String KEEPERS = """
            CREATE TABLE keepers (id bigint PRIMARY KEY, email text NOT NULL UNIQUE);
            """;

    @Test
    void leavesOutSecretsThatOnlyTheirTableOrTheirFirstWordGivesAway() {
        DraftedMap drafted = DraftedMap.of("keepers", KEEPERS + """
                CREATE TABLE keeper_passwords (keeper_id bigint PRIMARY KEY REFERENCES keepers, hash text);
                CREATE TABLE hive_credentials (id bigint PRIMARY KEY, keeper_id bigint REFERENCES keepers, key jsonb, label text);
                CREATE TABLE gate_logins (id bigint PRIMARY KEY, keeper_id bigint REFERENCES keepers, "hashedKey" text, ha1 text,
                    "encryptedSad" text, "accessToken" text, "clientSecret" text, "otpSecret" text, "encryptedAt" timestamptz);
                CREATE TABLE honey_pictures (id bigint PRIMARY KEY, keeper_id bigint REFERENCES keepers, hash text, key text);
                """);

        drafted.isSound();
        assertThat(except(drafted.role("keeper_passwords", Role.ONLY))).containsExactly("hash");
        assertThat(except(drafted.role("hive_credentials", Role.ONLY))).containsExactly("key");
        assertThat(except(drafted.role("gate_logins", Role.ONLY)))
                .containsExactly("hashedKey", "ha1", "encryptedSad", "accessToken", "clientSecret", "otpSecret");
        assertThat(except(drafted.role("honey_pictures", Role.ONLY)))
                .as("a checksum and a name")
                .isEmpty();
    }

    @Test
    void tellsNothingOfOthersWhereThePersonOnlyActedOrIsOnlyMeant() {
        DraftedMap drafted = DraftedMap.of("keepers", KEEPERS + """
                CREATE TABLE bans (id bigint PRIMARY KEY, keeper_id bigint NOT NULL REFERENCES keepers, reason text,
                                   issued_by bigint REFERENCES keepers);
                CREATE TABLE hive_reports (id bigint PRIMARY KEY, reported_keeper_id bigint NOT NULL REFERENCES keepers,
                                           reporter_id bigint NOT NULL REFERENCES keepers, details text);
                CREATE TABLE mutes (id bigint PRIMARY KEY, keeper_id bigint NOT NULL REFERENCES keepers,
                                    muted_id bigint NOT NULL REFERENCES keepers);
                CREATE TABLE invitations (id bigint PRIMARY KEY, email text,
                                          invited_by_id bigint NOT NULL REFERENCES keepers ON DELETE CASCADE);
                """);

        drafted.isSound();
        assertThat(drafted.role("bans", "issued-by").export().none()).isTrue();
        assertThat(except(drafted.role("bans", "keeper"))).containsExactly("issued_by");
        assertThat(except(drafted.role("hive_reports", "reported-keeper"))).containsExactly("reporter_id", "details");
        assertThat(drafted.role("mutes", "muted").export().none()).isTrue();
        assertThat(drafted.role("mutes", "keeper").export().none()).isFalse();
        assertThat(except(drafted.role("invitations", "invited-by"))).containsExactly("email");
    }

    private static List<String> except(Role role) {
        assertThat(role.export().none()).as(role.name()).isFalse();
        return role.export().except().stream().map(LocatedText::text).toList();
    }
}
