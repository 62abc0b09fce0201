package dev.exeunt.internal.map.read;

import dev.exeunt.internal.map.ColumnRule;
import dev.exeunt.internal.map.Fate;
import dev.exeunt.internal.map.LocatedText;
import dev.exeunt.internal.map.yaml.AllowedWords;
import dev.exeunt.internal.map.yaml.ExpectedNode;
import dev.exeunt.internal.map.yaml.FaultCollector;
import dev.exeunt.internal.map.yaml.MappingFields;
import dev.exeunt.internal.map.yaml.NodeReader;
import dev.exeunt.internal.map.yaml.ValueExcerpt;
import dev.exeunt.internal.map.yaml.YamlNode;
import dev.exeunt.map.Finding.Position;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads {@code erase:}. After a fault it returns {@link Fate.Unspecified}, which never leaves the reader. */
final class FateReader {

    private static final ExpectedNode ERASE = new ExpectedNode(
            "erase",
            "delete, detach, undecided, or a mapping with anonymize, detach, keep or reassign",
            "erase: delete");
    private static final ExpectedNode FLOWS = new ExpectedNode(
            "flows",
            "flows, each with what becomes of the rows",
            "erase: { flows: { delete-data: delete, delete-account: delete } }");
    private static final ExpectedNode DETACH =
            new ExpectedNode("detach", "true, or a list of the link's columns", "erase: { detach: true }");
    private static final ExpectedNode REASSIGN = new ExpectedNode(
            "reassign", "the key of a standing row, one part for each link column", "erase: { reassign: 0 }");
    private static final ExpectedNode RETAIN =
            new ExpectedNode("retain", "a list of columns that stay on purpose", "retain: [locale]");

    private static final List<String> WORDS = List.of("delete", "detach", "undecided", "anonymize", "keep", "reassign");

    /** Words that say too little on their own, each with what it needs. */
    private static final Map<String, ExpectedNode> NEEDY = Map.of(
            "keep", new ExpectedNode("keep", "a reason", "erase: { keep: \"why these rows stay\" }"),
            "anonymize",
                    new ExpectedNode(
                            "anonymize", "columns, each with what it becomes", "erase: { anonymize: { bio: null } }"),
            "reassign", REASSIGN);

    private final NodeReader nodes;
    private final FaultCollector faults;
    private final RuleReader rules;
    private final KeepReader keeps;
    private final FlowReader flows;

    /** Holds the column rules and retained columns that any fate but delete may carry. */
    record FateColumns(List<ColumnRule> rules, List<LocatedText> retain, Position at) {}

    FateReader(NodeReader nodes, FlowReader flows) {
        this.nodes = nodes;
        this.faults = nodes.faults();
        this.rules = RuleReader.ofErase(nodes);
        this.keeps = new KeepReader(nodes);
        this.flows = flows;
    }

    PerFlowValue<Fate> read(YamlNode yaml) {
        MappingFields fields =
                yaml instanceof YamlNode.YamlMapping ? nodes.fields(yaml, AllowedWords.ERASE, ERASE) : null;
        YamlNode.YamlEntry byFlow = fields == null ? null : fields.entry("flows");
        if (fields == null || byFlow == null) {
            return PerFlowValue.all(fate(yaml, fields));
        }
        fields.entries().values().stream()
                .filter(e -> e != byFlow)
                .forEach(e -> faults.malformed(
                        e.key().at(),
                        "erase says both flows and " + e.key() + ".",
                        "Move " + e.key() + " into each of the flows it is for."));
        return flows.each(byFlow.value(), FLOWS, this::inFlow);
    }

    private Fate inFlow(YamlNode yaml) {
        return fate(
                yaml,
                yaml instanceof YamlNode.YamlMapping ? nodes.fields(yaml, AllowedWords.ERASE_IN_FLOW, ERASE) : null);
    }

    /** @param fields null where it is no mapping */
    private Fate fate(YamlNode yaml, @Nullable MappingFields fields) {
        Fate fate = null;
        if (fields != null) {
            fate = mapping(fields);
        } else if (yaml instanceof YamlNode.YamlScalar scalar
                && scalar.kind() == YamlNode.ScalarType.TEXT
                && !scalar.text().isBlank()) {
            fate = word(new LocatedText(scalar.text(), scalar.at()));
        } else {
            nodes.wrong(yaml, ERASE);
        }
        return fate == null ? new Fate.Unspecified(yaml.at()) : fate;
    }

    private @Nullable Fate word(LocatedText word) {
        ExpectedNode needs = NEEDY.get(word.text());
        if (needs != null) {
            faults.malformed(word.at(), word + " alone is not enough: it needs " + needs.needs() + ".", needs.fix());
            return null;
        }
        return switch (word.text()) {
            case "delete" -> new Fate.Delete(word.at());
            case "detach" -> new Fate.Detach(List.of(), List.of(), List.of(), word.at());
            case "undecided" -> new Fate.Undecided(word.at());
            default -> {
                faults.unknownWord(word, "erase", WORDS);
                yield null;
            }
        };
    }

    private @Nullable Fate mapping(MappingFields fields) {
        FateColumns extras = extras(fields);
        YamlNode.YamlEntry main = main(fields);
        if (main != null) {
            return fate(main, extras);
        }
        if (!fields.mean("anonymize", "detach", "keep", "reassign") && fields.complete()) {
            String said = fields.has("retain") ? "only retain" : "nothing";
            faults.malformed(
                    fields.at(),
                    "erase says " + said + ", and not what becomes of the rows.",
                    "Rows that stay as they are need a reason: erase: { keep: \"why these rows stay\" }");
        }
        return new Fate.Anonymize(extras.rules(), extras.retain(), fields.at());
    }

    /** The one word beside which anonymize and retain stand, or null. */
    private YamlNode.@Nullable YamlEntry main(MappingFields fields) {
        List<YamlNode.YamlEntry> mains = fields.entries().values().stream()
                .filter(e ->
                        List.of("detach", "keep", "reassign").contains(e.key().text()))
                .toList();
        for (YamlNode.YamlEntry second : mains.subList(Math.min(1, mains.size()), mains.size())) {
            faults.malformed(
                    second.key().at(),
                    "erase says both " + mains.get(0).key() + " and " + second.key() + ".",
                    "Decide for one; the roles of a table (links) may have a fate each.");
        }
        return mains.isEmpty() ? null : mains.get(0);
    }

    private @Nullable Fate fate(YamlNode.YamlEntry main, FateColumns extras) {
        return switch (main.key().text()) {
            case "detach" -> detach(main.value(), extras);
            case "reassign" -> reassign(main.value(), extras);
            default -> keeps.read(main.value(), extras);
        };
    }

    private Fate detach(YamlNode value, FateColumns extras) {
        boolean all = value instanceof YamlNode.YamlScalar scalar
                && scalar.kind() == YamlNode.ScalarType.BOOLEAN
                && scalar.text().equalsIgnoreCase("true");
        List<LocatedText> columns = all ? List.of() : nodes.list(value, DETACH);
        return new Fate.Detach(columns, extras.rules(), extras.retain(), extras.at());
    }

    /** Unlike columns, parts of a key may well be the same. */
    private Fate reassign(YamlNode value, FateColumns extras) {
        boolean list = value instanceof YamlNode.YamlSequence sequence
                && !sequence.items().isEmpty();
        List<YamlNode> parts = list ? ((YamlNode.YamlSequence) value).items() : List.of(value);
        List<String> key = parts.stream()
                .map(part -> nodes.name(part, REASSIGN))
                .flatMap(Stream::ofNullable)
                .map(LocatedText::text)
                .toList();
        return new Fate.Reassign(key, extras.rules(), extras.retain(), extras.at());
    }

    private FateColumns extras(MappingFields fields) {
        YamlNode anonymize = fields.value("anonymize");
        YamlNode retain = fields.value("retain");
        List<ColumnRule> columns = anonymize == null ? List.of() : rules.columns(anonymize);
        List<LocatedText> retained = retain == null ? List.of() : nodes.list(retain, RETAIN);
        refuseBoth(columns, retained);
        return new FateColumns(columns, retained, fields.at());
    }

    private void refuseBoth(List<ColumnRule> rules, List<LocatedText> retain) {
        Set<String> ruled = new HashSet<>();
        rules.forEach(r -> ruled.add(r.column().text()));
        for (LocatedText column : retain) {
            if (ruled.contains(column.text())) {
                String name = ValueExcerpt.name(column.text());
                faults.malformed(
                        column.at(),
                        name + " is both anonymized and retained.",
                        "Take " + name + " out of anonymize or out of retain.");
            }
        }
    }
}
