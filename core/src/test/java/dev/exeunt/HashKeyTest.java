package dev.exeunt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.exeunt.internal.map.SubjectKind;
import dev.exeunt.internal.reach.SubjectKey;
import dev.exeunt.support.security.SigningKey;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class HashKeyTest {

    private static final HashKey KEY =
            HashKey.ofHex("00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff");
    private static final byte[] TEXT = "text".getBytes(StandardCharsets.UTF_8);

    /** Who was erased must be known by the program of years later: these never change. */
    @Test
    void hashesStayWhatTheyAre() {
        assertThat(KEY.id()).isEqualTo("81c245d4");
        assertThat(HexFormat.of()
                        .formatHex(KEY.hash(SubjectKind.PERSON.text(), new SubjectKey(List.of("42", "Ä")).parts())))
                .isEqualTo("3c9efa7b1a81228e93d509ba51eb472d502f88facb588f5d50335f33ede75a78");
    }

    /** Receipt links, used links and idempotency keys of earlier versions depend on these: they never change. */
    @Test
    void signaturesStayWhatTheyAre() {
        assertThat(signed("idempotency", "13\nself\nwish"))
                .isEqualTo("34fbcaa0a9c5d5efe2c5e3483772176879bac210e759acdba5f0f77e2c421c08");
        assertThat(signed("used links", "first"))
                .isEqualTo("0b376ffdf906b1b963cf037ead1f4c5decb030341fa1b1d8f3598f30fad74d2a");
    }

    private static String signed(String purpose, String text) {
        return HexFormat.of().formatHex(new SigningKey(KEY, purpose).sign(text.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void eachKindOfSubjectHasItsOwnHashes() {
        SubjectKey key = new SubjectKey(List.of("42", "Ä"));
        assertThat(HexFormat.of().formatHex(KEY.hash(new SubjectKind("company").text(), key.parts())))
                .isEqualTo("815b1299943758772b91a16289af1d22ce7d757a848581d02340818adc025c80");
        Set<String> hashes = new HashSet<>();
        for (String kind : List.of("person", "company", "company-2", "p")) {
            hashes.add(HexFormat.of().formatHex(KEY.hash(new SubjectKind(kind).text(), key.parts())));
        }
        assertThat(hashes).hasSize(4);
    }

    @Test
    void aKindThatIsNoShortWordIsNotHashed() {
        for (String kind : List.of("", "company\n2 42", "Person")) {
            assertThatThrownBy(() -> KEY.hash(kind, List.of("42"))).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void aKindIsAShortWord() {
        for (String text : List.of("", "Person", "2", "a b", "a\n", "a".repeat(64))) {
            assertThatThrownBy(() -> new SubjectKind(text)).isInstanceOf(IllegalArgumentException.class);
        }
        assertThat(new SubjectKind("a".repeat(63)).text()).hasSize(63);
    }

    @Test
    void eachPurposeSignsInItsOwnWay() {
        SigningKey links = new SigningKey(KEY, "links");
        byte[] signature = links.sign(TEXT);
        assertThat(signature).hasSize(32).isEqualTo(new SigningKey(KEY, "links").sign(TEXT));
        assertThat(new SigningKey(KEY, "cookies").signed(TEXT, signature)).isFalse();
        assertThat(links.signed(TEXT, signature)).isTrue();
        assertThat(links.signed("texT".getBytes(StandardCharsets.UTF_8), signature))
                .isFalse();
    }

    @Test
    void aSignatureMayBeShortenedButNotToNothing() {
        SigningKey links = new SigningKey(KEY, "links");
        byte[] signature = links.sign(TEXT);
        assertThat(links.signed(TEXT, Arrays.copyOf(signature, 16))).isTrue();
        assertThat(links.signed(TEXT, Arrays.copyOf(signature, 15))).isFalse();
        assertThat(links.signed(TEXT, new byte[0])).isFalse();
        assertThat(links.signed(TEXT, Arrays.copyOf(signature, 33))).isFalse();
    }

    @Test
    void aKeyWithFormerOnesSignsAndHashesAsBefore() {
        HashKey other = HashKey.ofHex("99112233445566778899aabbccddeeff00112233445566778899aabbccddeeff");
        HashKey changed = other.withFormer(List.of(KEY, other, KEY));
        assertThat(changed.all()).containsExactly(other, KEY);
        assertThat(changed.hashesHex("person", List.of("42")))
                .containsExactly(other.hashHex("person", List.of("42")), KEY.hashHex("person", List.of("42")));
        assertThat(changed.id()).isEqualTo(other.id());
        byte[] before = new SigningKey(KEY, "sessions").sign(TEXT);
        assertThat(new SigningKey(changed, "sessions").signed(TEXT, before))
                .as("what a key that leaked has signed")
                .isFalse();
    }

    @Test
    void keysAreNotShown() {
        assertThat(KEY.toString() + new SigningKey(KEY, "links")).doesNotContain("00112233", "aabbccdd");
        assertThatThrownBy(() -> HashKey.ofHex("abcdef")).hasMessageNotContaining("abcdef");
    }
}
