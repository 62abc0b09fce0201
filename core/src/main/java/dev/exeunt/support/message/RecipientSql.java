package dev.exeunt.support.message;

import dev.exeunt.internal.plan.PlannedSubject;
import dev.exeunt.internal.postgres.SqlFragment;
import dev.exeunt.internal.postgres.SqlTemplate;
import dev.exeunt.internal.schema.Column;
import dev.exeunt.internal.schema.KeyPredicate;
import java.util.List;

/**
 * Builds the join that finds a person's address and language. An open request may have hidden the address: then the recorded former value
 * counts, unless the application has written another address since.
 */
final class RecipientSql {

    /** The row that a message is made for is {@code r}, with the columns {@code subject} and {@code subject_kind}. */
    private static final String JOIN = """
            LEFT JOIN LATERAL (
                SELECT exeunt_s.{column}::pg_catalog.text AS address, {language} AS language
                FROM {table} AS exeunt_s WHERE {same}) AS exeunt_p ON TRUE
            LEFT JOIN LATERAL (
                SELECT (array_agg(u.was[c.place] ORDER BY o.requested_at, o.id, h.step))[1] AS was,
                    array_agg(u.became[c.place]) AS became
                FROM exeunt.request AS o
                JOIN exeunt.hidden AS h ON h.request = o.id
                CROSS JOIN unnest(h.columns) WITH ORDINALITY AS c(name, place)
                JOIN exeunt.undo AS u ON u.request = h.request AND u.step = h.step
                WHERE o.subject = r.subject AND o.subject_kind = r.subject_kind
                    AND h.table_schema = :schema AND h.table_name = :tableName AND h.key_columns = :key
                    AND c.name = :columnName AND u.key = r.subject) AS exeunt_h ON TRUE
            CROSS JOIN LATERAL (
                SELECT nullif(btrim(CASE
                    WHEN exeunt_p.address IS NULL OR exeunt_p.address = ANY (exeunt_h.became) THEN exeunt_h.was
                    ELSE exeunt_p.address END), '') AS address, exeunt_p.language AS language) AS recipient""";

    /** A language that there are texts in, whatever its region: {@code de-AT} and {@code de_AT} are {@code de}. */
    private static final String LANGUAGE = """
            (SELECT l FROM pg_catalog.unnest(:languages::pg_catalog.text[]) AS l
             WHERE l OPERATOR(pg_catalog.=) pg_catalog.lower(pg_catalog.split_part(
                 pg_catalog.replace(exeunt_s.{column}::pg_catalog.text, '_', '-'), '-', 1)))""";

    private RecipientSql() {}

    static SqlFragment join(PlannedSubject subject, MessageSettings settings) {
        return SqlTemplate.of(JOIN)
                .identifier("column", settings.column())
                .fragment("language", language(settings))
                .fragment("table", subject.table().name().quoted())
                .fragment("same", KeyPredicate.of("exeunt_s", subject.key(), place -> part(subject.key(), place)))
                .bind("schema", subject.table().name().schema())
                .bind("tableName", subject.table().name().name())
                .bind("key", subject.key().stream().map(Column::name).toArray(String[]::new))
                .bind("columnName", settings.column())
                .toFragment();
    }

    private static SqlFragment language(MessageSettings settings) {
        return settings.languageColumn() == null
                ? SqlFragment.of("NULL::pg_catalog.text")
                : SqlTemplate.of(LANGUAGE)
                        .bind("languages", settings.languages().toArray(String[]::new))
                        .identifier("column", settings.languageColumn())
                        .toFragment();
    }

    private static SqlFragment part(List<Column> key, int place) {
        return SqlTemplate.of("CAST(r.subject[:place] AS {type})")
                .bind("place", place + 1)
                .fragment("type", key.get(place).type().quotedBase())
                .toFragment();
    }
}
