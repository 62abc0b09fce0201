package dev.exeunt.lifecycle;

import dev.exeunt.erase.Receipt;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** A receipt as it is stored: counts, and what the map says of what stays. */
final class ReceiptJson {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private ReceiptJson() {}

    static String of(Receipt receipt) {
        ObjectNode json = JSON.createObjectNode();
        json.put("receipt", receipt.receipt());
        json.put("erasedAt", receipt.erasedAt().toString());
        json.put("subjects", receipt.subjects());
        json.put("catalogueDigest", receipt.catalogueDigest());
        json.put("planDigest", receipt.planDigest());
        ArrayNode tables = json.putArray("tables");
        for (Receipt.TableReceipt table : receipt.tables()) {
            ObjectNode one = tables.addObject();
            one.put("table", table.table());
            one.put("deleted", table.deleted());
            one.put("changed", table.changed());
            ArrayNode roles = one.putArray("roles");
            for (Receipt.RoleReceipt role : table.roles()) {
                ObjectNode each = roles.addObject();
                each.put("role", role.role());
                each.put("fate", role.fate());
                each.put("reached", role.reached());
                each.put("reason", role.reason());
                each.put("basis", role.basis());
                each.put("period", role.period());
            }
        }
        return JSON.writeValueAsString(json);
    }
}
