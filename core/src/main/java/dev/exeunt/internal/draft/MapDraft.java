package dev.exeunt.internal.draft;

import dev.exeunt.ExeuntException;
import dev.exeunt.internal.draft.model.DraftModel;
import dev.exeunt.internal.draft.model.DraftTable;
import dev.exeunt.internal.schema.DatabaseSchema;
import dev.exeunt.internal.schema.TableName;
import java.util.Map;

/**
 * A first data map for a database nobody designed for it: every table on a foreign-key path to the subject, every link
 * that a key declares or a name suggests, a fate for each with the reason beside it, and {@code undecided} where only a
 * person can say. A proposal: it passes {@code check} but for what it leaves undecided, and decides nothing for anybody.
 *
 * <p>The same schema gives the same draft, byte for byte. No row is read.
 */
public final class MapDraft {

    private final String yaml;
    private final DraftSummary summary;

    private MapDraft(String yaml, DraftSummary summary) {
        this.yaml = yaml;
        this.summary = summary;
    }

    /**
     * Drafts a map.
     *
     * @param subject the table that has one row for each person
     * @throws ExeuntException where there is no such table, or nothing tells its rows apart
     */
    public static MapDraft of(DatabaseSchema schema, TableName subject) {
        DraftProposal proposal = DraftProposal.on(new DraftModel(schema, subject));
        DraftSummary summary = summarize(proposal.model(), proposal.notPersonal());
        return new MapDraft(new DraftWriter(proposal).write(summary), summary);
    }

    private static DraftSummary summarize(DraftModel model, Map<DraftTable, String> notPersonal) {
        long mapped = model.tables().stream().filter(t -> !t.roles().isEmpty()).count();
        long inferred = model.tables().stream()
                .flatMap(t -> t.roles().stream())
                .filter(r -> r.link().inferred())
                .count();
        long undecided = model.tables().stream().filter(DraftTable::undecided).count();
        return new DraftSummary(
                model.tables().size(),
                model.pathTables(),
                (int) mapped,
                (int) inferred,
                (int) undecided,
                notPersonal.size());
    }

    /** The complete file, with comments. */
    public String yaml() {
        return yaml;
    }

    public DraftSummary summary() {
        return summary;
    }

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
