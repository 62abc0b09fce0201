package dev.exeunt.support.security;

import static org.assertj.core.api.Assertions.assertThat;

import dev.exeunt.HashKey;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SignatureKeyPairTest {

    private static final HashKey KEY = HashKey.ofHex("ab".repeat(32));
    private static final byte[] MESSAGE = "a receipt".getBytes(StandardCharsets.UTF_8);

    /** RFC 8032, section 7.1, tests 1 to 3. */
    @ParameterizedTest
    @CsvSource({
        "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60,"
                + "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a,'',"
                + "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b",
        "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb,"
                + "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c,72,"
                + "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00",
        "c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7,"
                + "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025,af82,"
                + "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a"
    })
    void keysAndSignaturesAreThoseOfTheStandard(String seed, String publicKey, String message, String signature) {
        HexFormat hex = HexFormat.of();
        SignatureKeyPair pair = SignatureKeyPair.ofSeed(hex.parseHex(seed));

        assertThat(pair.publicKey())
                .isEqualTo(PublicSignatureKey.of(hex.parseHex(publicKey)).orElseThrow());
        assertThat(hex.formatHex(pair.sign(hex.parseHex(message)))).isEqualTo(signature);
        assertThat(pair.publicKey().hasSigned(hex.parseHex(message), hex.parseHex(signature)))
                .isTrue();
    }

    /** RFC 8037, appendix A.3. */
    @Test
    void aKeyIsNamedByItsThumbprint() {
        PublicSignatureKey key = PublicSignatureKey.of(
                        CanonicalBase64.decode("11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo")
                                .orElseThrow())
                .orElseThrow();

        assertThat(key.id()).isEqualTo("kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k");
    }

    @Test
    void aSecretHasOnePairAndAnotherSecretAnother() {
        SignatureKeyPair pair = SignatureKeyPair.forReceipts(KEY);
        byte[] signature = pair.sign(MESSAGE);

        assertThat(SignatureKeyPair.forReceipts(KEY).publicKey()).isEqualTo(pair.publicKey());
        assertThat(SignatureKeyPair.forReceipts(HashKey.ofHex("ac".repeat(32)))
                        .publicKey()
                        .hasSigned(MESSAGE, signature))
                .isFalse();
        assertThat(pair.publicKey().hasSigned("another".getBytes(StandardCharsets.UTF_8), signature))
                .isFalse();
        assertThat(pair.publicKey().hasSigned(MESSAGE, new byte[64])).isFalse();
        assertThat(pair.publicKey().hasSigned(MESSAGE, new byte[0])).isFalse();
        assertThat(pair.publicKey().hasSigned(MESSAGE, Arrays.copyOf(signature, 65)))
                .isFalse();
    }

    /** The public key is published: it must not tell the secret. */
    @Test
    void nothingThatIsPrintedHoldsTheSecret() {
        assertThat(SignatureKeyPair.forReceipts(KEY).toString()).doesNotContain("abab");
    }

    @Test
    void theOrderOfMembersAndSpacesDoNotCount() {
        SignatureKeyPair pair = SignatureKeyPair.forReceipts(KEY);
        Map<String, Object> signed = SignedJson.sign(Map.of("b", 1, "a", "\u0001ä\uD83D\uDE00"), pair);
        Map<?, ?> signature = (Map<?, ?>) signed.get(SignedJson.SIGNATURE);
        String other =
                "{ \"signature\": {\"value\":\"" + signature.get("value") + "\",\"key\":\"" + signature.get("key")
                        + "\", \"algorithm\":\"Ed25519\"},\n\"a\":\"\\u0001\\u00E4\\ud83d\\ude00\", \"b\" : 1}";

        assertThat(SignedJson.isSigned(SignedJson.parse(other).orElseThrow(), pair.publicKey()))
                .isTrue();
        assertThat(SignedJson.isSigned(
                        SignedJson.parse(other.replace(": 1}", ": 2}")).orElseThrow(), pair.publicKey()))
                .isFalse();
        assertThat(SignedJson.parse("{\"a\": 1, \"a\": 2}")).isEmpty();
        assertThat(SignedJson.parse("{\"a\": 1} x")).isEmpty();
    }
}
