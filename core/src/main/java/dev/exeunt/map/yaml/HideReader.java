package dev.exeunt.map.yaml;

import dev.exeunt.map.ColumnRule;
import dev.exeunt.map.Hide;
import dev.exeunt.map.Word;
import java.util.List;

/** Reads {@code hide:}, for every flow or by flow. */
final class HideReader {

    private static final Expected HIDE =
            new Expected("hide", "stash, delete, or columns to set", "hide: { set: { deleted_at: \"{now}\" } }");
    private static final Expected FLOWS = new Expected(
            "flows",
            "flows, each with what it hides",
            "hide: { flows: { deactivate: stash, delete-account: delete } }");

    private static final List<String> WORDS = List.of("stash", "delete", "set");

    private final NodeReader nodes;
    private final Faults faults;
    private final FlowReader flows;
    private final RuleReader rules;

    HideReader(NodeReader nodes, FlowReader flows) {
        this.nodes = nodes;
        this.faults = nodes.faults();
        this.flows = flows;
        this.rules = RuleReader.ofHide(nodes);
    }

    ByFlow<Hide> read(Yaml yaml) {
        boolean byFlow = yaml instanceof Yaml.Mapping mapping
                && mapping.entries().size() == 1
                && mapping.entries().get(0).key().text().equals("flows");
        if (byFlow) {
            Yaml each = ((Yaml.Mapping) yaml).entries().get(0).value();
            return flows.each(each, FLOWS, this::one);
        }
        return ByFlow.all(one(yaml));
    }

    /** After a fault the answer is an empty set of columns, which nobody gets to see. */
    private Hide one(Yaml yaml) {
        if (yaml instanceof Yaml.Scalar scalar
                && scalar.kind() == Yaml.Kind.TEXT
                && !scalar.text().isBlank()) {
            return word(new Word(scalar.text(), scalar.at()));
        }
        Fields fields = nodes.fields(yaml, Vocabulary.HIDE, HIDE);
        Yaml set = fields == null ? null : fields.value("set");
        if (fields != null && set == null && fields.complete()) {
            nodes.wrong(yaml, HIDE);
        }
        List<ColumnRule> columns = set == null ? List.of() : rules.columns(set);
        return new Hide.Set(columns, yaml.at());
    }

    private Hide word(Word word) {
        switch (word.text()) {
            case "stash":
                return new Hide.Stash(word.at());
            case "delete":
                return new Hide.Delete(word.at());
            case "set":
                faults.malformed(
                        word.at(), "set alone is not enough: it needs columns, each with a value.", HIDE.fix());
                break;
            default:
                faults.unknownWord(word, "hide", WORDS);
        }
        return new Hide.Set(List.of(), word.at());
    }
}
