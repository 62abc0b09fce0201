package dev.exeunt.archive;

import dev.exeunt.ledger.HashKey;
import dev.exeunt.ledger.SigningKey;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.UUID;

/**
 * Links that we sign and check ourselves, for archives whose store has none. A link is for one export, one person and so long; it
 * may be followed as often as one likes until then. Whoever holds it can tell the export's id and the hour from it, and nothing
 * about the person, not even that two links are the same one's.
 *
 * <p>A token is version, export, expiry, person (hashed with the export, keyed), signature: 75 bytes, so that no bit of its 100
 * characters can be changed unnoticed.
 */
public final class DownloadLinks {

    private static final byte VERSION = 1;
    private static final int PERSON = 18;
    private static final int SIGNED = 1 + 16 + 8 + PERSON;
    private static final int BYTES = SIGNED + 32;
    private static final int LENGTH = BYTES / 3 * 4;

    private final SigningKey links;
    private final SigningKey people;
    private final Clock clock;

    public DownloadLinks(HashKey key, Clock clock) {
        this.links = key.signingKey("download links");
        this.people = key.signingKey("people in download links");
        this.clock = clock;
    }

    /**
     * @param person what is always the same for the person and never for another, as {@link HashKey#hash}
     * @param expires rounded down to seconds; from then on the link is refused
     * @return 100 characters that need no escaping in a URL
     */
    public String token(UUID export, byte[] person, Instant expires) {
        ByteBuffer token = ByteBuffer.allocate(BYTES)
                .put(VERSION)
                .putLong(export.getMostSignificantBits())
                .putLong(export.getLeastSignificantBits())
                .putLong(expires.getEpochSecond())
                .put(people.sign(bound(export, person)), 0, PERSON);
        token.put(links.sign(Arrays.copyOf(token.array(), SIGNED)));
        return Base64.getUrlEncoder().withoutPadding().encodeToString(token.array());
    }

    /**
     * What a link says, once it is certain that we said it and that it still holds.
     *
     * @throws LinkRefusedException where neither or only one is so
     */
    public Link verify(String token) {
        byte[] bytes = decoded(token);
        if (!links.signed(Arrays.copyOf(bytes, SIGNED), Arrays.copyOfRange(bytes, SIGNED, BYTES))) {
            throw new LinkRefusedException(LinkRefusedException.Why.ALTERED);
        }
        ByteBuffer read = ByteBuffer.wrap(bytes, 1, SIGNED - 1);
        UUID export = new UUID(read.getLong(), read.getLong());
        Instant expires = Instant.ofEpochSecond(read.getLong());
        if (!clock.instant().isBefore(expires)) {
            throw new LinkRefusedException(LinkRefusedException.Why.EXPIRED);
        }
        return new Link(export, expires, Arrays.copyOfRange(bytes, SIGNED - PERSON, SIGNED));
    }

    private static byte[] decoded(String token) {
        if (token.length() == LENGTH) {
            try {
                byte[] bytes = Base64.getUrlDecoder().decode(token);
                if (bytes.length == BYTES && bytes[0] == VERSION) {
                    return bytes;
                }
            } catch (IllegalArgumentException e) {
                // refused below
            }
        }
        throw new LinkRefusedException(LinkRefusedException.Why.ALTERED);
    }

    private static byte[] bound(UUID export, byte[] person) {
        return ByteBuffer.allocate(16 + person.length)
                .putLong(export.getMostSignificantBits())
                .putLong(export.getLeastSignificantBits())
                .put(person)
                .array();
    }

    /** A link that holds. For whom, {@link #isFor} tells, and has to be asked. */
    public final class Link {
        private final UUID export;
        private final Instant expires;
        private final byte[] person;

        private Link(UUID export, Instant expires, byte[] person) {
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

        /** @param other as {@link DownloadLinks#token} was given */
        public boolean isFor(byte[] other) {
            return people.signed(bound(export, other), person);
        }
    }
}
