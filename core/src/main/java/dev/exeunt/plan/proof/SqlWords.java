package dev.exeunt.plan.proof;

import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The words of a piece of SQL, outside of its string literals: which names it may mean, and whether it holds a query. */
final class SqlWords {

    private static final Pattern TOKEN = Pattern.compile(
            "[eE]'(?:[^'\\\\]|\\\\.|'')*'|'(?:[^']|'')*'|\"(?<quoted>(?:[^\"]|\"\")*)\"|(?<bare>[\\p{L}_][\\p{L}\\p{N}_$]*)",
            Pattern.DOTALL);

    private final Set<String> names = new HashSet<>();
    private final Set<String> bare = new HashSet<>();

    private SqlWords(String sql) {
        Matcher tokens = TOKEN.matcher(sql);
        while (tokens.find()) {
            String quoted = tokens.group("quoted");
            String word = tokens.group("bare");
            if (quoted != null) {
                names.add(quoted.replace("\"\"", "\""));
            } else if (word != null) {
                bare.add(word.toLowerCase(Locale.ROOT));
            }
        }
        names.addAll(bare);
    }

    static SqlWords of(String sql) {
        return new SqlWords(sql);
    }

    /** Whether the column of this name may be meant; a function or keyword of its name counts too. */
    boolean mention(String column) {
        return names.contains(column);
    }

    /** Whether it reads more than the row at hand. */
    boolean query() {
        return bare.contains("select") || bare.contains("table");
    }

    /** Whether the keyword or function stands in it, in lower case. */
    boolean use(String keyword) {
        return bare.contains(keyword);
    }
}
