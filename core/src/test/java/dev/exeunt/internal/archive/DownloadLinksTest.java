package dev.exeunt.internal.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.exeunt.HashKey;
import dev.exeunt.export.ExportRefusedException;
import dev.exeunt.export.ExportRefusedException.ExportRefusalReason;
import dev.exeunt.internal.map.SubjectKind;
import dev.exeunt.internal.reach.SubjectKey;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DownloadLinksTest {

    private static final HashKey KEY =
            HashKey.ofHex("00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff");
    private static final HashKey OTHER =
            HashKey.ofHex("8899aabbccddeeff00112233445566778899aabbccddeeff0011223344556677");
    private static final Instant NOW = Instant.parse("2026-05-03T10:00:00Z");
    private static final Instant IN_AN_HOUR = NOW.plusSeconds(3600);
    private static final UUID EXPORT = UUID.fromString("6e0f7a52-5f4a-4c38-9d27-5f3b3a1f0c11");
    private static final byte[] ANNA =
            KEY.hash(SubjectKind.PERSON.text(), new SubjectKey(List.of("anna@example.org")).parts());
    private static final byte[] BERT =
            KEY.hash(SubjectKind.PERSON.text(), new SubjectKey(List.of("bert@example.org")).parts());

    private static final DownloadLinks LINKS = new DownloadLinks(KEY);

    private static DownloadLinks.AuthenticLink at(Instant now, String token) {
        return LINKS.verify(token).requireCurrent(now);
    }

    private static String token() {
        return LINKS.token(EXPORT, ANNA, IN_AN_HOUR);
    }

    private static ExportRefusalReason why(Instant now, String token) {
        return catchThrowableOfType(ExportRefusedException.class, () -> at(now, token))
                .why();
    }

    @Test
    void aLinkSaysWhichExportAndUntilWhenAndForWhomItIsGood() {
        DownloadLinks.AuthenticLink link = at(NOW, token());
        assertThat(link.export()).isEqualTo(EXPORT);
        assertThat(link.expires()).isEqualTo(IN_AN_HOUR);
        assertThat(link.isFor(ANNA)).isTrue();
        assertThat(link.isFor(BERT)).isFalse();
        assertThat(link.isFor(new byte[0])).isFalse();
    }

    @Test
    void itMayBeFollowedAgainUntilItExpiresAndNotThen() {
        String token = token();
        assertThat(at(IN_AN_HOUR.minusNanos(1), token).isFor(ANNA)).isTrue();
        assertThat(at(IN_AN_HOUR.minusNanos(1), token).isFor(ANNA)).isTrue();
        assertThat(why(IN_AN_HOUR, token)).isEqualTo(ExportRefusalReason.LINK_EXPIRED);
        assertThat(why(Instant.MAX, token)).isEqualTo(ExportRefusalReason.LINK_EXPIRED);
    }

    @Test
    void partsOfASecondAreNotGivenAway() {
        String token = LINKS.token(EXPORT, ANNA, NOW.plusMillis(1900));
        assertThat(at(NOW, token).expires()).isEqualTo(NOW.plusSeconds(1));
    }

    @Test
    void itNeedsNoEscaping() {
        for (int n = 0; n < 200; n++) {
            assertThat(LINKS.token(new UUID(n, -n), ANNA, IN_AN_HOUR.plusSeconds(n)))
                    .matches("[A-Za-z0-9_-]{100}");
        }
    }

    /** Each bit of each character, so that no two spellings of a link are good. */
    @Test
    void noCharacterCanBeChanged() {
        String token = token();
        String alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
        for (int at = 0; at < token.length(); at++) {
            for (int bit = 0; bit < 6; bit++) {
                int changed = alphabet.indexOf(token.charAt(at)) ^ 1 << bit;
                String other = token.substring(0, at) + alphabet.charAt(changed) + token.substring(at + 1);
                assertThat(why(NOW, other)).as("%d %d", at, bit).isEqualTo(ExportRefusalReason.LINK_ALTERED);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 50, 99})
    void aPartIsNotEnough(int length) {
        assertThat(why(NOW, token().substring(0, length))).isEqualTo(ExportRefusalReason.LINK_ALTERED);
        assertThat(why(NOW, token() + "=".repeat(length + 1))).isEqualTo(ExportRefusalReason.LINK_ALTERED);
    }

    @Test
    void garbageIsRefusedAsAltered() {
        Random random = new Random(1);
        for (int n = 0; n < 2000; n++) {
            byte[] bytes = new byte[n % 2 == 0 ? 75 : random.nextInt(200)];
            random.nextBytes(bytes);
            bytes = n % 3 == 0 && bytes.length > 0 ? withVersion(bytes) : bytes;
            assertThat(why(NOW, Base64.getUrlEncoder().withoutPadding().encodeToString(bytes)))
                    .isEqualTo(ExportRefusalReason.LINK_ALTERED);
            assertThat(why(NOW, new String(bytes, StandardCharsets.ISO_8859_1)))
                    .isEqualTo(ExportRefusalReason.LINK_ALTERED);
        }
        assertThat(why(NOW, " ".repeat(100))).isEqualTo(ExportRefusalReason.LINK_ALTERED);
        assertThat(why(NOW, "é".repeat(100))).isEqualTo(ExportRefusalReason.LINK_ALTERED);
    }

    private static byte[] withVersion(byte[] bytes) {
        bytes[0] = 1;
        return bytes;
    }

    @Test
    void whatAnotherKeySignedIsRefused() {
        String token = new DownloadLinks(OTHER).token(EXPORT, ANNA, IN_AN_HOUR);
        assertThatThrownBy(() -> at(NOW, token)).isInstanceOf(ExportRefusedException.class);
    }

    @Test
    void nothingTellsThatTwoLinksAreTheSamePersons() {
        byte[] one = Base64.getUrlDecoder().decode(token());
        byte[] other = Base64.getUrlDecoder().decode(LINKS.token(new UUID(1, 2), ANNA, IN_AN_HOUR));
        String hash = new String(ANNA, StandardCharsets.ISO_8859_1);
        assertThat(new String(one, StandardCharsets.ISO_8859_1)).doesNotContain(hash.substring(0, 4));
        assertThat(Arrays.copyOfRange(one, 25, 43)).isNotEqualTo(Arrays.copyOfRange(other, 25, 43));
    }
}
