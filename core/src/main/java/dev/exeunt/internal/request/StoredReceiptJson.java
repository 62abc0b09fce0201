package dev.exeunt.internal.request;

import dev.exeunt.HashKey;
import dev.exeunt.erase.ReceiptKeys;
import dev.exeunt.internal.postgres.SqlFragment;
import dev.exeunt.support.security.SignatureKeyPair;
import dev.exeunt.support.security.SignedJson;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * Brings a stored receipt up to date. Files are deleted after the receipt is stored and signed, so that it is signed anew with their
 * counts. One that was changed in the database is not signed: it is handed out with the signature that it bears, which does not fit.
 */
final class StoredReceiptJson {

    /** The counts of the erasure's files as JSON; NULL where there are none. */
    static final SqlFragment FILES = SqlFragment.of("""
            (SELECT jsonb_build_object('deleted', f.deleted, 'inUse', f.in_use,
                'missing', f.missing, 'refused', f.refused,
                'waiting', (SELECT count(*) FROM exeunt.file_deletion AS d WHERE d.erasure = f.erasure))
            FROM exeunt.file_erasure AS f WHERE f.erasure = (receipt ->> 'receipt')::uuid)""");

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final HashKey key;

    StoredReceiptJson(HashKey key) {
        this.key = key;
    }

    /** Reads the columns {@code receipt} and {@code files}. */
    @Nullable
    String text(ResultSet row) throws SQLException {
        String stored = row.getString("receipt");
        String files = row.getString("files");
        if (stored == null || files == null) {
            return stored;
        }
        return SignedJson.parse(stored)
                .map(members -> withFiles(stored, members, files))
                .orElse(stored);
    }

    private String withFiles(String stored, Map<String, @Nullable Object> members, String files) {
        Map<String, @Nullable Object> counts = SignedJson.parse(files).orElseThrow();
        if (counts.equals(members.get("files"))) {
            return stored;
        }
        Map<String, @Nullable Object> now = new LinkedHashMap<>(members);
        now.put("files", counts);
        return switch (ReceiptKeys.of(key).check(stored).result()) {
            case UNSIGNED -> JSON.writeValueAsString(now);
            case UNCHANGED -> JSON.writeValueAsString(SignedJson.sign(now, SignatureKeyPair.forReceipts(key)));
            case CHANGED, OTHER_KEY -> stored;
        };
    }
}
