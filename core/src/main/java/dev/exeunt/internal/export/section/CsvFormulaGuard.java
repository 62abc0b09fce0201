package dev.exeunt.internal.export.section;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Makes the texts of a CSV harmless in a spreadsheet. A spreadsheet takes a cell that begins like a formula, also behind blanks, for one
 * and runs it (CWE-1236); a single quote in front makes it text. A spreadsheet that separates at semicolons or tabs does not see our quotes
 * as ours: so what follows a semicolon, tab or line break within a text counts as the beginning of a cell, too.
 *
 * <p>PostgreSQL could guard the texts by regular expressions. These take as long as reading the rows and writing them as CSV.
 */
final class CsvFormulaGuard {

    private static final byte[] GUARD = {'\''};

    private final boolean[] guarded;

    /** @param texts tells of each column whether its cells are guarded; PostgreSQL quotes them all but NULL */
    CsvFormulaGuard(List<Boolean> texts) {
        guarded = new boolean[texts.size()];
        for (int i = 0; i < guarded.length; i++) {
            guarded[i] = texts.get(i);
        }
    }

    /** Returns a text in double quotes, guarded, as a cell. */
    static String cell(String text) {
        byte[] quoted = ('"' + text.replace("\"", "\"\"") + "\"\n").getBytes(StandardCharsets.UTF_8);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            new CsvFormulaGuard(List.of(true)).write(quoted, out);
        } catch (IOException e) {
            throw new UncheckedIOException("memory takes all", e);
        }
        return out.toString(StandardCharsets.UTF_8).stripTrailing();
    }

    /**
     * Writes a row, guarded.
     *
     * @param line one row as PostgreSQL writes it, in UTF-8, with its line feed
     * @return false where it is no row of these columns; then it is written in part
     */
    boolean write(byte[] line, OutputStream out) throws IOException {
        int end = line.length - 1;
        GuardedLine guard = new GuardedLine(line, end, out);
        int at = -1; // where a comma would be
        for (boolean text : guarded) {
            if (at >= end || at >= 0 && line[at] != ',') {
                return false;
            }
            at = guard.cell(at + 1, text);
        }
        guard.rest();
        return at == end && line[end] == '\n';
    }

    /** A row that is being written: what is before {@link #written} is in the stream. */
    private static final class GuardedLine {
        private final byte[] line;
        private final int end;
        private final OutputStream out;
        private int written;

        GuardedLine(byte[] line, int end, OutputStream out) {
            this.line = line;
            this.end = end;
            this.out = out;
        }

        /** Guards the cell that begins there, and returns its end. */
        int cell(int begin, boolean text) throws IOException {
            if (begin < end && line[begin] == '"') {
                return quoted(begin + 1, text);
            }
            int at = begin;
            while (at < end && line[at] != ',') {
                at++;
            }
            return at;
        }

        private int quoted(int begin, boolean text) throws IOException {
            if (text && beginsLikeFormula(begin)) {
                guard(begin);
            }
            int at = begin;
            while (at < end) {
                byte character = line[at++];
                if (character == '"') {
                    if (at == end || line[at] != '"') {
                        return at;
                    }
                    at++;
                } else if (text && FormulaCharacters.isSeparator(character) && beginsLikeFormulaWithin(at)) {
                    guard(at);
                }
            }
            return end + 1; // no quote ends it
        }

        private boolean beginsLikeFormula(int begin) {
            int at = begin;
            int blank = 1;
            while (at < end && blank > 0) {
                blank = FormulaCharacters.isWhiteSeparator(line[at]) ? 1 : FormulaCharacters.blank(line, at, end);
                at += blank;
            }
            return FormulaCharacters.isFormula(line, at, end);
        }

        /** A spreadsheet strips quotes from a cell that begins with them. */
        private boolean beginsLikeFormulaWithin(int begin) {
            int at = begin;
            int blank = 1;
            while (at < end && blank > 0) {
                blank = line[at] == '"' ? 1 : FormulaCharacters.blank(line, at, end);
                at += blank;
            }
            return FormulaCharacters.isFormula(line, at, end);
        }

        private void guard(int at) throws IOException {
            out.write(line, written, at - written);
            out.write(GUARD, 0, GUARD.length);
            written = at;
        }

        void rest() throws IOException {
            out.write(line, written, line.length - written);
        }
    }
}
