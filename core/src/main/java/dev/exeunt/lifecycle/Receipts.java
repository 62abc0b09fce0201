package dev.exeunt.lifecycle;

import dev.exeunt.ledger.HashKey;
import dev.exeunt.ledger.TokenSigner;
import dev.exeunt.postgres.Fragment;
import java.nio.ByteBuffer;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What became of a request, for whoever has its secret: also for somebody who has no account any more to sign in with. The secret is
 * given with the request, is signed by us, and is written down nowhere.
 */
public final class Receipts {

    private static final int ID = 16;
    private static final int SIGNATURE = 16;

    private final TokenSigner secrets;

    Receipts(HashKey key) {
        this.secrets = key.tokenSigner("receipts", SIGNATURE);
    }

    /**
     * A request and its receipt.
     *
     * @param receipt JSON without anything of anybody: what was done to which table; null until it is done
     */
    public record Kept(Request request, @Nullable String receipt) {}

    /** 43 characters that are safe in a URL. */
    String secret(UUID request) {
        return secrets.token(bytes(request));
    }

    /** Empty where the secret is none of ours. */
    Optional<Kept> of(Setting setting, String secret) {
        Optional<UUID> id = request(secret);
        if (id.isEmpty()) {
            return Optional.empty();
        }
        return Desk.looking(setting, "looking for a receipt", desk -> kept(desk, id.get()));
    }

    private static Optional<Kept> kept(Desk desk, UUID id) throws SQLException {
        Fragment select = Fragment.of(
                "SELECT " + Requests.COLUMNS + ", receipt FROM exeunt.request WHERE kind <> 'export' AND id = ?::uuid",
                id.toString());
        try (PreparedStatement statement = select.prepare(desk.connection());
                ResultSet row = statement.executeQuery()) {
            return row.next() ? Optional.of(new Kept(Requests.read(row), row.getString("receipt"))) : Optional.empty();
        }
    }

    private Optional<UUID> request(String secret) {
        return secrets.payload(secret)
                .filter(id -> id.length == ID)
                .map(ByteBuffer::wrap)
                .map(id -> new UUID(id.getLong(), id.getLong()));
    }

    private static byte[] bytes(UUID id) {
        return ByteBuffer.allocate(ID)
                .putLong(id.getMostSignificantBits())
                .putLong(id.getLeastSignificantBits())
                .array();
    }
}
