package dev.exeunt.internal.map.read;

import dev.exeunt.internal.map.LocatedText;
import dev.exeunt.internal.map.TableReference;
import dev.exeunt.internal.map.yaml.FaultCollector;
import dev.exeunt.internal.map.yaml.ValueExcerpt;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Parses {@code table} and {@code schema.table} as a map writes them. A part in double quotes is unquoted as in SQL. Any other part
 * keeps its case, since a map writes names as the catalogue has them.
 */
public final class TableNameParser {

    private final FaultCollector faults;

    TableNameParser(FaultCollector faults) {
        this.faults = faults;
    }

    /** Whether two references name the same table; a schema counts where both give one. */
    static boolean same(TableReference a, TableReference b) {
        boolean sameSchema =
                a.schema() == null || b.schema() == null || a.schema().equals(b.schema());
        return sameSchema && a.name().equals(b.name());
    }

    /** Whether two references are the same reference, whatever the quotes. */
    static boolean identical(TableReference a, TableReference b) {
        return Objects.equals(a.schema(), b.schema()) && a.name().equals(b.name());
    }

    /** The table a word names, or null after a fault. */
    @Nullable
    TableReference read(LocatedText word) {
        List<String> parts = parts(word.text());
        if (parts.isEmpty() || parts.size() > 2) {
            faults.malformed(
                    word.at(),
                    ValueExcerpt.quoted(word.text()) + " is not a table's name.",
                    "Write table or schema.table, and a name that holds a dot or a quote as in SQL:"
                            + " '\"my.schema\".\"Odd \"\"name\"\"\"'");
            return null;
        }
        boolean bare = parts.size() == 1;
        return new TableReference(bare ? null : parts.get(0), parts.get(bare ? 0 : 1), word.text(), word.at());
    }

    /** Empty if the text is not well formed. */
    private static List<String> parts(String text) {
        List<String> parts = new ArrayList<>();
        int at = 0;
        while (at <= text.length()) {
            int end = text.startsWith("\"", at) ? closingQuote(text, at) : nextDot(text, at);
            String part = end < 0 ? "" : unquoted(text.substring(at, end));
            boolean ended = end == text.length() || (end > 0 && text.charAt(end) == '.');
            if (part.isEmpty() || !ended) {
                return List.of();
            }
            parts.add(part);
            at = end + 1;
        }
        return parts;
    }

    /** Just after the quote that closes the one at {@code start}, or -1; two quotes are one of the name's. */
    private static int closingQuote(String text, int start) {
        for (int i = start + 1; i < text.length(); i++) {
            if (text.charAt(i) == '"') {
                if (!text.startsWith("\"\"", i)) {
                    return i + 1;
                }
                i++;
            }
        }
        return -1;
    }

    private static int nextDot(String text, int start) {
        int dot = text.indexOf('.', start);
        int end = dot < 0 ? text.length() : dot;
        return text.substring(start, end).contains("\"") ? -1 : end;
    }

    private static String unquoted(String part) {
        return part.startsWith("\"") ? part.substring(1, part.length() - 1).replace("\"\"", "\"") : part;
    }
}
