package dev.exeunt.internal.request;

import dev.exeunt.HashKey;
import dev.exeunt.internal.postgres.SqlFragment;
import dev.exeunt.internal.postgres.SqlRunner;
import dev.exeunt.internal.postgres.SqlTemplate;
import dev.exeunt.request.AccountRequests;
import dev.exeunt.support.security.TokenSigner;
import java.nio.ByteBuffer;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Creates a secret for each request and finds the stored receipt by it. The secret is given with the request, is signed
 * by us, and is written down nowhere.
 */
public final class ReceiptSecrets {

    private static final int ID = 16;
    private static final int SIGNATURE = 16;

    /** Of the present key first. People keep a receipt link for years: those that former keys signed are good too. */
    private final List<TokenSigner> secrets;

    private final StoredReceiptJson receipts;

    public ReceiptSecrets(HashKey key) {
        this.secrets = key.all().stream()
                .map(k -> new TokenSigner(k, "receipts", SIGNATURE))
                .toList();
        this.receipts = new StoredReceiptJson(key);
    }

    /** 43 characters that are safe in a URL. */
    public String secret(UUID request) {
        return secrets.get(0).token(bytes(request));
    }

    /** Empty where the secret is none of ours. */
    public Optional<AccountRequests.StoredReceipt> find(LifecycleContext context, String secret) {
        Optional<UUID> id = request(secret);
        if (id.isEmpty()) {
            return Optional.empty();
        }
        return RequestTransaction.runReadOnly(
                context, "looking for a receipt", transaction -> kept(transaction, id.get()));
    }

    private Optional<AccountRequests.StoredReceipt> kept(RequestTransaction transaction, UUID id) throws SQLException {
        SqlFragment select = SqlTemplate.of(
                        "SELECT {columns}, receipt, {files} AS files FROM exeunt.request WHERE kind <> 'export' AND id = :id")
                .fragment("columns", RequestRow.COLUMNS)
                .fragment("files", StoredReceiptJson.FILES)
                .bind("id", id)
                .toFragment();
        return SqlRunner.first(
                transaction.connection(),
                select,
                row -> new AccountRequests.StoredReceipt(RequestRow.read(row), receipts.text(row)));
    }

    private Optional<UUID> request(String secret) {
        return secrets.stream()
                .flatMap(key -> key.payload(secret).stream())
                .findFirst()
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
