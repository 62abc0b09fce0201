package dev.exeunt.internal.guard;

import dev.exeunt.internal.map.LifecycleSettings.FlowWarning;
import dev.exeunt.internal.map.LocatedText;
import dev.exeunt.internal.map.PlaceholderText;
import dev.exeunt.internal.map.PlaceholderText.PlaceholderPart;
import dev.exeunt.internal.map.PlaceholderText.PlainPart;
import dev.exeunt.internal.map.PlaceholderText.StrayBrace;
import dev.exeunt.internal.map.PlaceholderText.TextPart;
import dev.exeunt.internal.plan.PlannedSubject;
import dev.exeunt.internal.plan.text.SubjectQueryBinder;
import dev.exeunt.internal.postgres.SqlFragment;
import dev.exeunt.internal.postgres.SqlTemplate;
import dev.exeunt.map.AccountFlow;
import dev.exeunt.request.RequestPreview;
import dev.exeunt.support.security.Sha256;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/**
 * Builds what a person is warned of, in SQL, so that Java and the functions in SQL give the same texts and the same digest. The digest is
 * the beginning of the SHA-256 of the flow's word and, for each text, a line break, its length in characters, a blank and itself. The texts
 * are sorted by their bytes in UTF-8.
 */
public final class WarningSql {

    private static final String DIGEST = """
            substr(encode(sha256(convert_to(concat({flow}, (
                SELECT string_agg(concat(chr(10), char_length(m), ' ', m), '' ORDER BY convert_to(m, 'UTF8'))
                FROM unnest({messages}) AS m)), 'UTF8')), 'hex'), 1, {digits})""";

    private static final int DIGEST_DIGITS = 16;

    private static final String TEXTS = "SELECT {text} FROM ({query}\n) AS exeunt_q";

    /** Without a message the values themselves are the text. */
    private static final String VALUES = """
            coalesce((SELECT pg_catalog.string_agg(coalesce(exeunt_v.value, ''), ', ' ORDER BY exeunt_v.ordinality)
                FROM pg_catalog.json_each_text(pg_catalog.row_to_json(exeunt_q)) WITH ORDINALITY AS exeunt_v), '')""";

    private WarningSql() {}

    /**
     * Returns a query of one column: the text of each warning.
     *
     * @param query the map's, with the person filled in
     */
    public static SqlFragment of(FlowWarning warning, SqlFragment query) {
        LocatedText message = warning.message();
        return SqlTemplate.of(TEXTS)
                .fragment("text", message == null ? SqlFragment.of(VALUES) : text(message))
                .fragment("query", query)
                .toFragment();
    }

    /**
     * Returns the same query for the person whom a variable of a function tells.
     *
     * @param variable the key, of type {@code text[]}
     */
    public static SqlFragment ofVariable(FlowWarning warning, PlannedSubject person, String variable) {
        return of(warning, SubjectQueryBinder.ofVariable(warning.sql().text(), person, variable));
    }

    private static SqlFragment text(LocatedText message) {
        List<TextPart> parts = PlaceholderText.parse(message.text()).parts();
        SqlFragment all = parts.stream().map(WarningSql::part).collect(SqlFragment.joining(", "));
        return SqlTemplate.of("pg_catalog.array_to_string(ARRAY[{parts}]::pg_catalog.text[], '')")
                .fragment("parts", all)
                .toFragment();
    }

    private static SqlFragment part(TextPart part) {
        if (part instanceof PlaceholderPart placeholder) {
            return SqlTemplate.of("CAST(exeunt_q.{column} AS pg_catalog.text)")
                    .identifier("column", placeholder.name())
                    .toFragment();
        }
        String text = part instanceof PlainPart plain ? plain.text() : String.valueOf(((StrayBrace) part).brace());
        return SqlTemplate.of("CAST(:text AS pg_catalog.text)")
                .bind("text", text)
                .toFragment();
    }

    /** Sorts the texts and computes their digest. */
    public static RequestPreview.Warnings withDigest(AccountFlow flow, List<String> messages) {
        List<String> sorted = messages.stream()
                .sorted((a, b) ->
                        Arrays.compareUnsigned(a.getBytes(StandardCharsets.UTF_8), b.getBytes(StandardCharsets.UTF_8)))
                .toList();
        StringBuilder text = new StringBuilder(flow.word());
        sorted.forEach(m -> text.append('\n')
                .append(m.codePointCount(0, m.length()))
                .append(' ')
                .append(m));
        return new RequestPreview.Warnings(sorted, Sha256.hex(text.toString()).substring(0, DIGEST_DIGITS));
    }

    /** Returns the expression of the same digest in SQL, where names are of {@code pg_catalog}. */
    public static SqlFragment digest(String flow, String messages) {
        return SqlTemplate.of(DIGEST)
                .fragment("flow", flow)
                .fragment("messages", messages)
                .fragment("digits", Integer.toString(DIGEST_DIGITS))
                .toFragment();
    }
}
