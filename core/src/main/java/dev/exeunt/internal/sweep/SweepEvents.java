package dev.exeunt.internal.sweep;

import dev.exeunt.erase.SweepResult.SweptRole;
import dev.exeunt.internal.request.RequestTransaction;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import tools.jackson.databind.json.JsonMapper;

/** Records a sweep: one audit event for each erasure whose rows it deleted, with the counts as its receipt. */
final class SweepEvents {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private SweepEvents() {}

    static void append(RequestTransaction transaction, Map<SweepRule, Map<UUID, SweepCounts>> deleted)
            throws SQLException {
        Map<UUID, List<SweptRole>> byErasure = new LinkedHashMap<>();
        deleted.forEach((rule, counts) -> counts.forEach((erasure, count) -> {
            if (count.changesAnything()) {
                byErasure.computeIfAbsent(erasure, e -> new ArrayList<>()).add(count.of(rule));
            }
        }));
        Map<UUID, String> receipts = new LinkedHashMap<>();
        byErasure.forEach((erasure, roles) -> receipts.put(erasure, receipt(erasure, roles)));
        transaction.events().appendSweeps(transaction.now(), receipts);
    }

    /** Returns the receipt on one line: the number of the erasure's receipt, and what became of the rows that it kept. */
    private static String receipt(UUID erasure, List<SweptRole> roles) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("receipt", erasure.toString());
        json.put("roles", roles.stream().map(SweptRole::toMap).toList());
        return JSON.writeValueAsString(json);
    }
}
