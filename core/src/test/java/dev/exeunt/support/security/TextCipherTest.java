package dev.exeunt.support.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.exeunt.HashKey;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Tests that a text is read back with the same secret, purpose and place, and else not at all. */
class TextCipherTest {

    private static final HashKey KEY =
            HashKey.ofHex("00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff");
    private static final HashKey OTHER =
            HashKey.ofHex("99112233445566778899aabbccddeeff00112233445566778899aabbccddeeff");

    private final TextCipher cipher = new TextCipher(KEY, "test", 100);

    @Test
    void everyTextComesBack() {
        for (String text : List.of("", "anna@x.test", "ﾀ\u0000ß\n", "x".repeat(100))) {
            assertThat(cipher.decrypt(cipher.encrypt(text, "row 1"), "row 1")).contains(text);
        }
    }

    @Test
    void allTextsAreOfOneLengthAndNoTwoAreAlike() {
        List<byte[]> all = new ArrayList<>();
        for (String text : List.of("", "a", "a", "x".repeat(100))) {
            all.add(cipher.encrypt(text, "row 1"));
        }
        assertThat(all).allSatisfy(bytes -> assertThat(bytes).hasSameSizeAs(all.get(0)));
        assertThat(all).doesNotHaveDuplicates();
    }

    @Test
    void aTextOfAFormerSecretIsReadAndTheNewOneWritten() {
        TextCipher changed = new TextCipher(OTHER.withFormer(List.of(KEY)), "test", 100);
        assertThat(changed.decrypt(cipher.encrypt("anna@x.test", "row 1"), "row 1"))
                .contains("anna@x.test");
        byte[] written = changed.encrypt("anna@x.test", "row 1");
        assertThat(new TextCipher(OTHER, "test", 100).decrypt(written, "row 1")).contains("anna@x.test");
        assertThat(cipher.decrypt(written, "row 1")).isEmpty();
    }

    @Test
    void anotherSecretPurposeOrPlaceReadsNothing() {
        byte[] encrypted = cipher.encrypt("anna@x.test", "row 1");
        assertThat(cipher.decrypt(encrypted, "row 2")).isEmpty();
        assertThat(new TextCipher(OTHER, "test", 100).decrypt(encrypted, "row 1"))
                .isEmpty();
        assertThat(new TextCipher(KEY, "another", 100).decrypt(encrypted, "row 1"))
                .isEmpty();
    }

    @Test
    void aChangedTextReadsNothing() {
        byte[] encrypted = cipher.encrypt("anna@x.test", "row 1");
        for (int i = 0; i < encrypted.length; i++) {
            byte[] changed = encrypted.clone();
            changed[i] ^= 1;
            assertThat(cipher.decrypt(changed, "row 1")).as("byte %d", i).isEmpty();
            assertThat(cipher.decrypt(java.util.Arrays.copyOf(encrypted, i), "row 1"))
                    .as("%d bytes", i)
                    .isEmpty();
        }
    }

    @Test
    void aTextThatIsTooLongIsRefusedWithoutBeingShown() {
        assertThatThrownBy(() -> cipher.encrypt("anna".repeat(30), "row 1"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("The text has more than 100 bytes.");
    }
}
