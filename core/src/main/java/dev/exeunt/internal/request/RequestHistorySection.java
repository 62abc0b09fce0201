package dev.exeunt.internal.request;

import dev.exeunt.internal.export.section.ExtraSection;
import dev.exeunt.internal.export.section.ExtraSection.ExtraColumn;
import dev.exeunt.internal.map.SubjectKind;
import dev.exeunt.internal.postgres.SqlFragment;
import dev.exeunt.internal.postgres.SqlTemplate;
import dev.exeunt.internal.reach.SubjectKey;
import java.util.List;

/** Builds the export section that lists the person's own requests. Staff are not named in it. */
final class RequestHistorySection {

    private static final List<ExtraColumn> COLUMNS = List.of(
            ExtraColumn.text("kind"),
            ExtraColumn.text("state"),
            ExtraColumn.instant("requested_at"),
            ExtraColumn.text("requested_by"),
            ExtraColumn.text("reason"),
            ExtraColumn.instant("soft_deleted_at"),
            ExtraColumn.instant("login_blocked_until"),
            ExtraColumn.instant("due_at"),
            ExtraColumn.instant("cancelled_at"),
            ExtraColumn.instant("reactivated_at"),
            ExtraColumn.number("bytes"));

    private static final String ROWS = """
            SELECT r.kind, r.state, r.requested_at, CASE WHEN r.requested_by OPERATOR(pg_catalog.=) 'self' THEN 'self' ELSE 'staff' END AS requested_by,
                r.reason, r.soft_deleted_at, r.login_blocked_until, r.due_at, r.cancelled_at, r.reactivated_at, e.bytes
            FROM exeunt.request r LEFT JOIN exeunt.export e ON e.request OPERATOR(pg_catalog.=) r.id
            WHERE r.subject OPERATOR(pg_catalog.=) :subject::pg_catalog.text[] AND r.subject_kind OPERATOR(pg_catalog.=) :kind
            ORDER BY r.requested_at, r.id
            """;

    private RequestHistorySection() {}

    static ExtraSection of(SubjectKind kind, SubjectKey subject) {
        SqlFragment rows = SqlTemplate.of(ROWS)
                .bind("subject", SubjectCondition.array(subject))
                .bind("kind", kind.text())
                .toFragment();
        return new ExtraSection("data_requests", COLUMNS, rows);
    }
}
