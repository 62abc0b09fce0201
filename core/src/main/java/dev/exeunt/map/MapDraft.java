package dev.exeunt.map;

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
}
