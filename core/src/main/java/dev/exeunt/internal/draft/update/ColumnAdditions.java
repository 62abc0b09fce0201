package dev.exeunt.internal.draft.update;

import dev.exeunt.internal.draft.fate.ColumnProposer;
import dev.exeunt.internal.map.ColumnRule;
import dev.exeunt.internal.map.LocatedText;
import dev.exeunt.internal.map.yaml.YamlFormatter;
import dev.exeunt.internal.map.yaml.YamlOutline.OutlineMapping;
import dev.exeunt.internal.map.yaml.YamlOutline.OutlineNode;
import dev.exeunt.internal.map.yaml.YamlOutline.OutlineSequence;
import dev.exeunt.internal.schema.Column;
import dev.exeunt.internal.schema.ColumnHeuristics;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Adds the columns that a map does not speak of and has to: in rows that stay, and secrets in the export. */
final class ColumnAdditions {

    private final ColumnProposer proposal;
    private final MapAdditions additions;
    /** what has been added where: several roles may share what the table says */
    private final Map<OutlineNode, Set<String>> done = new IdentityHashMap<>();

    ColumnAdditions(ColumnProposer proposal, MapAdditions additions) {
        this.proposal = proposal;
        this.additions = additions;
    }

    void add(ExistingMapModel.ExistingRole settled) {
        if (settled.drafted().fate().outlives()) {
            words(settled);
        }
        secrets(settled);
    }

    private void words(ExistingMapModel.ExistingRole settled) {
        Set<String> named =
                new HashSet<>(ExistingMapModel.columns(settled.role().link()));
        settled.role().fate().rules().stream()
                .map(ColumnRule::column)
                .map(LocatedText::text)
                .forEach(named::add);
        settled.role().fate().retain().stream().map(LocatedText::text).forEach(named::add);
        ColumnProposer.ProposedColumns columns = proposal.of(settled.drafted());
        Optional<OutlineNode> erase = said(settled, "erase");
        if (erase.isEmpty()) {
            return;
        }
        Set<String> missing = settled.drafted().table().table().columns().stream()
                .filter(c -> ColumnHeuristics.freeForm(c) || ColumnHeuristics.personal(c))
                .map(Column::name)
                .filter(c -> !named.contains(c))
                .filter(c ->
                        done.computeIfAbsent(erase.get(), n -> new HashSet<>()).add(c))
                .collect(Collectors.toSet());
        List<ColumnProposer.ProposedRule> rules = columns.rules().stream()
                .filter(r -> missing.contains(r.column()))
                .toList();
        List<String> retain =
                columns.retain().stream().filter(missing::contains).toList();
        if (rules.isEmpty() && retain.isEmpty()) {
            return;
        }
        if (erase.get() instanceof OutlineMapping mapping
                && mapping.value("flows").isEmpty()) {
            rules(settled, mapping, rules);
            retain(settled, mapping, retain);
        } else {
            leave(settled, rules, retain);
        }
    }

    private void rules(
            ExistingMapModel.ExistingRole settled, OutlineMapping erase, List<ColumnProposer.ProposedRule> rules) {
        if (rules.isEmpty()) {
            return;
        }
        String what = rules.stream()
                .map(r -> column(settled, r.column()) + " becomes " + r.value())
                .collect(Collectors.joining(", "));
        if (erase.value("anonymize").orElse(null) instanceof OutlineMapping anonymize) {
            additions.add(anonymize, lines(rules, ""), what);
        } else {
            additions.add(erase, "anonymize:\n" + lines(rules, "  "), what);
        }
    }

    private static String lines(List<ColumnProposer.ProposedRule> rules, String indent) {
        return rules.stream()
                .map(r -> indent + YamlFormatter.scalar(r.column()) + ": " + r.value() + "\n")
                .collect(Collectors.joining());
    }

    private void retain(ExistingMapModel.ExistingRole settled, OutlineMapping erase, List<String> columns) {
        if (columns.isEmpty()) {
            return;
        }
        String what = columns.stream().map(c -> column(settled, c)).collect(Collectors.joining(", ")) + " stays";
        if (erase.value("retain").orElse(null) instanceof OutlineSequence retain) {
            additions.add(retain, columns, what);
        } else {
            additions.add(erase, "retain: " + YamlFormatter.list(columns) + "\n", what);
        }
    }

    /** {@code erase: detach} has no place for a column, and fates that differ by flow have several. */
    private void leave(
            ExistingMapModel.ExistingRole settled, List<ColumnProposer.ProposedRule> rules, List<String> retain) {
        boolean byFlow = said(settled, "erase").orElseThrow() instanceof OutlineMapping;
        List<String> parts = new ArrayList<>(byFlow ? List.of() : List.of("detach: true"));
        if (!rules.isEmpty()) {
            parts.add("anonymize: { "
                    + rules.stream()
                            .map(r -> YamlFormatter.scalar(r.column()) + ": " + r.value())
                            .collect(Collectors.joining(", "))
                    + " }");
        }
        if (!retain.isEmpty()) {
            parts.add("retain: " + YamlFormatter.list(retain));
        }
        List<String> names = new ArrayList<>(retain);
        rules.forEach(r -> names.add(r.column()));
        String words = String.join(", ", parts);
        additions.leave(
                settled.role().fate().at(),
                settled.table().table().text() + " has columns that outlive the erasure, and need a word: "
                        + String.join(", ", names),
                byFlow ? "beside each flow's fate\n" + words : "instead of erase: detach\nerase: { " + words + " }");
    }

    private void secrets(ExistingMapModel.ExistingRole settled) {
        if (settled.role().export().none()) {
            return;
        }
        Set<String> withheld = settled.role().export().withheld();
        Optional<OutlineNode> export = said(settled, "export");
        OutlineNode place = export.orElseGet(() -> place(settled));
        List<String> secrets = settled.drafted().table().table().columns().stream()
                .filter(c -> ColumnHeuristics.secret(settled.drafted().table().table(), c))
                .map(Column::name)
                .filter(c -> !withheld.contains(c))
                .filter(c -> done.computeIfAbsent(place, n -> new HashSet<>()).add("export " + c))
                .toList();
        if (secrets.isEmpty()) {
            return;
        }
        String what = secrets.stream().map(c -> column(settled, c)).collect(Collectors.joining(", "))
                + " reads like a secret and is left out of the export";
        String words = "except: " + YamlFormatter.list(secrets);
        OutlineNode list = export.flatMap(e -> e instanceof OutlineMapping m ? m.value("except") : Optional.empty())
                .orElse(null);
        if (list instanceof OutlineSequence sequence) {
            additions.add(sequence, secrets, what);
        } else if (export.isEmpty()) {
            additions.add((OutlineMapping) place, "export: { " + words + " }\n", what);
        } else {
            additions.leave(settled.role().export().at(), what, "export: { " + words + ", … }");
        }
    }

    /** What the role says itself, or else its table for it. */
    private Optional<OutlineNode> said(ExistingMapModel.ExistingRole settled, String word) {
        String table = settled.table().table().text();
        boolean own = settled.drafted().isSelf() || !settled.drafted().table().isSubject();
        return additions
                .find("tables", table, "links", settled.role().name(), word)
                .or(() -> own ? additions.find("tables", table, word) : Optional.empty());
    }

    /** Where something may be said for the role, and for those that say nothing either. */
    private OutlineNode place(ExistingMapModel.ExistingRole settled) {
        String table = settled.table().table().text();
        boolean own = settled.drafted().isSelf() || !settled.drafted().table().isSubject();
        return (own
                        ? additions.find("tables", table)
                        : additions.find(
                                "tables", table, "links", settled.role().name()))
                .orElseThrow();
    }

    private static String column(ExistingMapModel.ExistingRole settled, String column) {
        return settled.table().table().text() + "." + column;
    }
}
