package dev.exeunt.internal.draft.update;

import dev.exeunt.internal.draft.DraftProposal;
import dev.exeunt.internal.draft.DraftTableWriter;
import dev.exeunt.internal.draft.model.DraftModel;
import dev.exeunt.internal.draft.model.DraftRole;
import dev.exeunt.internal.draft.model.DraftTable;
import dev.exeunt.internal.draft.model.ProposedFate;
import dev.exeunt.internal.draft.text.YamlLineWriter;
import dev.exeunt.internal.map.Link;
import dev.exeunt.internal.map.MappedTable;
import dev.exeunt.internal.map.yaml.YamlFormatter;
import dev.exeunt.internal.map.yaml.YamlOutline.OutlineEntry;
import dev.exeunt.internal.map.yaml.YamlOutline.OutlineMapping;
import dev.exeunt.internal.map.yaml.YamlOutline.OutlineNode;
import dev.exeunt.internal.schema.TableNameFormatter;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Adds the tables and the links that a map does not have. */
final class TableAdditions {

    private static final Set<String> LINK_WORDS = Set.of("subject", "through", "role", "matches", "on", "by", "where");

    private final ExistingMapModel settlement;
    private final DraftProposal proposal;
    private final MapAdditions additions;
    private final TableNameFormatter refs;
    private final YamlLineWriter page = new YamlLineWriter();
    private final DraftTableWriter writer;

    TableAdditions(ExistingMapModel settlement, DraftProposal proposal, MapAdditions additions) {
        this.settlement = settlement;
        this.proposal = proposal;
        this.additions = additions;
        this.refs = new TableNameFormatter(proposal.model().schema());
        this.writer = new DraftTableWriter(page, proposal);
    }

    void add() {
        ColumnAdditions columns = new ColumnAdditions(proposal.columns(), additions);
        settlement.roles().forEach(columns::add);
        settlement.tables().forEach(this::roles);
        settlement.roles().forEach(this::sayWhichRole);
        DraftModel model = proposal.model();
        model.tables().stream()
                .filter(t -> !t.settled() && !t.roles().isEmpty())
                .sorted(Comparator.comparingInt(t -> model.distance(t.name())))
                .forEach(this::table);
        notPersonal();
    }

    private void table(DraftTable table) {
        writer.table(table, 0);
        OutlineMapping tables = (OutlineMapping) additions.find("tables").orElseThrow();
        String blank = tables.flow() ? "" : "\n";
        additions.add(
                tables,
                blank + page.cut(),
                "table " + refs.text(table.name()) + (table.undecided() ? ", undecided" : ""));
    }

    private void roles(DraftTable table, MappedTable entry) {
        String name = entry.table().text();
        List<DraftRole> found = table.roles().stream().filter(r -> !r.settled()).toList();
        if (!found.isEmpty()) {
            OutlineMapping said =
                    (OutlineMapping) additions.find("tables", name).orElseThrow();
            if (said.value("links").orElse(null) instanceof OutlineMapping links) {
                found.forEach(r -> {
                    writer.role(r, 0);
                    additions.add(links, page.cut(), what(name, r));
                });
            } else {
                page.line(0, "links:");
                found.forEach(r -> writer.role(r, 1));
                additions.add(
                        said, page.cut(), found.stream().map(r -> what(name, r)).collect(Collectors.joining("; ")));
            }
        }
        if (!table.unplacedRoles().isEmpty()) {
            leave(table, entry);
        }
    }

    private static String what(String table, DraftRole role) {
        String undecided = role.fate() == ProposedFate.UNDECIDED ? ", undecided" : "";
        return "link " + table + "." + role.name() + undecided;
    }

    /** A table that says its only link itself has no place for a second: both go under links, the first as it is. */
    private void leave(DraftTable table, MappedTable entry) {
        OutlineMapping said =
                (OutlineMapping) additions.find("tables", entry.table().text()).orElseThrow();
        String only = said.entries().stream()
                .filter(e -> LINK_WORDS.contains(e.key().value()))
                .map(this::source)
                .collect(Collectors.joining(", "));
        page.line(0, "links:");
        page.line(1, "link: { " + only + " }");
        table.unplacedRoles().forEach(r -> writer.role(r, 1));
        String names = table.unplacedRoles().stream().map(DraftRole::name).collect(Collectors.joining(", "));
        additions.leave(
                entry.table().at(),
                entry.table().text() + " has a new link (" + names + "), and says its first outside of links:",
                "instead of " + only + "\n" + page.cut().stripTrailing());
    }

    private String source(OutlineEntry entry) {
        return additions.source(entry.key().start(), entry.end());
    }

    /** A link through a table that had one role only, and now has more, goes on leading through that one. */
    private void sayWhichRole(ExistingMapModel.ExistingRole settled) {
        boolean unsaid = settled.role().link() instanceof Link.ThroughLink through
                && through.roles().isEmpty();
        if (!unsaid || settled.drafted().parents().size() != 1) {
            return;
        }
        DraftRole parent = settled.drafted().parents().iterator().next();
        if (parent.table().roles().size() > 1) {
            String table = settled.table().table().text();
            OutlineNode said = additions
                    .find("tables", table, "links", settled.role().name())
                    .or(() -> additions.find("tables", table))
                    .orElseThrow();
            additions.add(
                    (OutlineMapping) said,
                    "role: " + YamlFormatter.scalar(parent.name()) + "\n",
                    "role of " + table + "." + settled.role().name() + ", since "
                            + parent.table().name() + " now has several");
        }
    }

    private void notPersonal() {
        proposal.notPersonal().forEach((table, reason) -> page.line(1, entry(table, reason)));
        String lines = page.cut();
        if (lines.isEmpty()) {
            return;
        }
        String names = proposal.notPersonal().keySet().stream()
                .map(t -> refs.text(t.name()))
                .collect(Collectors.joining(", "));
        if (additions.find("not-personal").orElse(null) instanceof OutlineMapping said) {
            additions.add(said, lines.indent(-2), "not personal: " + names);
        } else {
            String blank = additions.root().flow() ? "" : "\n";
            additions.add(additions.root(), blank + "not-personal:\n" + lines, "not personal: " + names);
        }
    }

    private String entry(DraftTable table, String reason) {
        return YamlFormatter.scalar(refs.text(table.name())) + ": " + YamlFormatter.prose(reason);
    }
}
