package dev.exeunt.support.message;

import dev.exeunt.HashKey;
import dev.exeunt.internal.map.SubjectKind;
import dev.exeunt.internal.reach.SubjectKey;
import dev.exeunt.support.security.SigningKey;
import dev.exeunt.support.security.TextCipher;
import dev.exeunt.support.security.TokenSigner;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Encrypts, hashes and signs what one-time links need, with the secret that is not in the database. Hashes and encrypted texts are hexadecimal. */
final class LinkCipher {

    /** In UTF-8. */
    private static final int LONGEST_ASKED = 1_600;

    private static final int LONGEST_KEY = 2_000;

    /** Stands between the parts of what was asked: no part can hold it, since PostgreSQL takes no text with it. */
    private static final String BETWEEN = "\0";

    private static final byte VERSION = 1;
    private static final int SIGNATURE = 32;
    private static final int TOKEN = 1 + 2 * Long.BYTES;

    /** Of an IPv6 address. A provider gives each customer that many at least (RFC 6177). */
    private static final int NETWORK_BYTES = 8;

    private final HashKey key;
    private final SubjectKind kind;
    private final TextCipher asked;
    private final TextCipher person;
    private final SigningKey clients;
    private final SigningKey addresses;
    private final TokenSigner tokens;

    LinkCipher(HashKey key, SubjectKind kind) {
        this.key = key;
        this.kind = kind;
        this.asked = new TextCipher(key, "wishes for one-time links", LONGEST_ASKED);
        this.person = new TextCipher(key, "people of one-time links", LONGEST_KEY);
        this.clients = new SigningKey(key, "clients of one-time links");
        this.addresses = new SigningKey(key, "addresses of one-time links");
        this.tokens = new TokenSigner(key, "one-time links", SIGNATURE);
    }

    /** Holds what was asked, as it was decrypted. */
    record Asked(String kind, String identifier, String language) {
        @Override
        public String toString() {
            return "Asked[hidden]";
        }
    }

    String encrypt(UUID id, LinkWish wish) {
        String language = wish.language() == null ? "" : wish.language();
        return hex(asked.encrypt(
                String.join(BETWEEN, wish.kind(), language, wish.identifier().replace(BETWEEN, "")), id.toString()));
    }

    /** Returns what was asked; empty where it was encrypted with another secret, or belongs to another row. */
    Optional<Asked> asked(UUID id, byte[] encrypted) {
        return asked.decrypt(encrypted, id.toString())
                .map(text -> text.split(BETWEEN, -1))
                .map(parts -> new Asked(parts[0], parts[2], parts[1]));
    }

    String encrypt(UUID id, SubjectKey subject) {
        return hex(person.encrypt(String.join(BETWEEN, subject.parts()), id.toString()));
    }

    /** Returns the person's key; empty where it was encrypted with another secret, or belongs to another row. */
    Optional<SubjectKey> person(UUID id, byte[] encrypted) {
        return person.decrypt(encrypted, id.toString()).map(text -> new SubjectKey(List.of(text.split(BETWEEN, -1))));
    }

    String hash(SubjectKey subject) {
        return key.hashHex(kind.text(), subject.parts());
    }

    String addressHash(String address) {
        return addresses.signHex(address);
    }

    /** Returns the hash of a network address; of IPv6 that of the network, since one machine has many addresses in it. */
    String clientHash(String client) {
        return clients.signHex(network(client));
    }

    /** A name is never looked up: a proxy's header may hold any. */
    private static String network(String client) {
        if (!client.matches("[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*")) {
            return client;
        }
        try {
            byte[] address = InetAddress.getByName(client).getAddress();
            return address.length == Integer.BYTES
                    ? client
                    : new BigInteger(1, Arrays.copyOf(address, NETWORK_BYTES)).toString(16);
        } catch (UnknownHostException e) {
            return client; // no address; the text itself is limited
        }
    }

    String token(UUID id) {
        return tokens.token(ByteBuffer.allocate(TOKEN)
                .put(VERSION)
                .putLong(id.getMostSignificantBits())
                .putLong(id.getLeastSignificantBits())
                .array());
    }

    /** Returns the id of a link; empty where the text is no link of ours. */
    Optional<UUID> id(String token) {
        return tokens.payload(token)
                .filter(payload -> payload.length == TOKEN && payload[0] == VERSION)
                .map(payload -> ByteBuffer.wrap(payload, 1, 2 * Long.BYTES))
                .map(payload -> new UUID(payload.getLong(), payload.getLong()));
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }
}
