package dev.exeunt.internal.sample;

import dev.exeunt.internal.plan.PlannedSubject;
import dev.exeunt.internal.postgres.SqlFragment;
import dev.exeunt.internal.postgres.SqlTemplate;
import dev.exeunt.internal.sample.SampledPlace.PlaceKind;
import dev.exeunt.internal.schema.Column;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes the one statement that samples a table. It takes the values out of some rows, finds the people whose key or identifier they
 * are, and returns only counts for each place.
 */
final class SampleSql {

    /** Escapes that jsonb refuses: NUL, and half a pair of surrogates. An escaped backslash begins none. */
    private static final String UNFIT = "(^|[^\\\\])(\\\\\\\\)*\\\\u"
            + "(0000|d[89ab][0-9a-f]{2}(?!\\\\ud[c-f])|(?<!\\\\ud[89ab][0-9a-f]{2}\\\\u)d[c-f][0-9a-f]{2})";

    /** The members and elements of documents, at any depth. A name that is no plain word, or one of many, may be a value and becomes {@code *}. */
    private static final String DOCUMENTS = """
            exeunt_w (n, place, path, value) AS (
                {documents}
                UNION ALL
                SELECT exeunt_w.n, exeunt_w.place, pg_catalog.array_append(exeunt_w.path, exeunt_c.name), exeunt_c.value
                FROM exeunt_w CROSS JOIN LATERAL (
                    (SELECT CASE WHEN exeunt_e.members OPERATOR(pg_catalog.<=) 30
                                 AND exeunt_e.name OPERATOR(pg_catalog.~) '^[A-Za-z_][A-Za-z0-9_-]{0,39}$'
                                 AND exeunt_e.name OPERATOR(pg_catalog.!~) '[0-9]{4}|^[0-9a-fA-F-]{16,}$'
                            THEN exeunt_e.name ELSE '*' END AS name, exeunt_e.value
                     FROM (SELECT exeunt_j.key AS name, exeunt_j.value, pg_catalog.count(*) OVER () AS members
                           FROM pg_catalog.jsonb_each({object}) AS exeunt_j) AS exeunt_e
                     LIMIT 100)
                    UNION ALL
                    (SELECT '[*]', exeunt_a.value FROM pg_catalog.jsonb_array_elements({array}) AS exeunt_a(value)
                     LIMIT 100)) AS exeunt_c
                WHERE pg_catalog.cardinality(exeunt_w.path) OPERATOR(pg_catalog.<) 60)""";

    /** Values with their places, the people they name, those of them whose row it is not, and paths without names of people. */
    private static final String SAMPLE = """
            WITH RECURSIVE exeunt_r AS MATERIALIZED (
                SELECT pg_catalog.row_number() OVER () AS exeunt_n, exeunt_t.*
                FROM (SELECT {columns} FROM {table} {sampled} LIMIT {rows}) AS exeunt_t),
            {walk},
            exeunt_v (n, place, path, named, value) AS MATERIALIZED (
                SELECT * FROM ({values}) AS exeunt_x(n, place, path, named, value)
                WHERE exeunt_x.value OPERATOR(pg_catalog.<>) ''),
            exeunt_d AS MATERIALIZED (
                SELECT exeunt_x.value, {key} AS k, pg_catalog.lower(exeunt_x.value) AS l
                FROM (SELECT DISTINCT value FROM exeunt_v
                      WHERE pg_catalog.length(value) OPERATOR(pg_catalog.<=) 320) AS exeunt_x),
            exeunt_m AS MATERIALIZED ({matches}),
            exeunt_f AS (
                SELECT exeunt_v.place, exeunt_v.path, exeunt_v.named, exeunt_v.value, exeunt_m.kind
                FROM exeunt_v
                JOIN exeunt_m ON exeunt_m.value OPERATOR(pg_catalog.=) exeunt_v.value
                JOIN exeunt_r ON exeunt_r.exeunt_n OPERATOR(pg_catalog.=) exeunt_v.n
                GROUP BY exeunt_v.n, exeunt_v.place, exeunt_v.path, exeunt_v.named, exeunt_v.value, exeunt_m.kind
                HAVING pg_catalog.bool_or({own}) IS NOT TRUE),
            exeunt_p AS MATERIALIZED (
                SELECT exeunt_x.path, pg_catalog.array_to_string(ARRAY(
                    SELECT CASE WHEN EXISTS (SELECT FROM exeunt_m WHERE exeunt_m.value OPERATOR(pg_catalog.=) exeunt_e.name)
                           THEN '*' ELSE exeunt_e.name END
                    FROM pg_catalog.unnest(exeunt_x.path) WITH ORDINALITY AS exeunt_e(name, i) ORDER BY exeunt_e.i), '.') AS shown
                FROM (SELECT DISTINCT path FROM exeunt_v) AS exeunt_x),
            """;

    private static final String COUNTS = """
            exeunt_a AS (
                SELECT exeunt_v.place, exeunt_p.shown, exeunt_v.named, pg_catalog.count(*) AS total,
                    pg_catalog.count(DISTINCT exeunt_v.value) AS different,
                    pg_catalog.count(DISTINCT exeunt_v.value) FILTER (WHERE {email}) AS emails,
                    pg_catalog.count(DISTINCT exeunt_v.value) FILTER (WHERE {phone}) AS phones,
                    pg_catalog.count(DISTINCT exeunt_v.value) FILTER (WHERE {digits}) AS digits,
                    pg_catalog.count(DISTINCT exeunt_v.value) FILTER (WHERE {address}) AS addresses,
                    {spread} AS spread
                FROM exeunt_v JOIN exeunt_p ON exeunt_p.path OPERATOR(pg_catalog.=) exeunt_v.path
                GROUP BY exeunt_v.place, exeunt_p.shown, exeunt_v.named),
            exeunt_g AS (
                SELECT exeunt_f.place, exeunt_p.shown, exeunt_f.named, exeunt_f.kind,
                    pg_catalog.count(DISTINCT exeunt_f.value) AS matched,
                    pg_catalog.count(DISTINCT exeunt_f.value) FILTER (WHERE CASE
                        WHEN exeunt_f.kind OPERATOR(pg_catalog.=) 0
                        THEN pg_catalog.length(exeunt_f.value) OPERATOR(pg_catalog.>=) 8
                        ELSE pg_catalog.strpos(exeunt_f.value, '@') OPERATOR(pg_catalog.>) 1 END) AS telling
                FROM exeunt_f JOIN exeunt_p ON exeunt_p.path OPERATOR(pg_catalog.=) exeunt_f.path
                GROUP BY exeunt_f.place, exeunt_p.shown, exeunt_f.named, exeunt_f.kind)
            SELECT exeunt_a.*, exeunt_g.kind, exeunt_g.matched, exeunt_g.telling
            FROM exeunt_a LEFT JOIN exeunt_g
                ON exeunt_g.place OPERATOR(pg_catalog.=) exeunt_a.place
                AND exeunt_g.shown OPERATOR(pg_catalog.=) exeunt_a.shown
                AND exeunt_g.named OPERATOR(pg_catalog.=) exeunt_a.named
            WHERE exeunt_g.kind IS NOT NULL
                OR exeunt_a.emails OPERATOR(pg_catalog.+) exeunt_a.phones OPERATOR(pg_catalog.+) exeunt_a.digits
                    OPERATOR(pg_catalog.+) exeunt_a.addresses OPERATOR(pg_catalog.>) 0
            ORDER BY exeunt_a.place, exeunt_a.shown, exeunt_a.named, exeunt_g.kind
            LIMIT 10000""";

    /** Keys in use lie about the middle of all keys; counts and quantities are small. */
    private static final String SPREAD = """
            pg_catalog.avg({number}) BETWEEN (SELECT pg_catalog.max({key}) OPERATOR(pg_catalog./) 4.0 FROM {people})
                AND (SELECT pg_catalog.max({key}) OPERATOR(pg_catalog.*) 0.75 FROM {people})
            AND pg_catalog.max({number}) BETWEEN 100 AND (SELECT pg_catalog.max({key}) FROM {people})""";

    private final PlannedSubject subject;
    private final PersonMatchSql people;

    SampleSql(PlannedSubject subject) {
        this.subject = subject;
        this.people = new PersonMatchSql(subject);
    }

    PersonMatchSql people() {
        return people;
    }

    /** @param own whether a row is the person's already */
    SqlFragment of(SampledRows rows, List<SampledPlace> places, SqlFragment own) {
        SqlFragment sample = SqlTemplate.of(SAMPLE)
                .identifiers("columns", rows.columns())
                .fragment("table", rows.table().quoted())
                .fragment("sampled", rows.blocks())
                .fragment("rows", Integer.toString(SampledRows.LIMIT))
                .fragment("walk", walk(places))
                .fragment("values", values(places))
                .fragment("key", people.asKey("exeunt_x.value"))
                .fragment("matches", people.matches())
                .fragment("own", own)
                .toFragment();
        return sample.plus(SqlTemplate.of(COUNTS)
                .fragment("email", ContentPatterns.email())
                .fragment("phone", ContentPatterns.phone())
                .fragment("digits", ContentPatterns.digits())
                .fragment("address", ContentPatterns.address())
                .fragment("spread", spread())
                .toFragment());
    }

    private SqlFragment spread() {
        if (!people.hasIntegerKeys()) {
            return SqlFragment.of("FALSE");
        }
        return SqlTemplate.of(SPREAD)
                .fragment("number", PersonMatchSql.asInteger("exeunt_v.value"))
                .identifier("key", subject.key().get(0).name())
                .fragment("people", subject.table().name().quoted())
                .toFragment();
    }

    private static SqlFragment walk(List<SampledPlace> places) {
        List<SqlFragment> documents = new ArrayList<>();
        documents.add(
                SqlFragment.of(
                        "SELECT NULL::pg_catalog.int8, NULL::pg_catalog.int4, NULL::pg_catalog.text[], NULL::pg_catalog.jsonb WHERE FALSE"));
        for (SampledPlace place : places) {
            if (place.kind() == PlaceKind.DOCUMENT) {
                documents.add(SqlTemplate.of("""
                                SELECT exeunt_n, {place}, ARRAY['$'], {document} FROM exeunt_r WHERE {column} IS NOT NULL""")
                        .fragment("place", Integer.toString(place.number()))
                        .fragment("document", document(place.column()))
                        .identifier("column", place.column().name())
                        .toFragment());
            }
        }
        return SqlTemplate.of(DOCUMENTS)
                .fragment(
                        "documents",
                        SqlTemplate.of("SELECT * FROM ({all}) AS exeunt_x")
                                .fragments("all", " UNION ALL ", documents)
                                .toFragment())
                .fragment("object", container("object"))
                .fragment("array", container("array"))
                .toFragment();
    }

    /** A document of type json that jsonb refuses is left out. */
    private static SqlFragment document(Column column) {
        String template = column.type().baseName().equals("jsonb") ? "{column}::pg_catalog.jsonb" : """
                CASE WHEN {column}::pg_catalog.text OPERATOR(pg_catalog.!~*) :unfit THEN {column}::pg_catalog.jsonb END""";
        SqlTemplate cast = SqlTemplate.of(template).identifier("column", column.name());
        return column.type().baseName().equals("jsonb")
                ? cast.toFragment()
                : cast.bind("unfit", UNFIT).toFragment();
    }

    private static SqlFragment container(String type) {
        return SqlTemplate.of("""
                        CASE WHEN pg_catalog.jsonb_typeof(exeunt_w.value) OPERATOR(pg_catalog.=) {type}
                        THEN exeunt_w.value END""").fragment("type", "'" + type + "'").toFragment();
    }

    private static SqlFragment values(List<SampledPlace> places) {
        List<SqlFragment> values = new ArrayList<>();
        List<SqlFragment> columns = new ArrayList<>();
        for (SampledPlace place : places) {
            switch (place.kind()) {
                case VALUE -> columns.add(column(place));
                case ELEMENTS -> values.add(elements(place));
                case DOCUMENT -> {}
            }
        }
        if (!columns.isEmpty()) {
            values.add(SqlTemplate.of("""
                            SELECT exeunt_r.exeunt_n, exeunt_c.place, ARRAY[]::pg_catalog.text[], FALSE, exeunt_c.value
                            FROM exeunt_r CROSS JOIN LATERAL (VALUES {columns}) AS exeunt_c(place, value)""").fragments("columns", ", ", columns).toFragment());
        }
        values.add(SqlTemplate.of("""
                        SELECT exeunt_w.n, exeunt_w.place, exeunt_w.path, FALSE, {text}
                        FROM exeunt_w
                        WHERE pg_catalog.jsonb_typeof(exeunt_w.value) OPERATOR(pg_catalog.=) ANY (ARRAY['string', 'number'])
                        UNION ALL
                        SELECT exeunt_w.n, exeunt_w.place, pg_catalog.array_append(exeunt_w.path, '*'), TRUE, exeunt_c.name
                        FROM exeunt_w CROSS JOIN LATERAL (
                            SELECT pg_catalog.left(exeunt_k.name, 5000) AS name
                            FROM pg_catalog.jsonb_object_keys({object}) AS exeunt_k(name) LIMIT 100) AS exeunt_c""")
                .fragment("text", text("exeunt_w.value OPERATOR(pg_catalog.#>>) '{}'", false))
                .fragment("object", container("object"))
                .toFragment());
        return SqlFragment.join("\nUNION ALL\n", values);
    }

    private static SqlFragment column(SampledPlace place) {
        return SqlTemplate.of("({place}, {text})")
                .fragment("place", Integer.toString(place.number()))
                .fragment("text", text("exeunt_r." + place.quoted(), place.isInet()))
                .toFragment();
    }

    private static SqlFragment elements(SampledPlace place) {
        return SqlTemplate.of("""
                        SELECT exeunt_r.exeunt_n, {place}, ARRAY['$', '[*]'], FALSE, {text}
                        FROM exeunt_r CROSS JOIN LATERAL pg_catalog.unnest({column}) AS exeunt_e(value)""")
                .fragment("place", Integer.toString(place.number()))
                .fragment("text", text("exeunt_e.value", place.isInet()))
                .fragment("column", "exeunt_r." + place.quoted())
                .toFragment();
    }

    /** Cut, since an address stands in the beginning of a text as a rule; under the collation that regular expressions take. */
    private static SqlFragment text(String value, boolean inet) {
        String text = inet ? "pg_catalog.host({value})" : "({value})::pg_catalog.text";
        return SqlTemplate.of("pg_catalog.left({text}, 5000) COLLATE pg_catalog.\"default\"")
                .fragment("text", SqlTemplate.of(text).fragment("value", value).toFragment())
                .toFragment();
    }
}
