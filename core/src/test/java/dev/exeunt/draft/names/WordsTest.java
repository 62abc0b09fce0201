package dev.exeunt.draft.names;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class WordsTest {

    @Test
    void namesComeApartHoweverTheyAreWritten() {
        assertThat(Words.of("invited_by_user_id")).isEqualTo(List.of("invited", "by", "user", "id"));
        assertThat(Words.of("invitedByUserID")).isEqualTo(List.of("invited", "by", "user", "id"));
        assertThat(Words.of("HTTPHeader-Name")).isEqualTo(List.of("http", "header", "name"));
        assertThat(Words.of("ID")).as("whatever the locale").isEqualTo(List.of("id"));
        assertThat(Words.of("%")).isEmpty();
    }

    @Test
    void knowsTheSingular() {
        assertThat(Words.singular("user_addresses")).isEqualTo(List.of("user", "address"));
        assertThat(Words.singular("diaryEntries")).isEqualTo(List.of("diary", "entry"));
        assertThat(Words.singular("status")).isEqualTo(List.of("status"));
        assertThat(Words.className("blog_users")).isEqualTo("BlogUser");
    }

    @Test
    void rolesAreNamedAfterTheirColumns() {
        assertThat(Words.roleName(List.of("user_id"))).isEqualTo("user");
        assertThat(Words.roleName(List.of("lastModifiedByUserId"))).isEqualTo("last-modified-by-user");
        assertThat(Words.roleName(List.of("id"))).isEqualTo("id");
    }

    @Test
    void theLastWordOfATablesNameWeighsMost() {
        assertThat(TableKind.of("oauth_access_tokens")).isEqualTo(TableKind.PERSONAL);
        assertThat(TableKind.of("TokenAuditLog")).isEqualTo(TableKind.EVIDENCE);
        assertThat(TableKind.of("version_owner_actions")).isEqualTo(TableKind.EVIDENCE);
        assertThat(TableKind.of("login_history")).isEqualTo(TableKind.PERSONAL);
        assertThat(TableKind.of("moderation_zones")).isEqualTo(TableKind.EVIDENCE);
        assertThat(TableKind.of("%")).isEqualTo(TableKind.CONTENT);
    }
}
