package dev.exeunt.internal.reach;

import dev.exeunt.internal.map.LocatedText;
import dev.exeunt.internal.plan.Plan;
import dev.exeunt.internal.plan.PlannedSubject;
import dev.exeunt.internal.postgres.SqlFragment;
import dev.exeunt.internal.postgres.SqlRunner;
import dev.exeunt.internal.postgres.SqlTemplate;
import dev.exeunt.internal.schema.KeyPredicate;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Defines which rows of the subject's table are present people.
 *
 * <p>A ghost that {@code reassign} hands rows to is no person. A person with an open request is present: hidden, deactivated or
 * scheduled. Any other person is present unless the row is soft-deleted by the map's {@code present}, bears what an erasure writes,
 * or the record of erasures knows it.
 */
public final class PresentPeople {

    /** The states stand as in the partial index that serves this. */
    private static final String OPEN_REQUEST = """
            EXISTS (SELECT FROM exeunt.request AS exeunt_r
                WHERE exeunt_r.subject OPERATOR(pg_catalog.=) ARRAY[{key}]::pg_catalog.text[]
                    AND exeunt_r.subject_kind OPERATOR(pg_catalog.=) :kind
                    AND exeunt_r.state OPERATOR(pg_catalog.=)
                        ANY (ARRAY['scheduled', 'erasing', 'blocked', 'failed']::pg_catalog.text[])
                    AND exeunt_r.kind OPERATOR(pg_catalog.<>) 'export')""";

    private final Connection connection;
    private final PlannedSubject subject;
    private final ErasedPeople erased;
    private final SqlFragment condition;

    private PresentPeople(Connection connection, Plan plan, ErasedPeople erased, boolean storesRequests) {
        this.connection = connection;
        this.subject = plan.subject();
        this.erased = erased;
        this.condition = condition(plan, storesRequests);
    }

    /**
     * Reads nothing yet but whether requests are stored.
     *
     * @param plan of any flow, or of hiding; all tell the same people
     * @param erased the record of people who were erased and whose rows stay
     */
    public static PresentPeople of(Connection connection, Plan plan, ErasedPeople erased) throws SQLException {
        return new PresentPeople(connection, plan, erased, storesRequests(connection));
    }

    /** Whether the product's own tables are there, with the kind of a subject that later versions added. */
    static boolean storesRequests(Connection connection) throws SQLException {
        return SqlRunner.isTrue(connection, SqlFragment.of("""
                SELECT EXISTS (
                    SELECT FROM pg_catalog.pg_attribute AS a
                    JOIN pg_catalog.pg_class AS c ON c.oid OPERATOR(pg_catalog.=) a.attrelid
                    JOIN pg_catalog.pg_namespace AS n ON n.oid OPERATOR(pg_catalog.=) c.relnamespace
                    WHERE n.nspname OPERATOR(pg_catalog.=) 'exeunt' AND c.relname OPERATOR(pg_catalog.=) 'request'
                        AND a.attname OPERATOR(pg_catalog.=) 'subject_kind' AND NOT a.attisdropped)"""));
    }

    /**
     * Returns the condition over the subject's table under its own name. It is true for present people, and for those whom only
     * the record of erasures knows: {@link #withoutErased} takes these out.
     */
    SqlFragment condition() {
        return condition;
    }

    /** Returns those of the keys that the record of erasures does not know. */
    Set<SubjectKey> withoutErased(Collection<SubjectKey> keys) throws SQLException {
        Set<SubjectKey> present = new LinkedHashSet<>(keys);
        present.removeAll(erased.among(connection, keys));
        return present;
    }

    /** Returns those of these people who are present, with the keys as their rows spell them. */
    public Set<SubjectKey> among(Collection<SubjectKey> people) throws SQLException {
        SqlFragment select = SqlTemplate.of("SELECT {key} FROM {table} WHERE {theirs} AND {present}")
                .fragment("key", keyTexts(subject))
                .fragment("table", subject.table().name().quoted())
                .fragment("theirs", isOneOf(subject, people))
                .fragment("present", condition)
                .toFragment();
        return withoutErased(SqlRunner.list(connection, select, row -> SubjectFinder.key(row, 0, subject)));
    }

    /** The condition that a row of the subject's table is one of these people's; false for none. */
    public static SqlFragment isOneOf(PlannedSubject subject, Collection<SubjectKey> people) {
        if (people.isEmpty()) {
            return SqlFragment.of("FALSE");
        }
        List<SqlFragment> arrays = new ArrayList<>();
        for (int i = 0; i < subject.key().size(); i++) {
            int part = i;
            arrays.add(SqlTemplate.of("pg_catalog.unnest(:keys::pg_catalog.text[]::{type}[])")
                    .bind("keys", people.stream().map(k -> k.parts().get(part)).toArray(String[]::new))
                    .fragment("type", subject.key().get(i).type().quotedBase())
                    .toFragment());
        }
        SqlFragment same = KeyPredicate.of(
                subject.table().name().quoted(), subject.key(), i -> SqlFragment.of("exeunt_l.exeunt_" + i));
        return SqlTemplate.of("EXISTS (SELECT FROM ROWS FROM ({arrays}) AS exeunt_l({columns}) WHERE {same})")
                .fragments("arrays", ", ", arrays)
                .fragment(
                        "columns",
                        IntStream.range(0, subject.key().size())
                                .mapToObj(i -> "exeunt_" + i)
                                .collect(Collectors.joining(", ")))
                .fragment("same", same)
                .toFragment();
    }

    /** The texts of the key's columns, with the table's name. */
    public static SqlFragment keyTexts(PlannedSubject subject) {
        return subject.key().stream()
                .map(c -> SqlTemplate.of("{table}.{column}::pg_catalog.text")
                        .fragment("table", subject.table().name().quoted())
                        .identifier("column", c.name())
                        .toFragment())
                .collect(SqlFragment.joining(", "));
    }

    private static SqlFragment condition(Plan plan, boolean storesRequests) {
        List<SqlFragment> all = new ArrayList<>();
        for (List<String> ghost : GhostKeys.of(plan)) {
            all.add(SqlTemplate.of("({ghost}) IS NOT TRUE")
                    .fragment("ghost", isGhost(plan.subject(), ghost))
                    .toFragment());
        }
        SqlFragment goesOn = goesOn(plan);
        all.add(
                storesRequests
                        ? SqlTemplate.of("({goesOn} OR {open})")
                                .fragment("goesOn", goesOn)
                                .fragment("open", openRequest(plan.subject()))
                                .toFragment()
                        : goesOn);
        return SqlFragment.join(" AND ", all);
    }

    private static SqlFragment isGhost(PlannedSubject subject, List<String> ghost) {
        return KeyPredicate.bound(subject.table().name().quoted(), subject.key(), ghost);
    }

    /** Neither soft-deleted nor marked as erased. */
    private static SqlFragment goesOn(Plan plan) {
        List<SqlFragment> all = new ArrayList<>();
        LocatedText present = plan.subject().present();
        if (present != null) {
            // the parenthesis is on a line of its own, since the text may end in a comment
            all.add(SqlTemplate.of("""
                            ({present}
                            ) IS TRUE""")
                    .fragment("present", SqlFragment.trusted(present.text()))
                    .toFragment());
        }
        ErasedMarker.of(plan)
                .ifPresent(marker -> all.add(SqlTemplate.of("({marker}) IS NOT TRUE")
                        .fragment("marker", marker)
                        .toFragment()));
        return all.isEmpty()
                ? SqlFragment.of("TRUE")
                : SqlTemplate.of("({all})").fragments("all", " AND ", all).toFragment();
    }

    private static SqlFragment openRequest(PlannedSubject subject) {
        return SqlTemplate.of(OPEN_REQUEST)
                .fragment("key", keyTexts(subject))
                .bind("kind", subject.kind().text())
                .toFragment();
    }
}
