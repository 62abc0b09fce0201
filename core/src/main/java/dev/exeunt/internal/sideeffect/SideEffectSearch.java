package dev.exeunt.internal.sideeffect;

import dev.exeunt.internal.plan.Plan;
import dev.exeunt.internal.plan.PlannedRole;
import dev.exeunt.internal.plan.PlannedTable;
import dev.exeunt.internal.postgres.SqlFragment;
import dev.exeunt.internal.postgres.SqlRunner;
import dev.exeunt.internal.postgres.SqlTemplate;
import dev.exeunt.internal.reach.SubjectRows;
import dev.exeunt.internal.schema.Table;
import dev.exeunt.internal.schema.TableName;
import dev.exeunt.internal.search.PersonSearch;
import dev.exeunt.internal.search.PersonSearch.SearchedColumn;
import dev.exeunt.internal.sideeffect.WrittenRows.RowCount;
import dev.exeunt.internal.sideeffect.WrittenRows.WrittenRelation;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

/** Looks for data of the person in the rows that the running transaction wrote besides an erasure's steps. */
final class SideEffectSearch {

    /** New rows stand at the end of a table as a rule. These pages are read first, and all of them where they are too few. */
    private static final int LAST_PAGES = 512;

    private static final String COLUMNS = """
            SELECT a.attname, b.typname, b.typcategory, EXISTS (
                SELECT FROM pg_constraint f WHERE f.contype = 'f' AND f.conrelid = a.attrelid AND f.conkey = ARRAY[a.attnum]
                    AND f.confrelid = pg_catalog.to_regclass(:subject)) AS refers
            FROM pg_attribute a JOIN pg_type t ON t.oid = a.atttypid
            JOIN pg_type b ON b.oid = CASE t.typtype WHEN 'd' THEN t.typbasetype ELSE t.oid END
            WHERE a.attrelid = :relation::oid AND a.attnum > 0 AND NOT a.attisdropped ORDER BY a.attnum
            """;

    private static final String READABLE = """
            SELECT has_schema_privilege(c.relnamespace, 'USAGE') AND has_table_privilege(c.oid, 'SELECT')
                AND NOT row_security_active(c.oid), pg_relation_size(c.oid) / current_setting('block_size')::int8
            FROM pg_class c WHERE c.oid = :relation::oid
            """;

    private static final String COUNT = """
            SELECT count(*) AS own, count(*) FILTER (WHERE {holds}) AS holding FROM {from} WHERE {tail} AND {own}
            """;

    private final Connection connection;
    private final Plan plan;
    private final SubjectRows reach;
    private final TransactionRowVersions own;
    private final Set<TableName> unreadable = new TreeSet<>();

    SideEffectSearch(Connection connection, SubjectRows reach, TransactionRowVersions own) {
        this.connection = connection;
        this.plan = reach.plan();
        this.reach = reach;
        this.own = own;
    }

    /** Counts the rows of a table that the transaction wrote besides the steps and that hold data of the person. */
    long count(TableName table, RowCount aside, List<WrittenRelation> relations, PersonSearch person)
            throws SQLException {
        if (aside.versions() == 0) {
            return 0;
        }
        Optional<PlannedTable> planned = planned(table);
        if (planned.isPresent()) {
            return planned.get().table().kind() == Table.RelationKind.FOREIGN
                    ? 0
                    : countPlanned(planned.get(), aside, person);
        }
        long holding = 0;
        for (WrittenRelation relation : relations) {
            holding += relation.rows().versions() == 0 ? 0 : count(relation, person);
        }
        return holding;
    }

    /**
     * Whether the rows may have held before what they hold now: rows of a mapped table that were only updated, such as a counter in
     * another person's post. What they held before cannot be read any more.
     */
    boolean mayHaveHeldBefore(TableName table, RowCount aside) {
        return aside.inserted() == 0 && planned(table).isPresent();
    }

    private Optional<PlannedTable> planned(TableName table) {
        return plan.tables().stream().filter(t -> t.name().equals(table)).findFirst();
    }

    /** @throws SideEffectCheck.UnreadableSideEffectException where a table could not be read that is not accepted */
    void requireReadable(Predicate<TableName> accepted) {
        List<TableName> unknown = unreadable.stream().filter(accepted.negate()).toList();
        if (!unknown.isEmpty()) {
            throw new SideEffectCheck.UnreadableSideEffectException(unknown, plan);
        }
    }

    /**
     * Rows that a link reaches are the map's. Rows whose link a step has cut cannot be told from what a trigger wrote: there only columns
     * are looked through that the map does not name.
     */
    private long countPlanned(PlannedTable table, RowCount aside, PersonSearch person) throws SQLException {
        List<PlannedRole> cutting = table.roles().stream()
                .filter(r -> r.mustBeEmptyAfterErasure() && !r.deletes())
                .toList();
        Set<String> named = PersonSearch.named(cutting);
        List<SearchedColumn> columns = table.table().columns().stream()
                .filter(c -> !named.contains(c.name()))
                .map(SearchedColumn::of)
                .toList();
        SqlFragment besides = SqlTemplate.of("{own} AND ({linked}) IS NOT TRUE")
                .fragment("own", own.wrote(xmin(table.name().quoted())))
                .fragment("linked", reach.matchesAny(table.roles()))
                .toFragment();
        SqlFragment select = SqlTemplate.of(COUNT)
                .fragment(
                        "holds",
                        SqlFragment.anyOf(List.of(person.holds(table.name().name(), columns), copied(table, aside))))
                .fragment("from", table.name().quoted())
                .fragment("tail", "TRUE")
                .fragment("own", besides)
                .toFragment();
        return SqlRunner.one(connection, select, row -> row.getLong(2));
    }

    /**
     * True for new rows that bear the people's values in the link and that the link's condition excludes. A step of the table's only role
     * writes no such row, so a trigger did. Where a table has several roles, a step of another may have written it.
     */
    private SqlFragment copied(PlannedTable table, RowCount aside) {
        return aside.inserted() > 0 && table.roles().size() == 1
                ? reach.excluded(table.roles().get(0))
                : SqlFragment.of("FALSE");
    }

    private long count(WrittenRelation relation, PersonSearch person) throws SQLException {
        SqlFragment look =
                SqlTemplate.of(READABLE).bind("relation", relation.oid()).toFragment();
        long pages = SqlRunner.one(connection, look, row -> row.getBoolean(1) ? row.getLong(2) : -1);
        if (pages < 0) {
            unreadable.add(relation.root());
            return 0;
        }
        SqlFragment holds = person.holds(relation.root().name(), columns(relation));
        if (pages > 4L * LAST_PAGES) {
            Counted last = count(relation, holds, tail(pages - LAST_PAGES));
            if (last.own() >= relation.rows().versions()) {
                return last.holding();
            }
        }
        return count(relation, holds, SqlFragment.of("TRUE")).holding();
    }

    /** Holds how many rows are the transaction's, and how many of them hold data of the person. */
    private record Counted(long own, long holding) {}

    private Counted count(WrittenRelation relation, SqlFragment holds, SqlFragment tail) throws SQLException {
        SqlFragment from = SqlTemplate.of("ONLY {table}")
                .fragment("table", relation.name().quoted())
                .toFragment();
        SqlFragment select = SqlTemplate.of(COUNT)
                .fragment("holds", holds)
                .fragment("from", from)
                .fragment("tail", tail)
                .fragment("own", own.wrote(xmin(relation.name().quoted())))
                .toFragment();
        return SqlRunner.one(connection, select, row -> new Counted(row.getLong(1), row.getLong(2)));
    }

    private static SqlFragment tail(long page) {
        return SqlFragment.of("ctid >= ?::tid", "(" + page + ",0)");
    }

    private static SqlFragment xmin(String table) {
        return SqlFragment.of(table + ".xmin");
    }

    private List<SearchedColumn> columns(WrittenRelation relation) throws SQLException {
        SqlFragment select = SqlTemplate.of(COLUMNS)
                .bind("subject", plan.subject().table().name().quoted())
                .bind("relation", relation.oid())
                .toFragment();
        return SqlRunner.list(
                connection,
                select,
                row -> new SearchedColumn(
                        row.getString(1), row.getString(2), row.getString(3).charAt(0), row.getBoolean(4)));
    }
}
