package dev.exeunt.plan;

import dev.exeunt.plan.RandomSchema.Reference;
import dev.exeunt.plan.RandomSchema.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** A made-up map of a {@link RandomSchema}, which can be changed a little, again and again, until a check lets it pass. */
final class RandomMap {

    enum Kind {
        DELETE,
        DETACH,
        ANONYMIZE,
        KEEP,
        LAW,
        REASSIGN
    }

    /**
     * @param reference of its table, or -1 for a person's own row
     * @param through roles of the parent; empty for a link by the subject's key
     * @param rules column to rule, as in the map
     */
    record Link(
            int table,
            String name,
            int reference,
            List<String> through,
            String where,
            Kind kind,
            Map<String, String> rules) {}

    private final RandomSchema schema;
    private final Random random;
    private final List<Link> links = new ArrayList<>();

    RandomMap(RandomSchema schema, Random random) {
        this.schema = schema;
        this.random = random;
        links.add(new Link(0, "self", -1, List.of(), "", Kind.DELETE, Map.of()));
        for (int t = 0; t < schema.tables().size(); t++) {
            for (int r = 0; r < schema.tables().get(t).references().size(); r++) {
                links.add(link(t, "l" + r, r));
            }
        }
        links.replaceAll(this::changed);
    }

    private RandomMap(RandomSchema schema, Random random, List<Link> links) {
        this.schema = schema;
        this.random = random;
        this.links.addAll(links);
    }

    List<Link> links() {
        return links;
    }

    /** The same but for one or two links. */
    RandomMap changed() {
        RandomMap other = new RandomMap(schema, random, links);
        for (int i = 0; i <= random.nextInt(2); i++) {
            int place = random.nextInt(other.links.size());
            Link link = other.links.get(place);
            if (random.nextInt(6) == 0 && link.reference >= 0) {
                other.links.add(changed(link(link.table, "n" + random.nextInt(1_000_000), link.reference)));
            } else if (random.nextInt(8) == 0 && link.name.startsWith("n")) {
                other.links.remove(place);
            } else {
                other.links.set(place, other.changed(link));
            }
        }
        return other;
    }

    private static Link link(int table, String name, int reference) {
        return new Link(table, name, reference, List.of(), "", Kind.DELETE, Map.of());
    }

    private Link changed(Link link) {
        if (link.reference < 0) {
            Kind kind = random.nextInt(3) > 0 ? Kind.DELETE : random.nextBoolean() ? Kind.ANONYMIZE : Kind.KEEP;
            return new Link(0, link.name, -1, List.of(), "", kind, rules(link, kind));
        }
        Reference reference = schema.tables().get(link.table).references().get(link.reference);
        List<String> parents = links.stream()
                .filter(l -> l.table == reference.parent())
                .map(Link::name)
                .filter(n -> random.nextInt(4) > 0)
                .toList();
        boolean direct = reference.parent() == 0 && random.nextInt(3) > 0;
        List<String> through = direct ? List.of() : parents.isEmpty() ? somebody(reference.parent()) : parents;
        Kind kind = Kind.values()[random.nextInt(3) == 0 ? 0 : random.nextInt(Kind.values().length)];
        String where = random.nextInt(6) > 0 ? "" : random.nextBoolean() ? "kind = 'x'" : "kind <> 'x'";
        return new Link(link.table, link.name, link.reference, through, where, kind, rules(link, kind));
    }

    private List<String> somebody(int table) {
        List<String> names =
                links.stream().filter(l -> l.table == table).map(Link::name).toList();
        return names.isEmpty() ? List.of("self") : List.of(names.get(random.nextInt(names.size())));
    }

    private Map<String, String> rules(Link link, Kind kind) {
        Map<String, String> rules = new TreeMap<>();
        if (kind == Kind.DELETE) {
            return rules;
        }
        if (kind == Kind.ANONYMIZE || random.nextInt(4) == 0) {
            rules.put("body", random.nextBoolean() ? "null" : "\"by {key}\"");
        }
        if (random.nextInt(4) == 0) {
            rules.put(
                    "code",
                    List.of("null", "same", "\"{random}\"", "\"c-{key}\"").get(random.nextInt(4)));
        }
        if (random.nextInt(5) == 0) {
            rules.put("kind", List.of("null", "x", "y").get(random.nextInt(3)));
        }
        List<Reference> references = schema.tables().get(link.table).references();
        if (random.nextInt(5) == 0 && !references.isEmpty()) {
            Reference reference = references.get(random.nextInt(references.size()));
            rules.put(reference.columns().get(reference.columns().size() - 1), "null");
        }
        return rules;
    }

    String yaml() {
        StringBuilder yaml = new StringBuilder("version: 1\nsubject: { table: people, key: ")
                .append(schema.tables().get(0).key())
                .append(" }\ntables:\n");
        for (int t = 0; t < schema.tables().size(); t++) {
            int table = t;
            List<Link> own = links.stream().filter(l -> l.table == table).toList();
            if (own.isEmpty()) {
                continue;
            }
            yaml.append("  ").append(schema.tables().get(t).name()).append(":\n    export: none\n");
            own.stream()
                    .filter(l -> l.reference < 0)
                    .forEach(l -> yaml.append("    ").append(erase(l)).append("\n"));
            String rest = own.stream()
                    .filter(l -> l.reference >= 0)
                    .map(l -> "      " + l.name + ": { " + source(l) + ", " + erase(l) + " }\n")
                    .collect(Collectors.joining());
            yaml.append(rest.isEmpty() ? "" : "    links:\n" + rest);
        }
        return yaml.toString();
    }

    private String source(Link link) {
        Table table = schema.tables().get(link.table);
        Reference reference = table.references().get(link.reference);
        String columns = reference.columns().toString();
        String parent = schema.tables().get(reference.parent()).name();
        return (link.through.isEmpty()
                        ? "subject: " + columns
                        : "through: " + parent + ", role: " + link.through + ", on: " + columns)
                + (link.where.isEmpty() ? "" : ", where: \"" + link.where + "\"");
    }

    private String erase(Link link) {
        String main = switch (link.kind) {
            case DELETE -> "";
            case ANONYMIZE -> "";
            case DETACH -> "detach: " + detached(link) + ", ";
            case KEEP -> "keep: why, ";
            case LAW -> "keep: { reason: why, basis: law }, ";
            case REASSIGN -> "reassign: " + ghost(link) + ", ";
        };
        String retain = List.of("kind", "body", "code").stream()
                .filter(c -> !link.rules.containsKey(c))
                .collect(Collectors.joining(", "));
        String rules = link.rules.isEmpty()
                ? ""
                : "anonymize: " + link.rules.toString().replace("=", ": ") + ", ";
        return link.kind == Kind.DELETE
                ? "erase: delete"
                : "erase: { " + main + rules + "retain: [id" + (retain.isEmpty() ? "" : ", " + retain) + "] }";
    }

    /** A tenant's column stays where it is a part of the row's own. */
    private String detached(Link link) {
        List<String> columns =
                schema.tables().get(link.table).references().get(link.reference).columns();
        return columns.stream().filter(c -> !c.equals("t")).toList().toString();
    }

    private String ghost(Link link) {
        Reference reference = schema.tables().get(link.table).references().get(link.reference);
        return reference.columns().size() == 1 ? "" + RandomSchema.GHOST : "[1, " + RandomSchema.GHOST + "]";
    }
}
