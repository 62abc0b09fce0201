package dev.exeunt.internal.draft.update;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Collects pieces of text with their offsets and inserts them all into the original text. */
final class TextInsertions {

    /**
     * Holds one piece of text and the offset at which it is inserted.
     *
     * @param inner where what it belongs to begins: of two at one place the inner comes first
     * @param text new lines begin with the line break that ends the line before
     */
    private record InsertedPiece(int at, int inner, String text) {}

    private final String text;
    private final List<InsertedPiece> insertions = new ArrayList<>();

    TextInsertions(String text) {
        this.text = text;
    }

    /** Its number, by which its line can be asked for. */
    int insert(int at, int inner, String piece) {
        insertions.add(new InsertedPiece(at, inner, piece));
        return insertions.size() - 1;
    }

    private List<InsertedPiece> inOrder() {
        return insertions.stream()
                .sorted(Comparator.comparingInt(InsertedPiece::at)
                        .thenComparing(
                                Comparator.comparingInt(InsertedPiece::inner).reversed()))
                .toList();
    }

    String applied() {
        StringBuilder applied = new StringBuilder();
        int from = 0;
        for (InsertedPiece insertion : inOrder()) {
            applied.append(text, from, insertion.at()).append(insertion.text());
            from = insertion.at();
        }
        return applied.append(text, from, text.length()).toString();
    }

    /** The line in the new text, from 1, in which the first word of each piece stands, by the pieces' numbers. */
    List<Integer> lines() {
        int[] lines = new int[insertions.size()];
        int line = 1;
        int from = 0;
        for (InsertedPiece insertion : inOrder()) {
            line += breaks(text.substring(from, insertion.at()));
            from = insertion.at();
            int word =
                    insertion.text().length() - insertion.text().stripLeading().length();
            lines[insertions.indexOf(insertion)] =
                    line + breaks(insertion.text().substring(0, word));
            line += breaks(insertion.text());
        }
        List<Integer> found = new ArrayList<>();
        for (int found1 : lines) {
            found.add(found1);
        }
        return found;
    }

    private static int breaks(String piece) {
        return (int) piece.replace("\r\n", "\n")
                .chars()
                .filter(c -> c == '\n' || c == '\r')
                .count();
    }
}
