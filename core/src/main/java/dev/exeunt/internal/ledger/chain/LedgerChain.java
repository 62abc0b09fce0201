package dev.exeunt.internal.ledger.chain;

import dev.exeunt.HashKey;
import dev.exeunt.ledger.LedgerException;
import dev.exeunt.ledger.LedgerSink.Entry;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Follows the chain of the ledger. The keyed hash of each entry covers the hash of the entry before, so that no entry can be changed, left
 * out or moved without the key. That the last entries are missing shows only where another copy has them.
 */
public final class LedgerChain implements Consumer<Entry> {

    /** Stands for the entry before the first. */
    static final String START = "0".repeat(64);

    private final Map<String, HashKey> keys;
    private long position;
    private String mac;

    /**
     * @param after the entry before the first that is followed; null to begin with the first of all
     * @param keys that entries were made under, the present one and earlier ones
     */
    public LedgerChain(@Nullable Entry after, List<HashKey> keys) {
        this.keys = keys.stream()
                .flatMap(k -> k.all().stream())
                .distinct()
                .collect(Collectors.toMap(HashKey::id, Function.identity()));
        this.position = after == null ? 0 : after.position();
        this.mac = after == null ? START : after.mac();
    }

    /** Returns the keyed hash of an entry, in hexadecimal. */
    static String mac(HashKey key, String previous, long position, String text) {
        ByteArrayOutputStream covered = new ByteArrayOutputStream();
        covered.writeBytes(HexFormat.of().parseHex(previous));
        covered.writeBytes(ByteBuffer.allocate(Long.BYTES).putLong(position).array());
        covered.writeBytes(text.getBytes(StandardCharsets.UTF_8));
        return HexFormat.of().formatHex(key.sign("ledger", covered.toByteArray()));
    }

    /**
     * Checks the next entry.
     *
     * @throws LedgerException where it is not the one that was written there
     */
    @Override
    public void accept(Entry entry) {
        long expected = position + 1;
        if (entry.position() != expected) {
            throw tampered(expected, "is missing or out of order");
        }
        String id = keyId(entry.text());
        HashKey key = keys.get(id);
        if (key == null) {
            throw tampered(
                    expected,
                    id.matches("[0-9a-f]{8}")
                            ? "was made under the key " + id
                                    + ", which is neither EXEUNT_KEY nor in EXEUNT_FORMER_KEYS, or was changed"
                            : "was changed");
        }
        byte[] right = mac(key, mac, expected, entry.text()).getBytes(StandardCharsets.US_ASCII);
        if (!MessageDigest.isEqual(right, entry.mac().getBytes(StandardCharsets.UTF_8))) {
            throw tampered(expected, "was changed");
        }
        position = expected;
        mac = entry.mac();
    }

    /** How many entries were followed, from the first of all. */
    public long position() {
        return position;
    }

    /** The keyed hash of the entry that was followed last. */
    public String mac() {
        return mac;
    }

    private static String keyId(String text) {
        int at = text.lastIndexOf(" key=");
        return at < 0 ? "" : text.substring(at + 5);
    }

    private static LedgerException tampered(long position, String how) {
        return new LedgerException(
                LedgerException.Reason.TAMPERED,
                "Entry " + position + " of the ledger " + how + ". Compare it with a copy that you trust.");
    }
}
