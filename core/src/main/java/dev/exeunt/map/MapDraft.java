package dev.exeunt.map;

/**
 * A first data map for a database nobody designed for it: every table on a foreign-key path to the subject, every link
 * that a key declares or a name suggests, a fate for each with the reason beside it, and {@code undecided} where only a
 * person can say. A proposal: it passes {@code check} but for what it leaves undecided, and decides nothing for anybody.
 *
 * <p>The same schema gives the same draft, byte for byte. No row is read.
 *
 * @param yaml the complete file, with comments
 */
public record MapDraft(String yaml, DraftSummary summary) {

    /**
     * Counts what a draft covers: tables, inferred links and open decisions.
     *
     * @param tables in the database
     * @param onPath tables on a foreign-key path to the subject, the subject's own among them
     * @param mapped tables the draft describes
     * @param inferredLinks links that no foreign key declares
     * @param undecided tables of which something is left to decide
     * @param notPersonal tables listed as holding nothing of anybody
     */
    public record DraftSummary(int tables, int onPath, int mapped, int inferredLinks, int undecided, int notPersonal) {}
}
