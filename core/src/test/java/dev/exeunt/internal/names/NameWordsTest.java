package dev.exeunt.internal.names;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Tests how names are split into words. */
class NameWordsTest {

    @Test
    void namesComeApartHoweverTheyAreWritten() {
        assertThat(NameWords.of("invited_by_user_id")).isEqualTo(List.of("invited", "by", "user", "id"));
        assertThat(NameWords.of("invitedByUserID")).isEqualTo(List.of("invited", "by", "user", "id"));
        assertThat(NameWords.of("HTTPHeader-Name")).isEqualTo(List.of("http", "header", "name"));
        assertThat(NameWords.of("ID")).as("whatever the locale").isEqualTo(List.of("id"));
        assertThat(NameWords.of("%")).isEmpty();
    }

    @Test
    void knowsTheSingular() {
        assertThat(NameWords.singular("user_addresses")).isEqualTo(List.of("user", "address"));
        assertThat(NameWords.singular("diaryEntries")).isEqualTo(List.of("diary", "entry"));
        assertThat(NameWords.singular("status")).isEqualTo(List.of("status"));
        assertThat(NameWords.className("blog_users")).isEqualTo("BlogUser");
    }

    @Test
    void rolesAreNamedAfterTheirColumns() {
        assertThat(NameWords.roleName(List.of("user_id"))).isEqualTo("user");
        assertThat(NameWords.roleName(List.of("lastModifiedByUserId"))).isEqualTo("last-modified-by-user");
        assertThat(NameWords.roleName(List.of("id"))).isEqualTo("id");
    }

    @Test
    void theLastWordOfATablesNameWeighsMost() {
        assertThat(TablePurpose.of("oauth_access_tokens")).isEqualTo(TablePurpose.PERSONAL);
        assertThat(TablePurpose.of("TokenAuditLog")).isEqualTo(TablePurpose.EVIDENCE);
        assertThat(TablePurpose.of("UserSecurityAuditLog")).isEqualTo(TablePurpose.PERSONAL);
        assertThat(TablePurpose.of("version_owner_actions")).isEqualTo(TablePurpose.EVIDENCE);
        assertThat(TablePurpose.of("login_history")).isEqualTo(TablePurpose.PERSONAL);
        assertThat(TablePurpose.of("moderation_zones")).isEqualTo(TablePurpose.EVIDENCE);
        assertThat(TablePurpose.of("%")).isEqualTo(TablePurpose.CONTENT);
    }
}
