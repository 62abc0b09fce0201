package dev.exeunt.internal.entry;

import dev.exeunt.internal.guard.WarningSql;
import dev.exeunt.internal.map.LifecycleSettings.FlowWarning;
import dev.exeunt.internal.map.LifecycleSettings.OfferedFlow;
import dev.exeunt.internal.map.LocatedText;
import dev.exeunt.internal.plan.FlowPlan;
import dev.exeunt.internal.plan.PlannedSubject;
import dev.exeunt.internal.postgres.SqlFragment;
import dev.exeunt.internal.postgres.SqlTemplate;
import dev.exeunt.internal.request.LifecycleContext;
import dev.exeunt.map.AccountFlow;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Builds the function that shows what a request would do: rows by link, warnings, and the digest that acknowledges them. */
final class PreviewFunctions {

    static final String PREVIEW = "exeunt.preview(pg_catalog.text)";
    static final String WARNINGS = "exeunt.caller_warnings(pg_catalog.text,pg_catalog.text[])";
    static final String DIGEST = "exeunt.warning_digest(pg_catalog.text,pg_catalog.text[])";

    private static final String PREVIEW_BODY = """
            DECLARE
                person text[] := exeunt.caller_key();
                messages text[];
            BEGIN
                IF (preview.flow = ANY (:offered::text[])) IS NOT TRUE THEN
                    RAISE EXCEPTION USING ERRCODE = 'PT404', MESSAGE = :notOffered;
                END IF;
                messages := exeunt.caller_warnings(preview.flow, person);
                RETURN jsonb_build_object('flow', preview.flow, 'rows', CASE preview.flow {counts} END,
                    'warnings', to_jsonb(messages), 'digest', exeunt.warning_digest(preview.flow, messages),
                    'confirm', CASE preview.flow {confirms} END);
            END
            """;

    /** Holds SQL of the map, and so runs in the path of the role that made it. */
    private static final String WARNINGS_BODY = """
            #variable_conflict use_column
            DECLARE
                exeunt_messages pg_catalog.text[] := '{}';
            BEGIN
            {warnings}
                RETURN exeunt_messages;
            END
            """;

    private static final String WARNING = """
                IF exeunt_flow OPERATOR(pg_catalog.=) ANY (:flows::pg_catalog.text[]) THEN
                    exeunt_messages := pg_catalog.array_cat(exeunt_messages, ARRAY({query}
                    ));
                END IF;""";

    private static final String DIGEST_BODY = """
            BEGIN
                RETURN {digest};
            END
            """;

    private final LifecycleContext context;
    private final PlannedSubject subject;
    private final Map<AccountFlow, FlowPlan> offered = new TreeMap<>();

    PreviewFunctions(LifecycleContext context) {
        this.context = context;
        this.subject = context.subject();
        context.flows().forEach((flow, plan) -> plan.offer().ifPresent(offer -> offered.put(flow, plan)));
    }

    /** The functions that count a person's rows, which hold SQL of the map. */
    List<String> counts() {
        return offered.keySet().stream().map(RowCountFunction::signature).toList();
    }

    List<EntryFunction> functions() {
        List<EntryFunction> functions = new ArrayList<>();
        offered.forEach((flow, plan) -> functions.add(new RowCountFunction(plan.erasure()).function(flow)));
        functions.add(EntryFunction.reading(
                "exeunt.caller_warnings(exeunt_flow pg_catalog.text, exeunt_person pg_catalog.text[])"
                        + " RETURNS pg_catalog.text[]",
                warnings()));
        functions.add(EntryFunction.reading(
                "exeunt.warning_digest(flow pg_catalog.text, messages pg_catalog.text[]) RETURNS pg_catalog.text",
                SqlTemplate.of(DIGEST_BODY)
                        .fragment("digest", WarningSql.digest("flow", "messages"))
                        .toFragment()));
        functions.add(
                EntryFunction.reading("exeunt.preview(flow pg_catalog.text) RETURNS pg_catalog.jsonb", preview()));
        return functions;
    }

    private SqlFragment warnings() {
        List<SqlFragment> warnings = new ArrayList<>();
        for (FlowWarning warning : context.map().lifecycle().warnings()) {
            warnings.add(SqlTemplate.of(WARNING)
                    .bind(
                            "flows",
                            warning.flows().stream().map(AccountFlow::word).toArray(String[]::new))
                    .fragment("query", WarningSql.ofVariable(warning, subject, "exeunt_person"))
                    .toFragment());
        }
        return SqlTemplate.of(WARNINGS_BODY)
                .fragments("warnings", "\n", warnings)
                .toFragment();
    }

    private SqlFragment preview() {
        List<SqlFragment> counts = new ArrayList<>();
        List<SqlFragment> confirms = new ArrayList<>();
        offered.forEach((flow, plan) -> {
            counts.add(SqlTemplate.of("WHEN :flow THEN {rows}(person)")
                    .bind("flow", flow.word())
                    .fragment("rows", RowCountFunction.name(flow))
                    .toFragment());
            LocatedText identifier = plan.offer().map(OfferedFlow::confirm).orElse(null);
            confirms.add(SqlTemplate.of("WHEN :flow THEN CAST(:identifier AS text)")
                    .bind("flow", flow.word())
                    .bind("identifier", identifier == null ? null : identifier.text())
                    .toFragment());
        });
        return SqlTemplate.of(PREVIEW_BODY)
                .bind(
                        "offered",
                        offered.keySet().stream().map(AccountFlow::word).toArray(String[]::new))
                .bind("notOffered", RequestFunctions.notOffered(offered.keySet()))
                .fragments("counts", " ", counts)
                .fragments("confirms", " ", confirms)
                .toFragment();
    }
}
