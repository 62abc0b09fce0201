package dev.exeunt.internal.map.read;

import dev.exeunt.internal.map.LocatedText;
import dev.exeunt.internal.map.PlaceholderText;
import dev.exeunt.internal.map.PlaceholderText.PlaceholderPart;
import dev.exeunt.internal.map.PlaceholderText.PlainPart;
import dev.exeunt.internal.map.PlaceholderText.StrayBrace;
import dev.exeunt.internal.map.PlaceholderText.TextPart;
import dev.exeunt.internal.map.Rule;
import dev.exeunt.internal.map.yaml.FaultCollector;
import dev.exeunt.internal.map.yaml.ValueExcerpt;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Reads {@code deleted-{key}@erased.invalid}: text, placeholders, and doubled braces for braces. */
final class TemplateParser {

    /** Of the language, but not of this version. */
    private static final String LATER = "pseudonym";

    private static final Map<String, Rule.TemplatePlaceholder> PLACEHOLDERS = Arrays.stream(
                    Rule.TemplatePlaceholder.values())
            .collect(Collectors.toMap(Rule.TemplatePlaceholder::word, Function.identity()));

    private final FaultCollector faults;
    private final Set<Rule.TemplatePlaceholder> allowed;
    private final LocatedText template;
    private final List<Rule.TemplatePart> parts = new ArrayList<>();

    private TemplateParser(LocatedText template, Set<Rule.TemplatePlaceholder> allowed, FaultCollector faults) {
        this.template = template;
        this.allowed = allowed;
        this.faults = faults;
    }

    /** A literal if there is no placeholder in it. */
    static Rule parse(LocatedText template, Set<Rule.TemplatePlaceholder> allowed, FaultCollector faults) {
        return new TemplateParser(template, allowed, faults).rule();
    }

    private Rule rule() {
        for (TextPart part : PlaceholderText.parse(template.text()).parts()) {
            if (part instanceof PlainPart plain) {
                parts.add(new Rule.TemplatePart.FixedText(plain.text()));
            } else if (part instanceof PlaceholderPart placeholder) {
                placeholder(placeholder.name());
            } else if (part instanceof StrayBrace stray) {
                refuseBrace(stray.brace());
                break;
            }
        }
        boolean literal = parts.stream().allMatch(Rule.TemplatePart.FixedText.class::isInstance);
        return literal ? new Rule.LiteralRule(plain(), template.at()) : new Rule.TemplateRule(parts, template.at());
    }

    private String plain() {
        return parts.stream()
                .map(part -> ((Rule.TemplatePart.FixedText) part).text())
                .collect(Collectors.joining());
    }

    private void placeholder(String word) {
        Rule.TemplatePlaceholder placeholder = PLACEHOLDERS.get(word);
        if (placeholder == null) {
            refuse(word);
        } else if (allowed.contains(placeholder)) {
            parts.add(new Rule.TemplatePart.PlaceholderValue(placeholder));
        } else {
            faults.malformed(
                    template.at(),
                    "{" + word + "} is known only while rows are hidden.",
                    "Under erase write {now} for the moment of the erasure; {" + word + "} goes under hide.");
        }
    }

    private void refuse(String word) {
        LocatedText shown = new LocatedText("{" + word + "}", template.at());
        if (word.equals(LATER)) {
            faults.notSupported(shown, "A template");
        } else if (word.matches("[A-Za-z][A-Za-z0-9_-]*")) {
            List<String> valid =
                    allowed.stream().map(p -> "{" + p.word() + "}").sorted().toList();
            faults.unknownWord(shown, template, "A template", valid);
        } else {
            faults.malformed(
                    template.at(),
                    ValueExcerpt.cut(shown.text()) + " is not a placeholder.",
                    "Write {{ and }} where braces are meant: \"{{}}\" for {}.");
        }
    }

    private void refuseBrace(char brace) {
        faults.malformed(
                template.at(),
                "A " + brace + " stands alone in " + ValueExcerpt.quoted(template.text()) + ".",
                "Write {key}, {now} or {random}, and " + brace + brace + " for the brace itself.");
    }
}
