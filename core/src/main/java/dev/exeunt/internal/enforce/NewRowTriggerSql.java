package dev.exeunt.internal.enforce;

import dev.exeunt.internal.map.LocatedText;
import dev.exeunt.internal.plan.PlannedSubject;
import dev.exeunt.internal.postgres.SqlFragment;
import dev.exeunt.internal.postgres.SqlQuoting;
import dev.exeunt.internal.postgres.SqlTemplate;
import dev.exeunt.internal.schema.Column;
import dev.exeunt.internal.schema.KeyPredicate;
import dev.exeunt.internal.schema.TableName;
import java.util.List;
import java.util.stream.Collectors;

/** Builds the trigger that refuses new rows of a locked person, and changes that bring rows of a hidden person back. */
final class NewRowTriggerSql {

    static final String TRIGGER = "exeunt_refuse_rows";

    /** After the row is written, so that it is judged as other triggers left it. */
    private static final String CREATE = """
            CREATE TRIGGER exeunt_refuse_rows AFTER INSERT OR UPDATE ON {table}
                FOR EACH ROW EXECUTE FUNCTION exeunt.{function}()""";

    private static final String BODY = """
            #variable_conflict use_column
            BEGIN
                {links}
                RETURN NULL;
            END
            """;

    /**
     * The key share lock comes before the look at who is locked: it waits for a request that is being made, and a later one waits for
     * it. A statement with an older snapshot fails at the lock, since the request updated the person's row.
     */
    private static final String LINK = """
            IF {named} AND (TG_OP = 'INSERT' OR {moved} OR {back}){where} THEN
                    {lock}
                    IF ({unknown}EXISTS (SELECT FROM exeunt.absent_account AS a WHERE {absent})
                            OR {back} AND EXISTS (SELECT FROM exeunt.absent_data AS a WHERE {absent})) THEN
                        IF NOT EXISTS (SELECT FROM exeunt.own_write AS w WHERE w.transaction = pg_current_xact_id()) THEN
                            RAISE EXCEPTION 'A row of a person who is leaving or was erased was refused.'
                                USING ERRCODE = 'insufficient_privilege', SCHEMA = TG_TABLE_SCHEMA, TABLE = TG_TABLE_NAME,
                                    CONSTRAINT = 'exeunt_refuse_rows';
                        END IF;
                    END IF;
                END IF;""";

    private static final String LOCK = "PERFORM 1 FROM {subject} AS p WHERE {person} FOR KEY SHARE;";

    /** The foreign key's own trigger has taken this lock for an INSERT: its name begins with RI_, and names decide the order. */
    private static final String LOCK_UNLESS_INSERTED = """
            IF TG_OP <> 'INSERT' THEN
                        {lock}
                    END IF;""";

    private final PlannedSubject subject;

    NewRowTriggerSql(EnforcementRules rules) {
        this.subject = rules.subject();
    }

    String function(String name, EnforcedTable table) {
        SqlFragment body = SqlTemplate.of(BODY)
                .fragments(
                        "links",
                        "\n    ",
                        table.refusing().stream().map(link -> link(table, link)).toList())
                .toFragment();
        return AbsenceFunctions.function("exeunt." + name + "() RETURNS trigger", body);
    }

    static String trigger(TableName table, String function) {
        return SqlTemplate.of(CREATE)
                .fragment("table", table.quoted())
                .fragment("function", function)
                .toFragment()
                .sql();
    }

    private SqlFragment link(EnforcedTable table, EnforcedLink link) {
        List<String> columns = link.role().on().stream().map(Column::name).toList();
        return SqlTemplate.of(LINK)
                .fragment("named", each(columns, "NEW.{column} IS NOT NULL", " AND "))
                .fragment("moved", each(columns, "OLD.{column}::text IS DISTINCT FROM NEW.{column}::text", " OR "))
                .fragment("back", back(link))
                .fragment("where", where(link))
                .fragment("lock", lock(table, link))
                .fragment("unknown", existsForSure(table, link) ? "" : "NOT FOUND OR ")
                .fragment("absent", link.isOneOf("a", i -> "NEW." + SqlQuoting.identifier(columns.get(i))))
                .toFragment();
    }

    /** A table that inherits from this one has the trigger, too, and no foreign key of it. */
    private boolean existsForSure(EnforcedTable table, EnforcedLink link) {
        return link.hasForeignKey(subject.table())
                && table.parts().stream().allMatch(EnforcedTable.TablePart::partition);
    }

    private SqlFragment lock(EnforcedTable table, EnforcedLink link) {
        SqlFragment lock = SqlTemplate.of(LOCK)
                .fragment("subject", subject.table().name().quoted())
                .fragment("person", person(link))
                .toFragment();
        return existsForSure(table, link) && link.isLockedByForeignKey(subject.table())
                ? SqlTemplate.of(LOCK_UNLESS_INSERTED).fragment("lock", lock).toFragment()
                : lock;
    }

    private static String back(EnforcedLink link) {
        List<String> markers = link.markers().stream().map(Column::name).toList();
        return markers.isEmpty()
                ? "FALSE"
                : "(TG_OP = 'UPDATE' AND ("
                        + each(markers, "(OLD.{column} IS NOT NULL AND NEW.{column} IS NULL)", " OR ") + "))";
    }

    private SqlFragment person(EnforcedLink link) {
        return KeyPredicate.of(
                "p",
                subject.key(),
                i -> SqlTemplate.of("NEW.{column}")
                        .identifier(
                                "column",
                                link.role()
                                        .on()
                                        .get(link.keys().places().indexOf(i))
                                        .name())
                        .toFragment());
    }

    private static SqlFragment where(EnforcedLink link) {
        LocatedText where = link.role().where();
        return where == null
                ? SqlFragment.EMPTY
                : SqlTemplate.of("\n            AND (SELECT ({where}\n) FROM (SELECT NEW.*) AS {name})")
                        .fragment("where", SqlFragment.trusted(where.text()))
                        .identifier("name", link.role().table().name().name())
                        .toFragment();
    }

    private static String each(List<String> columns, String template, String separator) {
        return columns.stream()
                .map(column -> template.replace("{column}", SqlQuoting.identifier(column)))
                .collect(Collectors.joining(separator));
    }
}
