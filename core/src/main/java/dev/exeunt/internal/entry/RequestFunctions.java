package dev.exeunt.internal.entry;

import dev.exeunt.internal.map.LifecycleSettings.OfferedFlow;
import dev.exeunt.internal.map.LocatedText;
import dev.exeunt.internal.plan.FlowPlan;
import dev.exeunt.internal.plan.PlannedSubject;
import dev.exeunt.internal.postgres.SqlFragment;
import dev.exeunt.internal.postgres.SqlTemplate;
import dev.exeunt.internal.request.LifecycleContext;
import dev.exeunt.internal.request.RequestRow;
import dev.exeunt.internal.schema.Column;
import dev.exeunt.map.AccountFlow;
import dev.exeunt.map.ExportSettings.RateLimit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Builds the functions that ask for an export or a deletion. They refuse at once what can be refused by reading:
 * each refusal has an SQLSTATE of its own, whose number is the HTTP status that PostgREST answers with. The rest is the worker's.
 */
final class RequestFunctions {

    static final String EXPORT = "exeunt.request_export()";
    static final String DELETION =
            "exeunt.request_deletion(pg_catalog.text,pg_catalog.text,pg_catalog.text,pg_catalog.text)";

    private static final String DELETION_SIGNATURE = """
            exeunt.request_deletion(flow pg_catalog.text, confirm pg_catalog.text DEFAULT NULL,
                acknowledge pg_catalog.text DEFAULT NULL, reason pg_catalog.text DEFAULT NULL)""";

    /** A later request of the same kind takes the place of a refused one. */
    private static final String STORE = """
            DELETE FROM exeunt.sql_request AS s
            WHERE s.subject = person AND s.subject_kind = :subjectKind AND s.kind = wanted AND s.state = 'refused';
            INSERT INTO exeunt.sql_request (kind, subject, subject_kind, requested_at, typed, acknowledged, reason)
            VALUES (wanted, person, :subjectKind, exeunt.clock(), {typed}, {acknowledged}, {reason});
            RETURN jsonb_build_object('kind', wanted, 'state', 'waiting', 'requested_at', exeunt.clock());""";

    private static final String SAME = """
            SELECT jsonb_build_object('kind', r.kind, 'state', r.state, 'requested_at', r.requested_at, 'due_at', r.due_at)
            INTO same FROM (
                SELECT q.kind, q.state, q.requested_at, q.due_at FROM exeunt.request AS q
                WHERE q.subject = person AND q.subject_kind = :subjectKind AND q.kind = wanted AND q.withdrawn_at IS NULL
                    AND q.state IN {open}
                UNION ALL
                SELECT s.kind, s.state, s.requested_at, NULL FROM exeunt.sql_request AS s
                WHERE s.subject = person AND s.subject_kind = :subjectKind AND s.kind = wanted AND s.state = 'waiting') AS r
            LIMIT 1;
            IF same IS NOT NULL THEN
                RETURN jsonb_strip_nulls(same);
            END IF;""";

    private static final String EXPORT_BODY = """
            #variable_conflict use_column
            DECLARE
                wanted CONSTANT text := 'export';
                person text[] := exeunt.lock_caller();
                same jsonb;
                again timestamptz;
            BEGIN
                IF EXISTS (SELECT FROM exeunt.request AS q WHERE q.subject = person AND q.subject_kind = :subjectKind
                        AND q.kind IN ('deactivate', 'delete-account') AND q.state = 'erasing') THEN
                    RAISE EXCEPTION USING ERRCODE = 'PT423', MESSAGE = 'It is too late: the erasure of the account has begun.';
                END IF;
                {same}
                {limit}
                {store}
            END
            """;

    private static final String LIMIT = """
            SELECT q.requested_at + {per} INTO again FROM exeunt.request AS q
            WHERE q.subject = person AND q.subject_kind = :subjectKind AND q.kind = 'export' AND q.state <> 'failed'
                AND q.requested_by = 'self' AND q.requested_at + {per} > exeunt.clock()
            ORDER BY q.requested_at DESC OFFSET {before} LIMIT 1;
            IF again IS NOT NULL THEN
                RAISE EXCEPTION USING ERRCODE = 'PT429', MESSAGE = :message,
                    DETAIL = format('It may be asked again from %s on.', to_char(again, 'YYYY-MM-DD"T"HH24:MI:SS"Z"'));
            END IF;""";

    private static final String DELETION_BODY = """
            #variable_conflict use_column
            DECLARE
                wanted CONSTANT text := request_deletion.flow;
                person text[] := exeunt.lock_caller();
                messages text[];
                same jsonb;
            BEGIN
                IF (wanted = ANY (:offered::text[])) IS NOT TRUE THEN
                    RAISE EXCEPTION USING ERRCODE = 'PT404', MESSAGE = :notOffered;
                END IF;
                {same}
                messages := exeunt.caller_warnings(wanted, person);
                IF cardinality(messages) > 0
                        AND exeunt.warning_digest(wanted, messages) IS DISTINCT FROM request_deletion.acknowledge THEN
                    RAISE EXCEPTION USING ERRCODE = 'PT409',
                        MESSAGE = 'Nothing was changed: there is something to be read and acknowledged first.',
                        HINT = 'Call exeunt.preview and hand back its digest.';
                END IF;
                {checks}
                {store}
            END
            """;

    private static final String CONFIRM = """
            IF wanted = :flow AND NOT EXISTS (
                SELECT FROM {subject} AS p WHERE {person}
                    AND lower(btrim(request_deletion.confirm, E' \\t\\r\\n\\f\\v')) IN (
                        SELECT lower(CAST(p.{identifier} AS text))
                        UNION ALL
                        SELECT lower(u.was[c.place]) FROM exeunt.request AS q
                        JOIN exeunt.hidden AS h ON h.request = q.id
                        CROSS JOIN unnest(h.columns) WITH ORDINALITY AS c(name, place)
                        JOIN exeunt.undo AS u ON u.request = h.request AND u.step = h.step
                        WHERE q.subject = person AND q.subject_kind = :subjectKind AND q.kind <> 'export' AND q.state IN {open}
                            AND h.table_schema = :schema AND h.table_name = :table AND h.key_columns = :key::text[]
                            AND c.name = :column)) THEN
                RAISE EXCEPTION USING ERRCODE = 'PT422', MESSAGE = :message;
            END IF;""";

    private final LifecycleContext context;
    private final PlannedSubject subject;
    private final String subjectKind;

    RequestFunctions(LifecycleContext context) {
        this.context = context;
        this.subject = context.subject();
        this.subjectKind = context.kind().text();
    }

    List<EntryFunction> functions() {
        return List.of(
                EntryFunction.writing(EXPORT + " RETURNS pg_catalog.jsonb", export()),
                EntryFunction.writing(DELETION_SIGNATURE + " RETURNS pg_catalog.jsonb", deletion()));
    }

    private SqlFragment export() {
        RateLimit limit = context.map().export().limit();
        return SqlTemplate.of(EXPORT_BODY)
                .bind("subjectKind", subjectKind)
                .fragment("same", same("('pending', 'running')"))
                .fragment("limit", limit == null ? SqlFragment.EMPTY : limit(limit))
                .fragment("store", store("NULL", "NULL", "NULL"))
                .toFragment();
    }

    /** A day of a limit is 24 hours. */
    private SqlFragment limit(RateLimit limit) {
        return SqlTemplate.of(LIMIT)
                .fragment("per", "interval '" + limit.per().longest().toHours() + " hours'")
                .bind("subjectKind", subjectKind)
                .fragment("before", Integer.toString(limit.requests() - 1))
                .bind(
                        "message",
                        "You can ask for your data " + limit.words() + ", and have done so. Nothing was changed.")
                .toFragment();
    }

    private SqlFragment deletion() {
        List<FlowPlan> flows = context.flows().values().stream()
                .filter(f -> f.offer().isPresent())
                .sorted((a, b) -> a.flow().compareTo(b.flow()))
                .toList();
        String[] offered = flows.stream().map(f -> f.flow().word()).toArray(String[]::new);
        List<SqlFragment> checks = new ArrayList<>();
        for (FlowPlan flow : flows) {
            LocatedText identifier = flow.offer().map(OfferedFlow::confirm).orElse(null);
            if (identifier != null) {
                checks.add(confirm(flow, identifier.text()));
            }
        }
        return SqlTemplate.of(DELETION_BODY)
                .bind("offered", offered)
                .bind(
                        "notOffered",
                        notOffered(flows.stream().map(FlowPlan::flow).toList()))
                .fragment("same", same(RequestRow.OPEN))
                .fragments("checks", "\n", checks)
                .fragment(
                        "store",
                        store("request_deletion.confirm", "request_deletion.acknowledge", "request_deletion.reason"))
                .toFragment();
    }

    static String notOffered(Collection<AccountFlow> offered) {
        return "There is no such flow, only "
                + offered.stream().map(AccountFlow::word).collect(Collectors.joining(", ")) + ".";
    }

    private SqlFragment confirm(FlowPlan flow, String identifier) {
        return SqlTemplate.of(CONFIRM)
                .bind("flow", flow.flow().word())
                .fragment("subject", subject.table().name().quoted())
                .fragment("person", PersonSql.isPerson(subject))
                .identifier("identifier", identifier)
                .bind("subjectKind", subjectKind)
                .fragment("open", RequestRow.OPEN)
                .bind("schema", subject.table().name().schema())
                .bind("table", subject.table().name().name())
                .bind("key", subject.key().stream().map(Column::name).toArray(String[]::new))
                .bind("column", identifier)
                .bind("message", "To confirm, type your " + identifier.replace('_', ' ') + ". Nothing was changed.")
                .toFragment();
    }

    private SqlFragment same(String open) {
        return SqlTemplate.of(SAME)
                .bind("subjectKind", subjectKind)
                .fragment("open", open)
                .toFragment();
    }

    private SqlFragment store(String typed, String acknowledged, String reason) {
        return SqlTemplate.of(STORE)
                .bind("subjectKind", subjectKind)
                .fragment("typed", typed)
                .fragment("acknowledged", acknowledged)
                .fragment("reason", reason)
                .toFragment();
    }
}
