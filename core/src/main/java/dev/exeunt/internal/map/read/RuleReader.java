package dev.exeunt.internal.map.read;

import dev.exeunt.internal.map.ColumnRule;
import dev.exeunt.internal.map.LocatedText;
import dev.exeunt.internal.map.Rule;
import dev.exeunt.internal.map.Rule.TemplatePlaceholder;
import dev.exeunt.internal.map.yaml.AllowedWords;
import dev.exeunt.internal.map.yaml.ExpectedNode;
import dev.exeunt.internal.map.yaml.FaultCollector;
import dev.exeunt.internal.map.yaml.MappingFields;
import dev.exeunt.internal.map.yaml.NodeReader;
import dev.exeunt.internal.map.yaml.ValueExcerpt;
import dev.exeunt.internal.map.yaml.YamlNode;
import dev.exeunt.map.Finding.Position;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads what columns become: {@code { email: "deleted-{key}", bio: null, score: { sql: "0" } }}. */
public final class RuleReader {

    private static final ExpectedNode ANONYMIZE =
            new ExpectedNode("anonymize", "columns, each with what it becomes", "anonymize: { bio: null }");
    private static final ExpectedNode SET =
            new ExpectedNode("set", "columns, each with what it becomes", "set: { deleted_at: \"{now}\" }");

    /** Placeholders of an erasure. The remaining waiting time is missing, because it is known only during the wait. */
    public static final Set<TemplatePlaceholder> ERASED =
            EnumSet.of(TemplatePlaceholder.KEY, TemplatePlaceholder.NOW, TemplatePlaceholder.RANDOM);

    private static final String EXAMPLE =
            "column: null, column: \"deleted-{key}\" or column: { sql: \"an expression\" }";

    private final NodeReader nodes;
    private final FaultCollector faults;
    private final ExpectedNode expected;
    private final Set<TemplatePlaceholder> placeholders;

    private RuleReader(NodeReader nodes, ExpectedNode expected, Set<TemplatePlaceholder> placeholders) {
        this.nodes = nodes;
        this.faults = nodes.faults();
        this.expected = expected;
        this.placeholders = placeholders;
    }

    /** What rows become that outlive an erasure. */
    static RuleReader ofErase(NodeReader nodes) {
        return new RuleReader(nodes, ANONYMIZE, ERASED);
    }

    /** What rows become for as long as they are hidden. */
    static RuleReader ofHide(NodeReader nodes) {
        return new RuleReader(nodes, SET, EnumSet.allOf(TemplatePlaceholder.class));
    }

    List<ColumnRule> columns(YamlNode yaml) {
        List<ColumnRule> rules = new ArrayList<>();
        for (YamlNode.YamlEntry entry : nodes.entries(yaml, expected)) {
            Rule rule = rule(entry.key(), entry.value());
            if (rule != null) {
                rules.add(new ColumnRule(entry.key(), rule));
            }
        }
        return rules;
    }

    private @Nullable Rule rule(LocatedText column, YamlNode yaml) {
        if (yaml instanceof YamlNode.YamlScalar scalar) {
            return value(scalar);
        }
        if (yaml instanceof YamlNode.YamlMapping mapping && !mapping.entries().isEmpty()) {
            return mapping.flow() && isUnquotedTemplate(mapping) ? refuseUnquoted(mapping) : sql(column, mapping);
        }
        if (!(yaml instanceof YamlNode.RejectedNode)) {
            String name = ValueExcerpt.name(column.text());
            faults.malformed(
                    yaml.at(),
                    "The rule of " + name + " is " + yaml.shown() + ", and must be null, a value or a template.",
                    "Write null, or the value as the column takes it, in quotes: \"{{}}\" for {}, \"[]\" for [].");
        }
        return null;
    }

    private Rule value(YamlNode.YamlScalar scalar) {
        Position at = scalar.at();
        return switch (scalar.kind()) {
            case NULL -> new Rule.NullRule(at);
            case BOOLEAN -> new Rule.LiteralRule(scalar.text().toLowerCase(Locale.ROOT), at);
            case NUMBER -> new Rule.LiteralRule(scalar.text(), at);
            case TEXT -> TemplateParser.parse(new LocatedText(scalar.text(), at), placeholders, faults);
        };
    }

    /** To YAML an unquoted {@code {now}} is a mapping from {@code now} to nothing. */
    private static boolean isUnquotedTemplate(YamlNode.YamlMapping mapping) {
        YamlNode.YamlEntry first = mapping.entries().get(0);
        return mapping.entries().size() == 1
                && !first.key().text().equals("sql")
                && first.value() instanceof YamlNode.YamlScalar scalar
                && scalar.kind() == YamlNode.ScalarType.NULL;
    }

    private @Nullable Rule refuseUnquoted(YamlNode.YamlMapping mapping) {
        String template = "{" + ValueExcerpt.cut(mapping.entries().get(0).key().text()) + "}";
        faults.malformed(
                mapping.at(),
                template + " without quotes is a mapping in YAML, not a template.",
                "Write it in quotes: \"" + template + "\"");
        return null;
    }

    private @Nullable Rule sql(LocatedText column, YamlNode.YamlMapping mapping) {
        ExpectedNode rule = new ExpectedNode("The rule of " + ValueExcerpt.name(column.text()), "sql", EXAMPLE);
        MappingFields fields = nodes.fields(mapping, AllowedWords.RULE, rule);
        YamlNode expression = fields == null ? null : nodes.required(fields, "sql", rule);
        if (expression == null) {
            return null;
        }
        LocatedText sql = nodes.text(
                expression, new ExpectedNode("sql", "an SQL expression", "column: { sql: \"lower(name)\" }"));
        return sql == null ? null : new Rule.SqlRule(sql.text(), sql.at());
    }
}
