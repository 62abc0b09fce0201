package dev.exeunt.internal.plan.fix;

import dev.exeunt.internal.map.Fate;
import dev.exeunt.internal.map.LocatedText;
import dev.exeunt.internal.map.PlaceholderText;
import dev.exeunt.internal.map.RowTreatment;
import dev.exeunt.internal.map.Rule;
import dev.exeunt.internal.map.Rule.TemplatePart;
import dev.exeunt.internal.map.yaml.YamlFormatter;
import dev.exeunt.internal.schema.ColumnHeuristics;
import dev.exeunt.internal.schema.Table;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Writes a fate as YAML that the user can paste into the map.
 *
 * @param main the word beside {@code anonymize} and {@code retain}, with its value; empty for anonymize alone
 * @param rules what each column becomes, as YAML
 */
public record FateYaml(String main, Map<String, String> rules, List<String> retain) {

    static final int LINE = 100;

    public static final String DELETE = "erase: delete";
    static final FateYaml DETACH = new FateYaml("detach: true", Map.of(), List.of());
    static final FateYaml ANONYMIZE = new FateYaml("", Map.of(), List.of());

    static FateYaml keep(String reason) {
        return new FateYaml("keep: " + YamlFormatter.scalar(reason), Map.of(), List.of());
    }

    /** @throws IllegalArgumentException for a fate that has no mapping form */
    static FateYaml of(RowTreatment fate) {
        Map<String, String> rules = new LinkedHashMap<>();
        fate.rules().forEach(r -> rules.put(r.column().text(), value(r.rule())));
        return new FateYaml(
                main(fate), rules, fate.retain().stream().map(LocatedText::text).toList());
    }

    private static String main(RowTreatment fate) {
        return switch (fate.outcome()) {
            case DETACH -> "detach: " + detached(fate.columns());
            case REASSIGN ->
                "reassign: " + (fate.key().size() == 1 ? scalar(fate.key().get(0)) : list(fate.key()));
            case KEEP -> "keep: " + keep(fate.keep().orElseThrow());
            case ANONYMIZE, OVERWRITE_WHILE_HIDDEN -> "";
            case DELETE, LEAVE_ALONE, UNDECIDED, UNSPECIFIED, STASH, DELETE_AT_REQUEST ->
                throw new IllegalArgumentException(fate.word() + " takes nothing along");
        };
    }

    private static String detached(List<LocatedText> columns) {
        return columns.isEmpty()
                ? "true"
                : list(columns.stream().map(LocatedText::text).toList());
    }

    private static String keep(Fate.Keep keep) {
        if (keep.basis() == null && keep.period() == null) {
            return YamlFormatter.scalar(keep.reason());
        }
        return "{ reason: " + YamlFormatter.scalar(keep.reason())
                + (keep.basis() == null ? "" : ", basis: " + YamlFormatter.scalar(keep.basis()))
                + (keep.period() == null ? "" : ", for: " + keep.period())
                + (keep.thenDelete() ? ", then: delete" : "") + " }";
    }

    /** A rule as the map writes it. */
    static String value(Rule rule) {
        if (rule instanceof Rule.LiteralRule literal) {
            return scalar(PlaceholderText.escaped(literal.text()));
        } else if (rule instanceof Rule.TemplateRule template) {
            return YamlFormatter.quoted(template.parts().stream()
                    .map(p -> p instanceof TemplatePart.FixedText text
                            ? PlaceholderText.escaped(text.text())
                            : "{"
                                    + ((TemplatePart.PlaceholderValue) p)
                                            .placeholder()
                                            .word() + "}")
                    .collect(Collectors.joining()));
        } else if (rule instanceof Rule.SqlRule sql) {
            return "{ sql: " + YamlFormatter.quoted(sql.expression()) + " }";
        }
        return "null";
    }

    /** A number stays bare, anything else is written so that it can only be read as text. */
    private static String scalar(String text) {
        return text.matches("-?(0|[1-9]\\d{0,17})(\\.\\d+)?|true|false") ? text : YamlFormatter.scalar(text);
    }

    public static String list(List<String> names) {
        return names.stream().map(YamlFormatter::scalar).collect(Collectors.joining(", ", "[", "]"));
    }

    FateYaml with(String column, String value) {
        Map<String, String> more = new LinkedHashMap<>(rules);
        more.put(column, value);
        return new FateYaml(
                main, more, retain.stream().filter(c -> !c.equals(column)).toList());
    }

    FateYaml without(String column) {
        Map<String, String> fewer = new LinkedHashMap<>(rules);
        fewer.remove(column);
        return new FateYaml(main, fewer, retain);
    }

    FateYaml retaining(List<String> columns) {
        List<String> more = new ArrayList<>(retain);
        columns.stream().filter(c -> !more.contains(c) && !rules.containsKey(c)).forEach(more::add);
        return new FateYaml(main, rules, more);
    }

    boolean saysNothing() {
        return main.isEmpty() && rules.isEmpty();
    }

    /** On one line where it fits, else on several; either way it may stand in braces as well as on lines of its own. */
    String yaml() {
        if (main.equals(DETACH.main) && rules.isEmpty() && retain.isEmpty()) {
            return "erase: detach";
        }
        String line = flow();
        return line.length() <= LINE ? line : lines();
    }

    /** What stands behind {@code erase:}, on one line. */
    String value() {
        String line = main.equals(DETACH.main) && rules.isEmpty() && retain.isEmpty() ? "erase: detach" : flow();
        return line.substring("erase: ".length());
    }

    /** Only the entry of {@code anonymize}, where there is one rule. */
    String onlyRule() {
        return entries("", "", "");
    }

    boolean hasOneRule() {
        return rules.size() == 1;
    }

    /** Whether rows would keep a column that this reads as about a person, and that the other fate does not retain. */
    boolean retainsPersonalData(Table table, FateYaml other) {
        return retain.stream()
                .filter(column -> !other.retain.contains(column))
                .anyMatch(column -> ColumnHeuristics.personal(table.require(column)));
    }

    private String flow() {
        List<String> parts = new ArrayList<>();
        if (!main.isEmpty()) {
            parts.add(main);
        }
        if (!rules.isEmpty()) {
            parts.add("anonymize: " + entries(", ", "{ ", " }"));
        }
        if (!retain.isEmpty()) {
            parts.add("retain: " + list(retain));
        }
        return "erase: { " + String.join(", ", parts) + " }";
    }

    private String lines() {
        List<String> parts = new ArrayList<>();
        if (!main.isEmpty()) {
            parts.add(main);
        }
        if (!rules.isEmpty()) {
            parts.add("anonymize: {\n    " + entries(",\n    ", "", "") + " }");
        }
        if (!retain.isEmpty()) {
            parts.add("retain: " + list(retain));
        }
        return "erase: {\n  " + String.join(",\n  ", parts) + " }";
    }

    private String entries(String between, String before, String after) {
        return rules.entrySet().stream()
                .map(e -> YamlFormatter.scalar(e.getKey()) + ": " + e.getValue())
                .collect(Collectors.joining(between, before, after));
    }
}
