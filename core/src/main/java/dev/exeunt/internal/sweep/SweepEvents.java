package dev.exeunt.internal.sweep;

import dev.exeunt.erase.ReceiptJson;
import dev.exeunt.erase.SweepResult.SweptRole;
import dev.exeunt.internal.request.RequestTransaction;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Records a sweep: one audit event for each erasure whose rows it deleted, with the counts as its receipt. */
final class SweepEvents {

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
        byErasure.forEach((erasure, roles) -> receipts.put(erasure, ReceiptJson.text(erasure.toString(), roles)));
        transaction.events().appendSweeps(transaction.now(), receipts);
    }
}
