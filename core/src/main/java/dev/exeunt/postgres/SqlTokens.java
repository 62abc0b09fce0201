package dev.exeunt.postgres;

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

    /** What a piece is. Numbers, operators and brackets are symbols of one character each. */
    public enum Kind {
        WORD,
        QUOTED_NAME,
        LITERAL,
        COMMENT,
        PARAMETER,
        SYMBOL
    }

    /**
     * @param start of the piece in the text
     * @param end behind its last character
     * @param text as it stands there, quotes included
     */
    public record Token(Kind kind, int start, int end, String text) {

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
            return kind == Kind.SYMBOL && text.charAt(0) == symbol;
        }
    }

    /**
     * Why a text cannot be put into a statement.
     *
     * @param at where, from 0
     * @param why a clause: {@code the ; would end the statement}
     */
    public record Fault(int at, String why) {}

    private final List<Token> tokens;
    private final Optional<Fault> unterminated;

    private SqlTokens(List<Token> tokens, Optional<Fault> unterminated) {
        this.tokens = List.copyOf(tokens);
        this.unterminated = unterminated;
    }

    public static SqlTokens of(String sql) {
        Scan scan = new Scan(sql);
        scan.run();
        return new SqlTokens(scan.tokens, Optional.ofNullable(scan.fault));
    }

    /** All of them, blanks left out. */
    public List<Token> all() {
        return tokens;
    }

    /** Why the text, put between parentheses with a line break behind it, would not stay there as one whole. */
    public Optional<Fault> fault() {
        if (unterminated.isPresent()) {
            return unterminated;
        }
        Deque<Token> open = new ArrayDeque<>();
        boolean empty = true;
        for (Token token : tokens) {
            empty = empty && token.kind() == Kind.COMMENT;
            Optional<Fault> fault = fault(token, open);
            if (fault.isPresent()) {
                return fault;
            }
        }
        if (empty) {
            return Optional.of(new Fault(0, "there is nothing in it but blanks and comments"));
        }
        return Optional.ofNullable(open.peek()).map(o -> new Fault(o.start(), "the " + o.text() + " is never closed"));
    }

    private static Optional<Fault> fault(Token token, Deque<Token> open) {
        if (token.kind() == Kind.PARAMETER) {
            return Optional.of(new Fault(token.start(), token.text() + " is a parameter, which nothing fills in"));
        } else if (token.kind() == Kind.QUOTED_NAME && token.text().charAt(0) != '"') {
            return Optional.of(new Fault(token.start(), "a name must be written as it is, not with U& escapes"));
        } else if (token.is(';')) {
            return Optional.of(new Fault(token.start(), "the ; would end the statement"));
        } else if (token.is('(') || token.is('[')) {
            open.push(token);
        } else if (token.is(')') || token.is(']')) {
            Token opening = open.poll();
            if (opening == null || opening.is('(') != token.is(')')) {
                return Optional.of(new Fault(token.start(), "the " + token.text() + " closes nothing"));
            }
        }
        return Optional.empty();
    }

    private static final class Scan {

        private final String sql;
        private final List<Token> tokens = new ArrayList<>();
        private @Nullable Fault fault;
        private int at;

        Scan(String sql) {
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
                take(Kind.COMMENT, endOfLine(at));
            } else if (sql.startsWith("/*", at)) {
                closed(Kind.COMMENT, endOfBlock(), "the comment is never closed");
            } else if (c == '\'') {
                literal(at, false);
            } else if (c == '"') {
                name(at);
            } else if (c == '$') {
                dollar();
            } else if (wordStart(c)) {
                word(c);
            } else {
                take(Kind.SYMBOL, at + 1);
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
                take(Kind.WORD, end);
            }
        }

        private void literal(int quote, boolean escapes) {
            int end = endOfQuote(quote, '\'', escapes);
            for (int more = continued(end); more >= 0; more = continued(end)) {
                end = endOfQuote(more, '\'', escapes);
            }
            closed(Kind.LITERAL, end, "the quote is never closed");
        }

        private void name(int quote) {
            closed(Kind.QUOTED_NAME, endOfQuote(quote, '"', false), "the quoted name is never closed");
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
                take(Kind.PARAMETER, end);
                return;
            }
            while (wordPart(at(end)) && at(end) != '$') {
                end++;
            }
            if (at(end) != '$') {
                take(Kind.SYMBOL, at + 1);
                return;
            }
            String tag = sql.substring(at, end + 1);
            int close = sql.indexOf(tag, end + 1);
            closed(Kind.LITERAL, close < 0 ? -1 : close + tag.length(), "the quote " + tag + " is never closed");
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

        private void closed(Kind kind, int end, String why) {
            if (end < 0) {
                fault = new Fault(at, why);
            } else {
                take(kind, end);
            }
        }

        private void take(Kind kind, int end) {
            tokens.add(new Token(kind, at, end, sql.substring(at, end)));
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
