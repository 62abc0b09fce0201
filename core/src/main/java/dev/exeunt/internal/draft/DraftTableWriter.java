package dev.exeunt.internal.draft;

import dev.exeunt.internal.draft.model.DraftModel;
import dev.exeunt.internal.draft.model.DraftRole;
import dev.exeunt.internal.draft.model.DraftTable;
import dev.exeunt.internal.draft.model.ProposedFate;
import dev.exeunt.internal.draft.text.YamlLineWriter;
import dev.exeunt.internal.map.yaml.YamlFormatter;
import dev.exeunt.internal.names.LinkRelation;
import dev.exeunt.internal.schema.Column;
import dev.exeunt.internal.schema.ColumnHeuristics;
import dev.exeunt.internal.schema.TableNameFormatter;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Writes the map entry of one drafted table as YAML. */
public final class DraftTableWriter {

    /** longer links stand on several lines */
    private static final int WIDTH = 110;

    private final YamlLineWriter page;
    private final TableNameFormatter refs;
    private final DraftRoleWriter roles;
    /** tables of which rows go along with rows of a table */
    private final Map<DraftTable, List<DraftTable>> below = new HashMap<>();

    public DraftTableWriter(YamlLineWriter page, DraftProposal proposal) {
        DraftModel model = proposal.model();
        this.page = page;
        this.refs = new TableNameFormatter(model.schema());
        this.roles = new DraftRoleWriter(page, refs, proposal.detachment(), proposal.columns());
        for (DraftTable table : model.tables()) {
            table.deleting().stream()
                    .flatMap(r -> r.parents().stream())
                    .map(DraftRole::table)
                    .distinct()
                    .forEach(p ->
                            below.computeIfAbsent(p, x -> new ArrayList<>()).add(table));
        }
    }

    /** The whole entry, as it stands under {@code tables:}, so deep. */
    public void table(DraftTable table, int depth) {
        page.line(depth, YamlFormatter.scalar(refs.text(table.name())) + ":");
        company(table, depth + 1);
        DraftRole first = table.roles().get(0);
        boolean inline = table.roles().size() == 1;
        if (inline && !first.isSelf()) {
            List<String> link = roles.link(first);
            page.line(depth + 1, link.get(0), origin(first, ""));
            link.subList(1, link.size()).forEach(l -> page.line(depth + 1, l));
        }
        export(table, first, depth + 1);
        if (inline || table.isSubject()) {
            roles.erase(first, depth + 1, false);
        }
        List<DraftRole> named =
                table.roles().stream().filter(r -> !inline && !r.isSelf()).toList();
        if (!named.isEmpty()) {
            page.line(depth + 1, "links:");
            named.forEach(r -> role(r, depth + 2));
        }
    }

    /** Says so where deleting a person's rows takes rows along that other people own. */
    private void company(DraftTable table, int depth) {
        List<String> others = table.direct().stream().anyMatch(DraftRole::deletes) ? below(table) : List.of();
        if (!others.isEmpty()) {
            page.comment(depth, "Other people's rows go along, in " + String.join(", ", others) + ".");
        }
    }

    private List<String> below(DraftTable top) {
        Deque<DraftTable> open = new ArrayDeque<>(List.of(top));
        Set<DraftTable> seen = new LinkedHashSet<>(open);
        while (!open.isEmpty()) {
            below.getOrDefault(open.remove(), List.of()).stream()
                    .filter(seen::add)
                    .forEach(open::add);
        }
        return seen.stream()
                .filter(t -> t != top)
                .filter(t -> t.direct().stream().anyMatch(r -> r.claim() != LinkRelation.ACTOR))
                .map(t -> t.name().toString())
                .toList();
    }

    /** What the draft knows of a link, for a comment: where it comes from, the reason of the fate, and how many rows have it. */
    private static String origin(DraftRole role, String why) {
        List<String> known = new ArrayList<>();
        if (role.link().inferred()) {
            known.add("inferred from the name");
        }
        if (!why.isEmpty()) {
            known.add(why);
        }
        if (role.share() != null) {
            known.add(role.share().words());
        }
        return String.join("; ", known);
    }

    private void export(DraftTable table, DraftRole first, int depth) {
        boolean inline = table.roles().size() == 1;
        List<String> except = inline ? ExportScope.except(first) : shared(table);
        if (inline && ExportScope.none(first)) {
            page.line(depth, "export: none");
        } else if (!except.isEmpty()) {
            page.line(depth, "export: { except: " + YamlFormatter.list(except) + " }", reason(table, except));
        }
    }

    /** What no role of the table exports. */
    private static List<String> shared(DraftTable table) {
        return secrets(table);
    }

    private static List<String> secrets(DraftTable table) {
        return table.table().columns().stream()
                .filter(c -> ColumnHeuristics.secret(table.table(), c))
                .map(Column::name)
                .toList();
    }

    private static String reason(DraftTable table, List<String> except) {
        return secrets(table).containsAll(except) ? "reads like a secret" : "secrets, and what tells of other people";
    }

    /** What a role leaves out beyond what its table leaves out. */
    private static List<String> exportWords(DraftRole role) {
        List<String> except = ExportScope.except(role);
        if (ExportScope.none(role)) {
            return List.of("export: none");
        }
        return except.equals(shared(role.table()))
                ? List.of()
                : List.of("export: { except: " + YamlFormatter.list(except) + " }");
    }

    /** Whether the role before asks the same, so that once is enough. */
    private static boolean asBefore(DraftRole role) {
        int place = role.table().roles().indexOf(role);
        DraftRole before = place > 0 ? role.table().roles().get(place - 1) : role;
        return before != role
                && before.fate() == ProposedFate.UNDECIDED
                && before.why().equals(role.why());
    }

    /** One entry under {@code links:}, so deep. */
    public void role(DraftRole role, int depth) {
        String word = roles.word(role);
        List<String> words = new ArrayList<>(roles.link(role));
        words.addAll(exportWords(role));
        String name = YamlFormatter.scalar(role.name());
        boolean asked = role.fate() == ProposedFate.UNDECIDED;
        if (asked && !asBefore(role)) {
            roles.question(role, depth);
        }
        String line = name + ": { " + String.join(", ", words) + ", erase: " + word + " }";
        if (!word.isEmpty() && line.length() <= WIDTH) {
            words.add("erase: " + word);
            page.line(depth, name + ": { " + String.join(", ", words) + " }", origin(role, asked ? "" : role.why()));
            return;
        }
        page.line(depth, name + ":", origin(role, ""));
        words.forEach(w -> page.line(depth + 1, w));
        roles.erase(role, depth + 1, asked);
    }
}
