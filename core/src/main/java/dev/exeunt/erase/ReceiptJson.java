package dev.exeunt.erase;

import dev.exeunt.erase.Receipt.FileReceipt;
import dev.exeunt.erase.Receipt.ReceiptSignature;
import dev.exeunt.erase.Receipt.RoleReceipt;
import dev.exeunt.erase.Receipt.SideEffectReceipt;
import dev.exeunt.erase.Receipt.TableReceipt;
import dev.exeunt.erase.SweepResult.SweptRole;
import dev.exeunt.support.security.SignedJson;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * Writes a receipt as JSON, in the one shape that is stored, saved to a file, printed and sent over HTTP. The fields
 * are listed in {@code docs/reference/commands.md}.
 */
final class ReceiptJson {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private ReceiptJson() {}

    /** Returns the receipt on one line, as it is stored. */
    static String text(Receipt receipt) {
        return JSON.writeValueAsString(fields(receipt));
    }

    /** Returns the receipt's fields in their order: texts, numbers, lists and maps. */
    static Map<String, @Nullable Object> fields(Receipt receipt) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("receipt", receipt.receipt());
        json.put("erasedAt", receipt.erasedAt().toString());
        json.put("subjects", receipt.subjects());
        json.put("database", receipt.database());
        json.put("catalogueDigest", receipt.catalogueDigest());
        json.put("planDigest", receipt.planDigest());
        json.put("tables", receipt.tables().stream().map(ReceiptJson::table).toList());
        json.put(
                "aside",
                receipt.sideEffects().stream().map(ReceiptJson::sideEffect).toList());
        FileReceipt files = receipt.files();
        if (files != null) {
            json.put("files", file(files));
        }
        ReceiptSignature signature = receipt.signature();
        if (signature != null) {
            json.put(SignedJson.SIGNATURE, signature(signature));
        }
        return json;
    }

    private static Map<String, @Nullable Object> signature(ReceiptSignature signature) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("algorithm", signature.algorithm());
        json.put("key", signature.key());
        json.put("value", signature.value());
        return json;
    }

    /** Returns the signature of fields that {@link SignedJson#sign} has signed. */
    static ReceiptSignature signature(Map<String, @Nullable Object> signed) {
        Map<?, ?> json = (Map<?, ?>) Objects.requireNonNull(signed.get(SignedJson.SIGNATURE));
        return new ReceiptSignature(
                String.valueOf(json.get("algorithm")),
                String.valueOf(json.get("key")),
                String.valueOf(json.get("value")));
    }

    private static Map<String, @Nullable Object> file(FileReceipt files) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("deleted", files.deleted());
        json.put("inUse", files.inUse());
        json.put("missing", files.missing());
        json.put("refused", files.refused());
        json.put("waiting", files.waiting());
        return json;
    }

    /** Returns the fields of what a sweep would delete, or has deleted. */
    static Map<String, @Nullable Object> fields(SweepResult swept) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("at", swept.at().toString());
        json.put("deleted", swept.deleted());
        json.put("roles", swept.roles().stream().map(ReceiptJson::fields).toList());
        json.put("failures", swept.failures());
        json.put("unruled", swept.unruled());
        json.put("next", swept.next() == null ? null : swept.next().toString());
        return json;
    }

    static Map<String, @Nullable Object> fields(SweptRole role) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("role", role.role());
        json.put("reason", role.reason());
        json.put("period", role.period());
        json.put("deleted", role.deleted());
        json.put("passedOn", role.passedOn());
        json.put("owned", role.owned());
        json.put("keptLonger", role.keptLonger());
        json.put("referred", role.referred());
        json.put("gone", role.gone());
        return json;
    }

    private static Map<String, @Nullable Object> sideEffect(SideEffectReceipt rows) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("table", rows.table());
        json.put("inserted", rows.inserted());
        json.put("updated", rows.updated());
        json.put("deleted", rows.deleted());
        json.put("holding", rows.holding());
        return json;
    }

    private static Map<String, @Nullable Object> table(TableReceipt table) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("table", table.table());
        json.put("deleted", table.deleted());
        json.put("changed", table.changed());
        json.put("roles", table.roles().stream().map(ReceiptJson::role).toList());
        return json;
    }

    private static Map<String, @Nullable Object> role(RoleReceipt role) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("role", role.role());
        json.put("fate", role.fate());
        json.put("reached", role.reached());
        json.put("reason", role.reason());
        json.put("basis", role.basis());
        json.put("for", role.period());
        // readers of earlier versions know the period by this name only
        json.put("period", role.period());
        json.put("shared", role.shared());
        return json;
    }
}
