package dev.exeunt.internal.schema.trial;

import dev.exeunt.internal.postgres.SqlFragment;
import dev.exeunt.internal.postgres.SqlRunner;
import dev.exeunt.internal.postgres.SqlTemplate;
import dev.exeunt.internal.postgres.SqlTokens;
import dev.exeunt.internal.postgres.SqlTokens.SqlToken;
import dev.exeunt.internal.postgres.SqlTokens.SqlTokenKind;
import dev.exeunt.internal.schema.trial.SqlVerdict.SqlDependencies;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Finds possible calls of functions that are volatile or may read tables by their names, where no view can be created to look
 * them up. A function all of whose namesakes are such is one; where no word of the text is the name of such a one, and no
 * operator or cast of the database is made of one, there is none.
 */
final class VolatileNameScan {

    private static final String CHANGING = """
            SELECT p.proname::pg_catalog.text AS name, pg_catalog.bool_and(p.provolatile = 'v') AS changes,
                   pg_catalog.bool_and(p.provolatile = 'v' OR e.evidence IS NOT NULL
                                       AND e.evidence <> 'TEXT_LOOKS_LIKE_READING') AS certain
            FROM pg_catalog.pg_proc p LEFT JOIN LATERAL ({evidence}) e ON true WHERE p.proname = ANY (:names::pg_catalog.name[])
            GROUP BY p.proname HAVING pg_catalog.bool_or(p.provolatile = 'v' OR e.evidence IS NOT NULL)
            UNION ALL
            SELECT NULL, true, true WHERE EXISTS (
                SELECT FROM pg_catalog.pg_proc p LEFT JOIN LATERAL ({evidence}) e ON true
                WHERE (p.provolatile = 'v' OR e.evidence IS NOT NULL) AND p.oid IN (
                    SELECT o.oprcode FROM pg_catalog.pg_operator o UNION SELECT c.castfunc FROM pg_catalog.pg_cast c))
            """;

    /** Holds a name of functions, whether all of them are volatile, and whether each is volatile or may read tables. */
    private record NamedFunction(@Nullable String name, boolean alwaysChanges, boolean certain) {}

    private static final Set<String> QUERIES = Set.of("select", "table", "values", "with");

    private VolatileNameScan() {}

    static Map<TrialStatements, SqlDependencies> scan(
            Connection connection, List<TrialStatements> probes, String hindrance) throws SQLException {
        Set<String> all = new TreeSet<>();
        probes.forEach(p -> all.addAll(words(p)));
        Map<String, NamedFunction> changing = new HashMap<>();
        boolean hidden = false;
        SqlFragment select = SqlTemplate.of(CHANGING)
                .fragment("evidence", ReadingFunction.EVIDENCE)
                .bind("names", all.toArray(String[]::new))
                .toFragment();
        List<NamedFunction> found = SqlRunner.list(
                connection, select, row -> new NamedFunction(row.getString(1), row.getBoolean(2), row.getBoolean(3)));
        for (NamedFunction function : found) {
            if (function.name() == null) {
                hidden = true;
            } else {
                changing.put(function.name(), function);
            }
        }
        Map<TrialStatements, SqlDependencies> insides = new LinkedHashMap<>();
        for (TrialStatements probe : probes) {
            insides.put(probe, of(probe, changing, hidden ? hindrance : null, hindrance));
        }
        return insides;
    }

    private static SqlDependencies of(
            TrialStatements probe, Map<String, NamedFunction> changing, @Nullable String operators, String hindrance) {
        List<String> certain = new ArrayList<>();
        List<ReadingFunction> reading = new ArrayList<>();
        Set<String> words = words(probe);
        boolean query = probe.text() instanceof MapSql.SubjectQuery;
        boolean doubtful = query || operators != null || words.stream().anyMatch(QUERIES::contains);
        for (String word : words) {
            NamedFunction function = changing.get(word);
            if (function == null) {
                continue;
            }
            if (function.alwaysChanges() && called(probe, word)) {
                certain.add(word + "()");
            } else if (function.certain() && called(probe, word)) {
                reading.add(new ReadingFunction(word + "()", ReadingFunction.ReadEvidence.NOT_IMMUTABLE));
            } else {
                doubtful = true;
            }
        }
        boolean proven = !certain.isEmpty() || !reading.isEmpty();
        return SqlDependencies.named(certain, reading, !proven && doubtful ? hindrance : null);
    }

    private static Set<String> words(TrialStatements probe) {
        Set<String> words = new TreeSet<>();
        SqlTokens.of(probe.text().sql()).all().forEach(t -> t.name().ifPresent(words::add));
        return words;
    }

    private static boolean called(TrialStatements probe, String name) {
        List<SqlToken> tokens = SqlTokens.of(probe.text().sql()).all().stream()
                .filter(t -> t.kind() != SqlTokenKind.COMMENT)
                .toList();
        for (int i = 0; i + 1 < tokens.size(); i++) {
            boolean named = tokens.get(i).name().filter(name::equals).isPresent();
            if (named && tokens.get(i + 1).text().equals("(")) {
                return true;
            }
        }
        return false;
    }
}
