package dev.exeunt.draft;

import dev.exeunt.map.yaml.YamlText;
import dev.exeunt.schema.ForeignKey;
import dev.exeunt.schema.TableRefs;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Writes the whole map, the subject first and then table by table away from it. */
final class DraftWriter {

    private final Model model;
    private final Page page = new Page();
    private final TableRefs refs;
    private final RoleWriter roles;
    /** tables of which rows go along with rows of a table */
    private final Map<DraftTable, List<DraftTable>> below = new HashMap<>();

    DraftWriter(Model model, Detachment detachment) {
        this.model = model;
        this.refs = new TableRefs(model.schema());
        this.roles = new RoleWriter(page, refs, detachment, new ColumnProposal(model));
        for (DraftTable table : model.tables()) {
            table.deleting().stream()
                    .flatMap(r -> r.parents().stream())
                    .map(DraftRole::table)
                    .distinct()
                    .forEach(p ->
                            below.computeIfAbsent(p, x -> new ArrayList<>()).add(table));
        }
    }

    String write(MapDraft.Summary summary, Map<DraftTable, String> notPersonal) {
        head(summary);
        subject();
        tables();
        if (!notPersonal.isEmpty()) {
            page.line(0, "not-personal:");
            notPersonal.forEach((t, reason) -> page.line(1, ref(t) + ": " + YamlText.prose(reason)));
        }
        leftBehind(notPersonal.keySet());
        return page.toString();
    }

    /** No link leads from a row to what it refers to, so this much is said at least. */
    private void leftBehind(Set<DraftTable> notPersonal) {
        Set<String> left = new LinkedHashSet<>();
        for (DraftTable table : model.tables()) {
            for (ForeignKey key : table.deleting().isEmpty()
                    ? List.<ForeignKey>of()
                    : table.table().foreignKeys()) {
                DraftTable parent = model.require(key.parent());
                boolean alone = table.table().indexes().stream()
                        .anyMatch(
                                i -> i.uniqueForAll() && Set.copyOf(i.columns()).equals(Set.copyOf(key.columns())));
                if (alone && parent.roles().isEmpty() && !notPersonal.contains(parent)) {
                    left.add(ref(parent) + " (" + key + ")");
                }
            }
        }
        if (!left.isEmpty()) {
            page.blank();
            page.comment(
                    0,
                    "LOOK AT: each row of these tables belongs to one row above that goes, and stays all the same: "
                            + String.join(", ", left)
                            + ". Let the application delete what nothing refers to any more.");
        }
    }

    private void head(MapDraft.Summary summary) {
        page.comment(
                0,
                "A first data map, drafted from the catalogue of "
                        + model.schema().database()
                        + ": which rows belong to a person, and what becomes of them. Nobody has agreed to any of it yet.");
        page.comment(
                0,
                "Of " + summary.tables() + " tables " + summary.onPath() + " are on a foreign-key path to the"
                        + " subject; " + summary.mapped() + " are mapped here, with " + summary.inferredLinks()
                        + " links that no foreign key declares. Left to decide: " + summary.undecided() + ".");
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
                "key: " + (model.key().size() == 1 ? YamlText.scalar(model.key().get(0)) : flow(model.key())));
        SubjectClues.created(table)
                .ifPresent(c -> page.line(
                        1, "created: " + YamlText.scalar(c), "tells this person from a later one with the same key"));
        List<String> identifiers = SubjectClues.identifiers(table);
        if (!identifiers.isEmpty()) {
            page.list(1, "identifiers", identifiers, "what a person is known by");
        }
        page.blank();
        page.line(0, "export:");
        page.line(1, "name: " + YamlText.quoted("data-export-{key}-{timestamp}"));
        page.line(1, "schema: 1", "the version of the document's structure");
        page.line(1, "format: zip");
        page.blank();
    }

    private static String flow(List<String> names) {
        return "[" + String.join(", ", names.stream().map(YamlText::scalar).toList()) + "]";
    }

    private String ref(DraftTable table) {
        return YamlText.scalar(refs.text(table.name()));
    }

    private void tables() {
        page.line(0, "tables:");
        int distance = -1;
        for (DraftTable table : inOrder()) {
            if (model.distance(table.name()) != distance) {
                distance = model.distance(table.name());
                page.comment(1, "---- " + heading(distance) + " ----");
            }
            table(table);
        }
    }

    private List<DraftTable> inOrder() {
        return model.tables().stream()
                .filter(t -> !t.roles().isEmpty())
                .sorted(Comparator.comparingInt(t -> model.distance(t.name())))
                .toList();
    }

    private static String heading(int distance) {
        return switch (distance) {
            case 0 -> "the person";
            case 1 -> "with a foreign key to the person";
            case Integer.MAX_VALUE -> "on no foreign-key path to the person";
            default -> distance + " foreign keys away";
        };
    }

    private void table(DraftTable table) {
        page.line(1, ref(table) + ":");
        company(table);
        DraftRole first = table.roles().get(0);
        boolean inline = table.roles().size() == 1;
        if (inline && !first.isSelf()) {
            List<String> link = roles.link(first);
            page.line(2, link.get(0), origin(first));
            link.subList(1, link.size()).forEach(l -> page.line(2, l));
        }
        export(table, first);
        if (inline || table.isSubject()) {
            roles.erase(first, 2);
        }
        List<DraftRole> named =
                table.roles().stream().filter(r -> !inline && !r.isSelf()).toList();
        if (!named.isEmpty()) {
            page.line(2, "links:");
            named.forEach(this::role);
        }
        page.blank();
    }

    /** Says so where deleting a person's rows takes rows along that other people own. */
    private void company(DraftTable table) {
        List<String> others = table.direct().stream().anyMatch(DraftRole::deletes) ? below(table) : List.of();
        if (!others.isEmpty()) {
            page.comment(2, "Other people's rows go along, in " + String.join(", ", others) + ".");
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
                .filter(t -> t.direct().stream().anyMatch(r -> FateProposal.stance(t, r) != Stance.ACTOR))
                .map(t -> t.name().toString())
                .toList();
    }

    private static String origin(DraftRole role) {
        return role.link().inferred() ? "inferred from the name" : "";
    }

    private void export(DraftTable table, DraftRole first) {
        List<String> secrets = roles.secrets(table);
        boolean none = table.roles().size() == 1 && roles.exportsNothing(first);
        if (none) {
            page.line(2, "export: none");
        } else if (!secrets.isEmpty()) {
            page.line(2, "export: { except: " + flow(secrets) + " }", "reads like a secret");
        }
    }

    /** Whether the role before asks the same, so that once is enough. */
    private static boolean asBefore(DraftRole role) {
        int place = role.table().roles().indexOf(role);
        DraftRole before = place > 0 ? role.table().roles().get(place - 1) : role;
        return before != role
                && before.fate() == Proposed.UNDECIDED
                && before.why().equals(role.why());
    }

    private void role(DraftRole role) {
        String word = roles.word(role);
        List<String> words = new ArrayList<>(roles.link(role));
        if (roles.exportsNothing(role)) {
            words.add("export: none");
        }
        String name = YamlText.scalar(role.name());
        if (role.fate() == Proposed.UNDECIDED && !asBefore(role)) {
            roles.question(role, 3);
        }
        String origin = origin(role);
        if (!word.isEmpty()) {
            words.add("erase: " + word);
            String why = role.fate() == Proposed.UNDECIDED ? "" : role.why();
            String comment = origin.isEmpty() || why.isEmpty() ? origin + why : origin + "; " + why;
            page.line(3, name + ": { " + String.join(", ", words) + " }", comment);
            return;
        }
        page.line(3, name + ":", origin);
        words.forEach(w -> page.line(4, w));
        roles.erase(role, 4);
    }
}
