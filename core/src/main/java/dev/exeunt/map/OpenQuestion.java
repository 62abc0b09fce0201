package dev.exeunt.map;

import java.util.List;

/**
 * Asks what becomes of the rows of a role that a map leaves {@code undecided}, and offers answers.
 *
 * @param role {@code table.role}
 * @param at where the map says {@code undecided}
 * @param rows about how many rows the table has; 0 where PostgreSQL has not counted them
 * @param answers with what follows from each, the strongest first
 */
public record OpenQuestion(String role, Position at, long rows, List<OfferedAnswer> answers) {

    private static final String UNDECIDED = "undecided";

    public OpenQuestion {
        answers = List.copyOf(answers);
    }

    /**
     * Holds one answer.
     *
     * @param word {@code delete}, {@code detach}, {@code anonymize} or {@code keep}
     * @param follows what becomes of the rows, in a sentence
     * @param yaml what stands for {@code undecided} in the map, on one line
     */
    public record OfferedAnswer(String word, String follows, String yaml) {

        /** The reason that {@code keep} has until it is given another one. */
        public static final String REASON = "why the rows stay";

        /** Returns the same answer with a reason of its own, where it needs one. Quotation marks and backslashes in it become others. */
        public OfferedAnswer because(String reason) {
            String plain = reason.replace('"', '\'').replace('\\', '/').replaceAll("\\p{Cntrl}", " ");
            return new OfferedAnswer(word, follows, yaml.replace(REASON, plain));
        }
    }

    /**
     * Writes the answer into the map.
     *
     * @param map the whole text that the question was asked of
     * @throws IllegalArgumentException where the text does not say {@code undecided} at the place of the question
     */
    public String answered(String map, OfferedAnswer answer) {
        int line = 0;
        for (int i = 1; i < at.line(); i++) {
            line = map.indexOf('\n', line) + 1;
        }
        int place = map.offsetByCodePoints(line, at.column() - 1);
        if (!map.startsWith(UNDECIDED, place)) {
            throw new IllegalArgumentException(at + " does not say undecided");
        }
        return map.substring(0, place) + answer.yaml() + map.substring(place + UNDECIDED.length());
    }
}
