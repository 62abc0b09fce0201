package dev.exeunt.internal.archive;

import dev.exeunt.HashKey;
import dev.exeunt.export.ExportRefusedException;
import dev.exeunt.support.security.SigningKey;
import dev.exeunt.support.security.TokenSigner;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Arrays;
import java.util.UUID;

/**
 * Links that we sign and check ourselves, for archives whose store has none. A link is for one export, one person and
 * so long; it may be followed as often as one likes until then. The link reveals the export's id and the hour. It
 * reveals nothing about the person, not even that two links belong to the same person.
 *
 * <p>A token is version, export, expiry, person (hashed with the export, keyed), signature: 75 bytes, so that no bit of its 100
 * characters can be changed unnoticed.
 */
public final class DownloadLinks {

    private static final byte VERSION = 1;
    private static final int PERSON = 18;
    private static final int PAYLOAD = 1 + 16 + 8 + PERSON;
    private static final int SIGNATURE = 32;

    private final TokenSigner links;
    private final SigningKey people;

    public DownloadLinks(HashKey key) {
        this.links = new TokenSigner(key, "download links", SIGNATURE);
        this.people = new SigningKey(key, "people in download links");
    }

    /**
     * @param person what is always the same for the person and never for another, as {@link HashKey#hash}
     * @param expires rounded down to seconds; from then on the link is refused
     * @return 100 characters that need no escaping in a URL
     */
    public String token(UUID export, byte[] person, Instant expires) {
        ByteBuffer payload = ByteBuffer.allocate(PAYLOAD)
                .put(VERSION)
                .putLong(export.getMostSignificantBits())
                .putLong(export.getLeastSignificantBits())
                .putLong(expires.getEpochSecond())
                .put(people.sign(bound(export, person)), 0, PERSON);
        return links.token(payload.array());
    }

    /**
     * Reads a link whose signature is ours. Call {@link AuthenticLink#requireCurrent} before you use it: the expiry is not checked
     * here.
     *
     * @throws ExportRefusedException where we have not made exactly this text
     */
    public AuthenticLink verify(String token) {
        byte[] payload = links.payload(token)
                .filter(p -> p.length == PAYLOAD && p[0] == VERSION)
                .orElseThrow(ExportRefusedException::alteredLink);
        ByteBuffer read = ByteBuffer.wrap(payload, 1, PAYLOAD - 1);
        UUID export = new UUID(read.getLong(), read.getLong());
        Instant expires = Instant.ofEpochSecond(read.getLong());
        return new AuthenticLink(export, expires, Arrays.copyOfRange(payload, PAYLOAD - PERSON, PAYLOAD));
    }

    private static byte[] bound(UUID export, byte[] person) {
        return ByteBuffer.allocate(16 + person.length)
                .putLong(export.getMostSignificantBits())
                .putLong(export.getLeastSignificantBits())
                .put(person)
                .array();
    }

    /**
     * Holds the contents of a download link whose signature was verified. Callers check the expiry by {@link #requireCurrent} and the
     * person by {@link #isFor}.
     */
    public final class AuthenticLink {
        private final UUID export;
        private final Instant expires;
        private final byte[] person;

        private AuthenticLink(UUID export, Instant expires, byte[] person) {
            this.export = export;
            this.expires = expires;
            this.person = person;
        }

        public UUID export() {
            return export;
        }

        public Instant expires() {
            return expires;
        }

        /** @throws ExportRefusedException where it is over by then */
        public AuthenticLink requireCurrent(Instant now) {
            if (!now.isBefore(expires)) {
                throw ExportRefusedException.expiredLink();
            }
            return this;
        }

        /** @param other as {@link DownloadLinks#token} was given */
        public boolean isFor(byte[] other) {
            return people.signed(bound(export, other), person);
        }
    }
}
