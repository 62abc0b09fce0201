package dev.exeunt.internal.enforce;

import dev.exeunt.internal.postgres.SqlFragment;
import dev.exeunt.internal.postgres.SqlRunner;
import dev.exeunt.internal.postgres.SqlTemplate;
import dev.exeunt.internal.postgres.SqlTokens;
import dev.exeunt.internal.postgres.SqlTokens.SqlToken;
import dev.exeunt.internal.postgres.SqlTokens.SqlTokenKind;
import dev.exeunt.internal.schema.TableName;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Finds tables that roles load by {@code COPY … FROM}, which PostgreSQL refuses where row security binds the role. The catalogue does not
 * know what a role runs; the extension {@code pg_stat_statements} does, where it is installed and the role that is connected may read it.
 * With a pinned search path.
 */
final class CopiedTables {

    /** A view of the extension itself, which fails where the server did not load its library at the start. */
    private static final String STATISTICS = """
            SELECT c.oid::regclass::text FROM pg_extension AS e
            JOIN pg_depend AS d ON d.refclassid = 'pg_extension'::regclass AND d.refobjid = e.oid AND d.deptype = 'e'
                AND d.classid = 'pg_class'::regclass
            JOIN pg_class AS c ON c.oid = d.objid
            WHERE e.extname = 'pg_stat_statements' AND c.relname = 'pg_stat_statements'
                AND current_setting('pg_stat_statements.max', true) IS NOT NULL
                AND has_schema_privilege(c.relnamespace, 'USAGE') AND has_table_privilege(c.oid, 'SELECT')""";

    /** Texts that may be such a statement. Another role's are hidden from a role without {@code pg_read_all_stats}. */
    private static final String COPIES = """
            SELECT n.nspname::text AS schema, c.relname::text AS name, r.rolname::text AS role, s.query
            FROM {statistics} AS s JOIN pg_roles AS r ON r.oid = s.userid
            JOIN pg_database AS b ON b.oid = s.dbid AND b.datname = current_database()
            JOIN pg_class AS c ON c.oid = ANY (:tables::regclass[]) AND strpos(lower(s.query), lower(c.relname)) > 0
            JOIN pg_namespace AS n ON n.oid = c.relnamespace
            WHERE s.query ILIKE '%copy%from%' AND NOT r.rolsuper AND NOT r.rolbypassrls
                AND (:force OR c.relforcerowsecurity OR NOT pg_has_role(r.oid, c.relowner, 'USAGE'))
            ORDER BY 1, 2, 3 LIMIT 10000""";

    private CopiedTables() {}

    /** The table that a COPY names. The schema is empty where the search path decides. */
    record CopyTarget(Optional<String> schema, String name) {

        /** Empty where the statement is no {@code COPY table FROM}. */
        static Optional<CopyTarget> of(String statement) {
            List<SqlToken> tokens = SqlTokens.of(statement).all().stream()
                    .filter(token -> token.kind() != SqlTokenKind.COMMENT)
                    .toList();
            List<String> names = isWord(tokens, 0, "copy") ? names(tokens, 1) : List.of();
            if (names.isEmpty() || !isWord(tokens, behindColumns(tokens, 2 * names.size()), "from")) {
                return Optional.empty();
            }
            int last = names.size() - 1;
            return Optional.of(
                    new CopyTarget(last > 0 ? Optional.of(names.get(last - 1)) : Optional.empty(), names.get(last)));
        }

        /** The names with dots between that begin at a token. */
        private static List<String> names(List<SqlToken> tokens, int at) {
            List<String> names = new ArrayList<>();
            int next = at;
            while (next < tokens.size() && tokens.get(next).name().isPresent()) {
                names.add(tokens.get(next).name().get());
                if (!isSymbol(tokens, next + 1, ".")) {
                    break;
                }
                next += 2;
            }
            return names;
        }

        boolean is(TableName table) {
            return name.equals(table.name())
                    && schema.map(table.schema()::equals).orElse(true);
        }

        private static int behindColumns(List<SqlToken> tokens, int at) {
            int end = at;
            if (isSymbol(tokens, at, "(")) {
                while (end < tokens.size() && !isSymbol(tokens, end, ")")) {
                    end++;
                }
                end++;
            }
            return end;
        }

        private static boolean isWord(List<SqlToken> tokens, int at, String word) {
            return at < tokens.size()
                    && tokens.get(at).kind() == SqlTokenKind.WORD
                    && tokens.get(at).text().equalsIgnoreCase(word);
        }

        private static boolean isSymbol(List<SqlToken> tokens, int at, String symbol) {
            return at < tokens.size()
                    && tokens.get(at).kind() == SqlTokenKind.SYMBOL
                    && tokens.get(at).text().equals(symbol);
        }
    }

    /**
     * Returns a sentence with the way out for each role and table; none where nothing is known.
     *
     * @param tables that row security is to be switched on for, as SQL writes them
     * @param force whether it is to bind owners
     */
    static List<String> obstacles(Connection connection, String[] tables, boolean force) throws SQLException {
        Optional<String> statistics = SqlRunner.first(connection, SqlFragment.of(STATISTICS), row -> row.getString(1));
        Set<String> found = new LinkedHashSet<>();
        if (statistics.isPresent()) {
            SqlFragment select = SqlTemplate.of(COPIES)
                    .fragment("statistics", statistics.get())
                    .bind("tables", tables)
                    .bind("force", force)
                    .toFragment();
            SqlRunner.forEach(connection, select, 1_000, row -> {
                TableName table = new TableName(row.getString("schema"), row.getString("name"));
                String role = row.getString("role");
                CopyTarget.of(row.getString("query"))
                        .filter(target -> target.is(table))
                        .ifPresent(target -> found.add(obstacle(role, table, force)));
            });
        }
        return List.copyOf(found);
    }

    private static String obstacle(String role, TableName table, boolean force) {
        return "Role " + role + " has loaded " + table
                + " by COPY … FROM, which PostgreSQL refuses for it once row security is on. Let it use INSERT, or load the rows as a role with BYPASSRLS"
                + (force ? "" : " or as the owner of the table")
                + ". Then make pg_stat_statements forget what was: SELECT pg_stat_statements_reset().";
    }
}
