package dev.exeunt.internal.postgres;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A text cut as PostgreSQL's own scanner cuts it (manual, "Lexical Structure", with {@code standard_conforming_strings} on):
 * what stands in quotes or comments is one piece each, so that nothing in them is taken for a name or for syntax.
 */
public final class SqlTokens {

    /** Lists the kinds of SQL tokens. Numbers, operators and brackets are symbols of one character each. */
    public enum SqlTokenKind {
        WORD,
        QUOTED_NAME,
        LITERAL,
        COMMENT,
        PARAMETER,
        SYMBOL
    }

    /**
     * Holds one token of a SQL text with its kind and position.
     *
     * @param start of the piece in the text
     * @param end behind its last character
     * @param text as it stands there, quotes included
     */
    public record SqlToken(SqlTokenKind kind, int start, int end, String text) {

        /** The name it may be, as the catalogue has names; none for what is no word. */
        public Optional<String> name() {
            return switch (kind) {
                case WORD -> Optional.of(text.toLowerCase(Locale.ROOT));
                case QUOTED_NAME ->
                    Optional.of(text.substring(text.indexOf('"') + 1, text.length() - 1)
                            .replace("\"\"", "\""));
                default -> Optional.empty();
            };
        }

        boolean is(char symbol) {
            return kind == SqlTokenKind.SYMBOL && text.charAt(0) == symbol;
        }
    }

    /**
     * Says where and why a SQL text cannot be embedded in a statement.
     *
     * @param at where, from 0
     * @param why a clause: {@code the ; would end the statement}
     */
    public record SqlEmbeddingFault(int at, String why) {}

    private final List<SqlToken> tokens;
    private final Optional<SqlEmbeddingFault> unterminated;

    private SqlTokens(List<SqlToken> tokens, Optional<SqlEmbeddingFault> unterminated) {
        this.tokens = List.copyOf(tokens);
        this.unterminated = unterminated;
    }

    public static SqlTokens of(String sql) {
        SqlScanner scan = new SqlScanner(sql);
        scan.run();
        return new SqlTokens(scan.tokens, Optional.ofNullable(scan.fault));
    }

    /** All of them, blanks left out. */
    public List<SqlToken> all() {
        return tokens;
    }

    /** Why the text, put between parentheses with a line break behind it, would not stay there as one whole. */
    public Optional<SqlEmbeddingFault> fault() {
        if (unterminated.isPresent()) {
            return unterminated;
        }
        Deque<SqlToken> open = new ArrayDeque<>();
        boolean empty = true;
        for (SqlToken token : tokens) {
            empty = empty && token.kind() == SqlTokenKind.COMMENT;
            Optional<SqlEmbeddingFault> fault = fault(token, open);
            if (fault.isPresent()) {
                return fault;
            }
        }
        if (empty) {
            return Optional.of(new SqlEmbeddingFault(0, "there is nothing in it but blanks and comments"));
        }
        return Optional.ofNullable(open.peek())
                .map(o -> new SqlEmbeddingFault(o.start(), "the " + o.text() + " is never closed"));
    }

    private static Optional<SqlEmbeddingFault> fault(SqlToken token, Deque<SqlToken> open) {
        if (token.kind() == SqlTokenKind.PARAMETER) {
            return Optional.of(
                    new SqlEmbeddingFault(token.start(), token.text() + " is a parameter, which nothing fills in"));
        } else if (token.kind() == SqlTokenKind.QUOTED_NAME && token.text().charAt(0) != '"') {
            return Optional.of(
                    new SqlEmbeddingFault(token.start(), "a name must be written as it is, not with U& escapes"));
        } else if (token.is(';')) {
            return Optional.of(new SqlEmbeddingFault(token.start(), "the ; would end the statement"));
        } else if (token.is('(') || token.is('[')) {
            open.push(token);
        } else if (token.is(')') || token.is(']')) {
            SqlToken opening = open.poll();
            if (opening == null || opening.is('(') != token.is(')')) {
                return Optional.of(new SqlEmbeddingFault(token.start(), "the " + token.text() + " closes nothing"));
            }
        }
        return Optional.empty();
    }

    /** Splits a SQL text into tokens as PostgreSQL's scanner does. */
    private static final class SqlScanner {

        private final String sql;
        private final List<SqlToken> tokens = new ArrayList<>();
        private @Nullable SqlEmbeddingFault fault;
        private int at;

        SqlScanner(String sql) {
            this.sql = sql;
        }

        void run() {
            while (at < sql.length() && fault == null) {
                if (blank(sql.charAt(at))) {
                    at++;
                } else {
                    next();
                }
            }
        }

        private void next() {
            char c = sql.charAt(at);
            if (sql.startsWith("--", at)) {
                take(SqlTokenKind.COMMENT, endOfLine(at));
            } else if (sql.startsWith("/*", at)) {
                closed(SqlTokenKind.COMMENT, endOfBlock(), "the comment is never closed");
            } else if (c == '\'') {
                literal(at, false);
            } else if (c == '"') {
                name(at);
            } else if (c == '$') {
                dollar();
            } else if (wordStart(c)) {
                word(c);
            } else {
                take(SqlTokenKind.SYMBOL, at + 1);
            }
        }

        /** A word, or the letter that says how the quote behind it is to be read. */
        private void word(char c) {
            boolean unicode = (c == 'u' || c == 'U') && at(at + 1) == '&';
            if (at(at + 1) == '\'' && "eEbBxXnN".indexOf(c) >= 0) {
                literal(at + 1, c == 'e' || c == 'E');
            } else if (unicode && at(at + 2) == '\'') {
                literal(at + 2, false);
            } else if (unicode && at(at + 2) == '"') {
                name(at + 2);
            } else {
                int end = at + 1;
                while (wordPart(at(end))) {
                    end++;
                }
                take(SqlTokenKind.WORD, end);
            }
        }

        private void literal(int quote, boolean escapes) {
            int end = endOfQuote(quote, '\'', escapes);
            for (int more = continued(end); more >= 0; more = continued(end)) {
                end = endOfQuote(more, '\'', escapes);
            }
            closed(SqlTokenKind.LITERAL, end, "the quote is never closed");
        }

        private void name(int quote) {
            closed(SqlTokenKind.QUOTED_NAME, endOfQuote(quote, '"', false), "the quoted name is never closed");
        }

        /** Behind the closing quote, or -1. A doubled quote is one in the text. */
        private int endOfQuote(int quote, char mark, boolean escapes) {
            for (int i = quote + 1; i < sql.length(); i++) {
                char c = sql.charAt(i);
                if (escapes && c == '\\') {
                    i++;
                } else if (c == mark && at(i + 1) == mark) {
                    i++;
                } else if (c == mark) {
                    return i + 1;
                }
            }
            return -1;
        }

        /** A literal goes on in the next quote where a line break stands between the two: where that opens, or -1. */
        private int continued(int end) {
            boolean lineBreak = false;
            for (int i = end; i >= 0 && i < sql.length(); i++) {
                char c = sql.charAt(i);
                lineBreak = lineBreak || c == '\n' || c == '\r';
                if (lineBreak && c == '\'') {
                    return i;
                } else if (sql.startsWith("--", i)) {
                    i = endOfLine(i) - 1;
                } else if (!blank(c)) {
                    return -1;
                }
            }
            return -1;
        }

        /** {@code $1}, or a text between two of {@code $tag$}. */
        private void dollar() {
            int end = at + 1;
            if (digit(at(end))) {
                while (digit(at(end))) {
                    end++;
                }
                take(SqlTokenKind.PARAMETER, end);
                return;
            }
            while (wordPart(at(end)) && at(end) != '$') {
                end++;
            }
            if (at(end) != '$') {
                take(SqlTokenKind.SYMBOL, at + 1);
                return;
            }
            String tag = sql.substring(at, end + 1);
            int close = sql.indexOf(tag, end + 1);
            closed(
                    SqlTokenKind.LITERAL,
                    close < 0 ? -1 : close + tag.length(),
                    "the quote " + tag + " is never closed");
        }

        /** Comments of this kind nest. */
        private int endOfBlock() {
            int depth = 0;
            for (int i = at; i < sql.length() - 1; i++) {
                if (sql.startsWith("/*", i)) {
                    depth++;
                    i++;
                } else if (sql.startsWith("*/", i)) {
                    i++;
                    if (--depth == 0) {
                        return i + 1;
                    }
                }
            }
            return -1;
        }

        private int endOfLine(int from) {
            int end = from;
            while (end < sql.length() && sql.charAt(end) != '\n' && sql.charAt(end) != '\r') {
                end++;
            }
            return end;
        }

        private void closed(SqlTokenKind kind, int end, String why) {
            if (end < 0) {
                fault = new SqlEmbeddingFault(at, why);
            } else {
                take(kind, end);
            }
        }

        private void take(SqlTokenKind kind, int end) {
            tokens.add(new SqlToken(kind, at, end, sql.substring(at, end)));
            at = end;
        }

        /** NUL, which no map can hold, behind the end. */
        private char at(int index) {
            return index < sql.length() ? sql.charAt(index) : '\0';
        }

        private static boolean blank(char c) {
            return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f' || c == '\u000b';
        }

        private static boolean digit(char c) {
            return c >= '0' && c <= '9';
        }

        /** To PostgreSQL every character beyond ASCII is a letter. */
        private static boolean wordStart(char c) {
            return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '_' || c > 127;
        }

        private static boolean wordPart(char c) {
            return wordStart(c) || digit(c) || c == '$';
        }
    }
}
