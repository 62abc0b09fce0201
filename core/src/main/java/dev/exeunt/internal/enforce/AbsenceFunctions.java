package dev.exeunt.internal.enforce;

import dev.exeunt.internal.plan.PlannedSubject;
import dev.exeunt.internal.postgres.DollarQuoting;
import dev.exeunt.internal.postgres.SqlFragment;
import dev.exeunt.internal.postgres.SqlTemplate;
import dev.exeunt.internal.schema.Column;
import dev.exeunt.internal.schema.KeyPredicate;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Builds the functions and triggers that keep the {@link AbsenceTables} true whenever a request changes or a person's row goes. */
final class AbsenceFunctions {

    private static final String FUNCTION = """
            CREATE OR REPLACE FUNCTION {signature}
                LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET row_security = off AS
            {body}""";

    /** The row's own key is stored, as the row spells it. A row that was really updated stops writers with an older snapshot. */
    private static final String REFRESH = """
            #variable_conflict use_variable
            DECLARE
                since timestamptz;
            BEGIN
                IF just_erased THEN
                    DELETE FROM {accounts} AS a WHERE {account};
                    INSERT INTO {accounts} SELECT {key}, TRUE FROM {subject} AS p WHERE {person} ON CONFLICT DO NOTHING;
                END IF;
                IF EXISTS (SELECT FROM exeunt.request AS r WHERE r.subject = person AND r.subject_kind = :kind
                        AND r.kind IN ('deactivate', 'delete-account')
                        AND r.state IN ('scheduled', 'erasing', 'blocked', 'failed')) THEN
                    IF NOT EXISTS (SELECT FROM {accounts} AS a WHERE {account}) THEN
                        PERFORM 1 FROM {subject} AS p WHERE {person} FOR UPDATE;
                        INSERT INTO {accounts} SELECT {key}, FALSE FROM {subject} AS p WHERE {person} ON CONFLICT DO NOTHING;
                        {touch}
                    END IF;
                ELSE
                    DELETE FROM {accounts} AS a WHERE {account} AND NOT a.erased;
                END IF;
                SELECT max(r.requested_at) INTO since FROM exeunt.request AS r
                WHERE r.subject = person AND r.subject_kind = :kind AND r.kind = 'delete-data'
                    AND r.state IN ('scheduled', 'erasing', 'blocked', 'failed');
                DELETE FROM {data} AS a WHERE {dataOf};
                IF since IS NOT NULL THEN
                    INSERT INTO {data} SELECT {key}, since FROM {subject} AS p WHERE {person} ON CONFLICT DO NOTHING;
                END IF;
            END
            """;

    private static final String TOUCH = "UPDATE {subject} AS p SET {column} = p.{column} WHERE {person};";

    /** A role could make the function a trigger of a table of its own, and say there who is hidden. */
    private static final String RECORD = """
            BEGIN
                IF TG_RELID <> 'exeunt.request'::regclass THEN
                    RAISE EXCEPTION 'This function is no trigger of other tables.' USING ERRCODE = 'insufficient_privilege';
                END IF;
                IF TG_OP <> 'DELETE' AND NEW.kind <> 'export' AND NEW.subject IS NOT NULL AND NEW.subject_kind = :kind THEN
                    PERFORM exeunt.refresh_absence(NEW.subject,
                        TG_OP = 'UPDATE' AND NEW.state = 'erased' AND OLD.state <> 'erased' AND NEW.kind <> 'delete-data');
                ELSIF TG_OP <> 'INSERT' AND OLD.kind <> 'export' AND OLD.subject IS NOT NULL AND OLD.subject_kind = :kind THEN
                    PERFORM exeunt.refresh_absence(OLD.subject, FALSE);
                END IF;
                RETURN NULL;
            END
            """;

    private static final String FORGET = """
            BEGIN
                IF coalesce(pg_partition_root(TG_RELID), TG_RELID) <> :subject::regclass THEN
                    RAISE EXCEPTION 'This function is no trigger of other tables.' USING ERRCODE = 'insufficient_privilege';
                END IF;
                DELETE FROM {accounts} AS a WHERE a.erased AND {gone};
                RETURN NULL;
            END
            """;

    private static final String FILL = """
            SELECT pg_catalog.count(exeunt.refresh_absence(r.subject, FALSE))
            FROM (SELECT DISTINCT subject FROM exeunt.request
                WHERE subject IS NOT NULL AND subject_kind = :kind AND kind <> 'export'
                    AND state IN ('scheduled', 'erasing', 'blocked', 'failed')) AS r""";

    private static final String FORGET_TRIGGER = """
            CREATE TRIGGER exeunt_forget_absence AFTER DELETE ON {subject}
                FOR EACH ROW EXECUTE FUNCTION exeunt.forget_absence()""";

    private final EnforcementRules rules;
    private final PlannedSubject subject;

    AbsenceFunctions(EnforcementRules rules) {
        this.rules = rules;
        this.subject = rules.subject();
    }

    List<String> statements() {
        return List.of(
                function(
                        "exeunt.refresh_absence(person pg_catalog.text[], just_erased pg_catalog.bool) RETURNS pg_catalog.void",
                        refresh()),
                "REVOKE ALL ON FUNCTION exeunt.refresh_absence(pg_catalog.text[], pg_catalog.bool) FROM PUBLIC",
                function(
                        "exeunt.record_absence() RETURNS trigger",
                        SqlTemplate.of(RECORD)
                                .bind("kind", subject.kind().text())
                                .toFragment()),
                function("exeunt.forget_absence() RETURNS trigger", forget()),
                "DROP TRIGGER IF EXISTS exeunt_record_absence ON exeunt.request",
                """
                CREATE TRIGGER exeunt_record_absence AFTER INSERT OR UPDATE OR DELETE ON exeunt.request
                    FOR EACH ROW EXECUTE FUNCTION exeunt.record_absence()""");
    }

    /** An erased person's entry goes with the row: the key may come back with another person. */
    String forgetTrigger() {
        return SqlTemplate.of(FORGET_TRIGGER)
                .fragment("subject", subject.table().name().quoted())
                .toFragment()
                .sql();
    }

    /** Enters everyone whose request is open. Gives one row, however many they are. */
    String fill() {
        return SqlTemplate.of(FILL)
                .bind("kind", subject.kind().text())
                .toFragment()
                .inlined();
    }

    static String function(String signature, SqlFragment body) {
        return SqlTemplate.of(FUNCTION)
                .fragment("signature", signature)
                .fragment("body", DollarQuoting.quote(body.inlined()))
                .toFragment()
                .sql();
    }

    private SqlFragment refresh() {
        IntFunction<SqlFragment> given = i -> SqlTemplate.of("CAST(person[{place}] AS {type})")
                .fragment("place", Integer.toString(i + 1))
                .fragment("type", subject.key().get(i).type().quotedBase())
                .toFragment();
        SqlFragment person = KeyPredicate.of("p", subject.key(), given);
        String account = same(i -> given.apply(i).sql());
        return SqlTemplate.of(REFRESH)
                .fragment("accounts", AbsenceTables.ACCOUNTS)
                .fragment("data", AbsenceTables.DATA)
                .fragment("account", account)
                .fragment("dataOf", account)
                .fragment("key", AbsenceTables.key(subject, false))
                .fragment("subject", subject.table().name().quoted())
                .fragment("person", person)
                .bind("kind", subject.kind().text())
                .fragment("touch", touch(person))
                .toFragment();
    }

    private SqlFragment touch(SqlFragment person) {
        if (!rules.refusesRows()) {
            return SqlFragment.EMPTY;
        }
        return SqlTemplate.of(TOUCH)
                .fragment("subject", subject.table().name().quoted())
                .identifier("column", touched().orElseThrow().name())
                .fragment("person", person)
                .toFragment();
    }

    /** A column that an UPDATE may set to what it is. */
    Optional<Column> touched() {
        return subject.table().columns().stream()
                .filter(Column::writable)
                .filter(c -> !subject.key().contains(c))
                .findFirst()
                .or(() -> subject.key().stream().filter(Column::writable).findFirst());
    }

    private SqlFragment forget() {
        return SqlTemplate.of(FORGET)
                .bind("subject", subject.table().name().quoted())
                .fragment("accounts", AbsenceTables.ACCOUNTS)
                .fragment(
                        "gone",
                        same(i -> SqlTemplate.of("OLD.{column}")
                                .identifier("column", subject.key().get(i).name())
                                .toFragment()
                                .sql()))
                .toFragment();
    }

    /** The condition that a row {@code a} of one of the tables holds this key. */
    private String same(IntFunction<String> value) {
        return IntStream.range(0, subject.key().size())
                .mapToObj(i -> SqlTemplate.of("a.{key} {equals} {value}")
                        .fragment("key", AbsenceTables.keyColumn(i))
                        .fragment("equals", subject.key().get(i).type().equality())
                        .fragment("value", value.apply(i))
                        .toFragment()
                        .sql())
                .collect(Collectors.joining(" AND "));
    }
}
