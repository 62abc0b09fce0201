package dev.exeunt.internal.schema.trial;

import dev.exeunt.internal.postgres.SqlFragment;
import dev.exeunt.internal.postgres.SqlTokens;
import dev.exeunt.internal.postgres.SqlTokens.SqlEmbeddingFault;
import dev.exeunt.internal.postgres.SqlTokens.SqlToken;
import dev.exeunt.internal.postgres.SqlTokens.SqlTokenKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Finds and fills the placeholders {@code :subject} and {@code :leaving} in a query of the map. Whatever looks like one
 * in a literal, a comment, a cast ({@code ::subject}) or an array's slice is none.
 */
public final class QueryPlaceholders {

    private static final String SUBJECT = ":subject";
    private static final String LEAVING = ":leaving";

    private final String sql;
    private final List<SqlToken> found = new ArrayList<>();
    private Optional<SqlEmbeddingFault> fault = Optional.empty();

    private QueryPlaceholders(String sql) {
        this.sql = sql;
        List<SqlToken> tokens = SqlTokens.of(sql).all();
        int brackets = 0;
        for (int i = 0; i + 1 < tokens.size(); i++) {
            String text = tokens.get(i).text();
            brackets += text.equals("[") ? 1 : text.equals("]") ? -1 : 0;
            boolean cast = i > 0 && tokens.get(i - 1).text().equals(":") && adjacent(tokens, i - 1);
            if (brackets == 0 && !cast && text.equals(":") && adjacent(tokens, i)) {
                found(tokens.get(i), tokens.get(i + 1));
            }
        }
    }

    private static boolean adjacent(List<SqlToken> tokens, int i) {
        return tokens.get(i).end() == tokens.get(i + 1).start();
    }

    private void found(SqlToken colon, SqlToken name) {
        SqlToken token = new SqlToken(SqlTokenKind.PARAMETER, colon.start(), name.end(), ":" + name.text());
        if (token.text().equals(SUBJECT) || token.text().equals(LEAVING)) {
            found.add(token);
        } else if (name.kind() == SqlTokenKind.WORD && fault.isEmpty()) {
            fault = Optional.of(new SqlEmbeddingFault(
                    colon.start(), "there is no " + token.text() + ", only :subject and :leaving"));
        }
    }

    public static QueryPlaceholders in(String sql) {
        return new QueryPlaceholders(sql);
    }

    /** One that is none of the two. */
    Optional<SqlEmbeddingFault> fault() {
        return fault;
    }

    public boolean leaving() {
        return found.stream().anyMatch(t -> t.text().equals(LEAVING));
    }

    /** The query with these pieces of SQL in their places. */
    public String filled(String subject, String leaving) {
        StringBuilder filled = new StringBuilder();
        int done = 0;
        for (SqlToken token : found) {
            filled.append(sql, done, token.start()).append(token.text().equals(SUBJECT) ? subject : leaving);
            done = token.end();
        }
        return filled.append(sql.substring(done)).toString();
    }

    /** The query with these pieces of SQL and their values in their places. */
    public SqlFragment filled(SqlFragment subject, SqlFragment leaving) {
        SqlFragment filled = SqlFragment.EMPTY;
        int done = 0;
        for (SqlToken token : found) {
            filled = filled.plus(SqlFragment.trusted(sql.substring(done, token.start())))
                    .plus(token.text().equals(SUBJECT) ? subject : leaving);
            done = token.end();
        }
        return filled.plus(SqlFragment.trusted(sql.substring(done)));
    }

    /** Where in the query it is what stands at this place of the filled one; both in characters from 0. */
    int positionBeforeFilling(int place, String subject, String leaving) {
        int shift = 0;
        for (SqlToken token : found) {
            int start = sql.codePointCount(0, token.start());
            String filling = token.text().equals(SUBJECT) ? subject : leaving;
            if (place + shift < start + filling.length()) {
                return Math.min(place + shift, start);
            }
            shift += token.text().length() - filling.length();
        }
        return place + shift;
    }
}
