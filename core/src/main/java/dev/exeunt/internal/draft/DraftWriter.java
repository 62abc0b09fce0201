package dev.exeunt.internal.draft;

import dev.exeunt.internal.draft.model.DraftModel;
import dev.exeunt.internal.draft.model.DraftTable;
import dev.exeunt.internal.draft.model.SampledReference;
import dev.exeunt.internal.draft.text.YamlLineWriter;
import dev.exeunt.internal.map.yaml.YamlFormatter;
import dev.exeunt.internal.names.SubjectHeuristics;
import dev.exeunt.internal.schema.TableNameFormatter;
import dev.exeunt.map.MapDraft;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** Writes the whole map: the subject first, then what is to be decided, then the other tables by what becomes of their rows. */
final class DraftWriter {

    private final DraftModel model;
    private final YamlLineWriter page = new YamlLineWriter();
    private final TableNameFormatter refs;
    private final DraftTableWriter writer;
    private final Map<DraftTable, String> notPersonal;

    DraftWriter(DraftProposal proposal) {
        this.model = proposal.model();
        this.notPersonal = proposal.notPersonal();
        this.refs = new TableNameFormatter(model.schema());
        this.writer = new DraftTableWriter(page, proposal);
    }

    /** @param unlinked places that refer to people and that no link can reach */
    String write(MapDraft.DraftSummary summary, List<SampledReference> unlinked) {
        head(summary);
        subject();
        tables();
        if (!notPersonal.isEmpty()) {
            page.line(0, "not-personal:");
            notPersonal.forEach((t, reason) -> page.line(1, ref(t) + ": " + YamlFormatter.prose(reason)));
        }
        if (!unlinked.isEmpty()) {
            page.blank();
            page.comment(0, "Sampled values refer to people also here, where no link of this draft goes:");
            unlinked.forEach(r -> page.comment(
                    0, "  " + refs.text(r.table()) + "." + r.column().name() + " holds " + r.words()));
            page.comment(0, "For each, `exeunt check --data` says what to do.");
        }
        notes();
        return page.toString();
    }

    private void notes() {
        List<String> notes = model.notes();
        if (!notes.isEmpty()) {
            page.blank();
            page.comment(0, "Not said above:");
            notes.forEach(n -> page.comment(0, "- " + n));
        }
    }

    private void head(MapDraft.DraftSummary summary) {
        page.comment(
                0,
                "A first data map, drafted from the database "
                        + model.schema().database()
                        + ". It says which rows belong to a person, and what becomes of them. Nothing in it is agreed yet.");
        page.comment(
                0,
                "Of " + summary.tables() + " tables " + summary.onPath() + " are on a foreign-key path to the"
                        + " subject; " + summary.mapped() + " are mapped here, with " + summary.inferredLinks()
                        + " links that no foreign key declares. Left to decide: " + summary.undecided()
                        + (summary.undecided() == 1 ? " table." : " tables."));
        page.comment(0, "Read it, answer what is `undecided`, then let `exeunt check` prove it against the database.");
        page.line(0, "version: 1");
        page.blank();
    }

    private void subject() {
        var table = model.subject().table();
        page.line(0, "subject:");
        page.line(1, "table: " + ref(model.subject()));
        page.line(
                1,
                "key: "
                        + (model.key().size() == 1
                                ? YamlFormatter.scalar(model.key().get(0))
                                : YamlFormatter.list(model.key())));
        SubjectHeuristics.created(table)
                .ifPresent(c -> page.line(
                        1,
                        "created: " + YamlFormatter.scalar(c),
                        "tells this person from a later one with the same key"));
        List<String> identifiers = model.identifiers();
        if (!identifiers.isEmpty()) {
            page.list(1, "identifiers", identifiers, "what a person is known by");
        }
        page.blank();
        page.line(0, "export:");
        page.line(1, "name: " + YamlFormatter.quoted("data-export-{key}-{timestamp}"));
        page.line(1, "schema: 1", "the version of the document's structure");
        page.line(1, "format: zip");
        page.blank();
    }

    private String ref(DraftTable table) {
        return YamlFormatter.scalar(refs.text(table.name()));
    }

    private void tables() {
        page.line(0, "tables:");
        for (DraftSection section : DraftSection.values()) {
            List<DraftTable> tables = inOrder(section);
            if (!tables.isEmpty()) {
                page.comment(1, "---- " + section.heading() + " ----");
            }
            for (DraftTable table : tables) {
                writer.table(table, 1);
                page.blank();
            }
        }
    }

    /** The tables next to the person come first. */
    private List<DraftTable> inOrder(DraftSection section) {
        return model.tables().stream()
                .filter(t -> !t.roles().isEmpty() && DraftSection.of(t) == section)
                .sorted(Comparator.comparingInt(t -> model.distance(t.name())))
                .toList();
    }
}
