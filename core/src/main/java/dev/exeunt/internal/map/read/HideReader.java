package dev.exeunt.internal.map.read;

import dev.exeunt.internal.map.ColumnRule;
import dev.exeunt.internal.map.HideRule;
import dev.exeunt.internal.map.LocatedText;
import dev.exeunt.internal.map.yaml.AllowedWords;
import dev.exeunt.internal.map.yaml.ExpectedNode;
import dev.exeunt.internal.map.yaml.FaultCollector;
import dev.exeunt.internal.map.yaml.MappingFields;
import dev.exeunt.internal.map.yaml.NodeReader;
import dev.exeunt.internal.map.yaml.YamlNode;
import java.util.List;

/** Reads {@code hide:}, for every flow or by flow. */
final class HideReader {

    private static final ExpectedNode HIDE =
            new ExpectedNode("hide", "stash, delete, or columns to set", "hide: { set: { deleted_at: \"{now}\" } }");
    private static final ExpectedNode FLOWS = new ExpectedNode(
            "flows",
            "flows, each with what it hides",
            "hide: { flows: { deactivate: stash, delete-account: delete } }");

    private static final List<String> WORDS = List.of("stash", "delete", "set");

    private final NodeReader nodes;
    private final FaultCollector faults;
    private final FlowReader flows;
    private final RuleReader rules;

    HideReader(NodeReader nodes, FlowReader flows) {
        this.nodes = nodes;
        this.faults = nodes.faults();
        this.flows = flows;
        this.rules = RuleReader.ofHide(nodes);
    }

    PerFlowValue<HideRule> read(YamlNode yaml) {
        boolean byFlow = yaml instanceof YamlNode.YamlMapping mapping
                && mapping.entries().size() == 1
                && mapping.entries().get(0).key().text().equals("flows");
        if (byFlow) {
            YamlNode each = ((YamlNode.YamlMapping) yaml).entries().get(0).value();
            return flows.each(each, FLOWS, this::one);
        }
        return PerFlowValue.all(one(yaml));
    }

    /** Reads one hide rule. After a fault it returns an empty set of columns, which never leaves the reader. */
    private HideRule one(YamlNode yaml) {
        if (yaml instanceof YamlNode.YamlScalar scalar
                && scalar.kind() == YamlNode.ScalarType.TEXT
                && !scalar.text().isBlank()) {
            return word(new LocatedText(scalar.text(), scalar.at()));
        }
        MappingFields fields = nodes.fields(yaml, AllowedWords.HIDE, HIDE);
        YamlNode set = fields == null ? null : fields.value("set");
        if (fields != null && set == null && fields.complete()) {
            nodes.wrong(yaml, HIDE);
        }
        List<ColumnRule> columns = set == null ? List.of() : rules.columns(set);
        return new HideRule.SetColumns(columns, yaml.at());
    }

    private HideRule word(LocatedText word) {
        switch (word.text()) {
            case "stash":
                return new HideRule.StashRows(word.at());
            case "delete":
                return new HideRule.DeleteRows(word.at());
            case "set":
                faults.malformed(
                        word.at(), "set alone is not enough: it needs columns, each with a value.", HIDE.fix());
                break;
            default:
                faults.unknownWord(word, "hide", WORDS);
        }
        return new HideRule.SetColumns(List.of(), word.at());
    }
}
