package dev.exeunt.map.yaml;

import dev.exeunt.map.ColumnRule;
import dev.exeunt.map.Position;
import dev.exeunt.map.Rule;
import dev.exeunt.map.Rule.Placeholder;
import dev.exeunt.map.Word;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads what columns become: {@code { email: "deleted-{key}", bio: null, score: { sql: "0" } }}. */
final class RuleReader {

    private static final Expected ANONYMIZE =
            new Expected("anonymize", "columns, each with what it becomes", "anonymize: { bio: null }");
    private static final Expected SET =
            new Expected("set", "columns, each with what it becomes", "set: { deleted_at: \"{now}\" }");

    /** How long somebody still has to wait is known only while they do. */
    static final Set<Placeholder> ERASED = EnumSet.of(Placeholder.KEY, Placeholder.NOW, Placeholder.RANDOM);

    private static final String EXAMPLE =
            "column: null, column: \"deleted-{key}\" or column: { sql: \"an expression\" }";

    private final NodeReader nodes;
    private final Faults faults;
    private final Expected expected;
    private final Set<Placeholder> placeholders;

    private RuleReader(NodeReader nodes, Expected expected, Set<Placeholder> placeholders) {
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
        return new RuleReader(nodes, SET, EnumSet.allOf(Placeholder.class));
    }

    List<ColumnRule> columns(Yaml yaml) {
        List<ColumnRule> rules = new ArrayList<>();
        for (Yaml.Entry entry : nodes.entries(yaml, expected)) {
            Rule rule = rule(entry.key(), entry.value());
            if (rule != null) {
                rules.add(new ColumnRule(entry.key(), rule));
            }
        }
        return rules;
    }

    private @Nullable Rule rule(Word column, Yaml yaml) {
        if (yaml instanceof Yaml.Scalar scalar) {
            return value(scalar);
        }
        if (yaml instanceof Yaml.Mapping mapping && !mapping.entries().isEmpty()) {
            return mapping.flow() && isUnquotedTemplate(mapping) ? refuseUnquoted(mapping) : sql(column, mapping);
        }
        if (!(yaml instanceof Yaml.Broken)) {
            String name = Shown.name(column.text());
            faults.malformed(
                    yaml.at(),
                    "The rule of " + name + " is " + yaml.shown() + ", and must be null, a value or a template.",
                    "Write null, or the value as the column takes it, in quotes: \"{{}}\" for {}, \"[]\" for [].");
        }
        return null;
    }

    private Rule value(Yaml.Scalar scalar) {
        Position at = scalar.at();
        return switch (scalar.kind()) {
            case NULL -> new Rule.Null(at);
            case BOOLEAN -> new Rule.Literal(scalar.text().toLowerCase(Locale.ROOT), at);
            case NUMBER -> new Rule.Literal(scalar.text(), at);
            case TEXT -> TemplateParser.parse(new Word(scalar.text(), at), placeholders, faults);
        };
    }

    /** To YAML an unquoted {@code {now}} is a mapping from {@code now} to nothing. */
    private static boolean isUnquotedTemplate(Yaml.Mapping mapping) {
        Yaml.Entry first = mapping.entries().get(0);
        return mapping.entries().size() == 1
                && !first.key().text().equals("sql")
                && first.value() instanceof Yaml.Scalar scalar
                && scalar.kind() == Yaml.Kind.NULL;
    }

    private @Nullable Rule refuseUnquoted(Yaml.Mapping mapping) {
        String template = "{" + Shown.cut(mapping.entries().get(0).key().text()) + "}";
        faults.malformed(
                mapping.at(),
                template + " without quotes is a mapping in YAML, not a template.",
                "Write it in quotes: \"" + template + "\"");
        return null;
    }

    private @Nullable Rule sql(Word column, Yaml.Mapping mapping) {
        Expected rule = new Expected("The rule of " + Shown.name(column.text()), "sql", EXAMPLE);
        Fields fields = nodes.fields(mapping, Vocabulary.RULE, rule);
        Yaml expression = fields == null ? null : nodes.required(fields, "sql", rule);
        if (expression == null) {
            return null;
        }
        Word sql = nodes.text(expression, new Expected("sql", "an SQL expression", "column: { sql: \"lower(name)\" }"));
        return sql == null ? null : new Rule.Sql(sql.text(), sql.at());
    }
}
