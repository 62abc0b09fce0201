package dev.exeunt.map;

import dev.exeunt.map.Finding.Position;
import java.util.List;

/**
 * Holds a first data map that was drafted from a schema: tables on a foreign-key path to the subject, links, fates with their
 * reasons, and {@code undecided} where a person has to decide. It passes {@code check} but for what it leaves undecided.
 *
 * <p>The same schema gives the same draft, byte for byte. Where rows are sampled, they may add links.
 *
 * @param yaml the complete file, with comments
 * @param notes what could not be sampled, in sentences
 */
public record MapDraft(String yaml, DraftSummary summary, List<String> notes) {

    public MapDraft {
        notes = List.copyOf(notes);
    }

    /**
     * Counts what a draft covers: tables, inferred links and open decisions.
     *
     * @param tables in the database
     * @param onPath tables on a foreign-key path to the subject, the subject's own among them
     * @param mapped tables the draft describes
     * @param inferredLinks links that no foreign key declares
     * @param undecided tables of which something is left to decide
     * @param notPersonal tables listed as holding no personal data
     */
    public record DraftSummary(int tables, int onPath, int mapped, int inferredLinks, int undecided, int notPersonal) {}

    /**
     * Asks what becomes of the rows of a role that a map leaves {@code undecided}, and offers answers.
     *
     * @param role {@code table.role}
     * @param at where the map says {@code undecided}
     * @param rows about how many rows the table has; 0 where PostgreSQL has not counted them
     * @param answers with what follows from each, the strongest first
     */
    public record Question(String role, Position at, long rows, List<Answer> answers) {

        private static final String UNDECIDED = "undecided";

        public Question {
            answers = List.copyOf(answers);
        }

        /**
         * Writes the answer into the map.
         *
         * @param map the whole text that the question was asked of
         * @throws IllegalArgumentException where the text does not say {@code undecided} at the place of the question
         */
        public String answered(String map, Answer answer) {
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

    /**
     * Holds one answer.
     *
     * @param word {@code delete}, {@code detach}, {@code anonymize} or {@code keep}
     * @param follows what becomes of the rows, in a sentence
     * @param yaml what stands for {@code undecided} in the map, on one line
     */
    public record Answer(String word, String follows, String yaml) {

        /** The reason that {@code keep} has until it is given another one. */
        public static final String REASON = "why the rows stay";

        /** Returns the same answer with a reason of its own, where it needs one. Quotation marks and backslashes in it become others. */
        public Answer because(String reason) {
            String plain = reason.replace('"', '\'').replace('\\', '/').replaceAll("\\p{Cntrl}", " ");
            return new Answer(word, follows, yaml.replace(REASON, plain));
        }
    }
}
