package dev.exeunt.internal.plan.text;

import dev.exeunt.internal.postgres.SqlTokens;
import dev.exeunt.internal.postgres.SqlTokens.SqlTokenKind;
import java.util.HashSet;
import java.util.Set;

/** The words of a piece of SQL, outside of its literals and comments: which names it may mean, and whether it holds a query. */
public final class SqlWords {

    private final Set<String> names = new HashSet<>();
    private final Set<String> bare = new HashSet<>();

    private SqlWords(String sql) {
        for (SqlTokens.SqlToken token : SqlTokens.of(sql).all()) {
            token.name().ifPresent(names::add);
            if (token.kind() == SqlTokenKind.WORD) {
                token.name().ifPresent(bare::add);
            }
        }
    }

    public static SqlWords of(String sql) {
        return new SqlWords(sql);
    }

    /** Whether the column of this name may be meant; a function or keyword of its name counts too. */
    public boolean mention(String column) {
        return names.contains(column);
    }

    /** Whether it reads more than the row at hand. */
    public boolean query() {
        return bare.contains("select") || bare.contains("table");
    }

    /** Whether the keyword or function stands in it, in lower case. */
    public boolean use(String keyword) {
        return bare.contains(keyword);
    }
}
