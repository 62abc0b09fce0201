package dev.exeunt.internal.map.read;

import dev.exeunt.internal.map.Rule;
import dev.exeunt.internal.map.yaml.FaultCollector;
import dev.exeunt.internal.map.yaml.ValueExcerpt;
import dev.exeunt.map.LocatedText;
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
    private final StringBuilder text = new StringBuilder();

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
        int at = 0;
        while (at < template.text().length()) {
            at = next(at);
        }
        if (parts.isEmpty()) {
            return new Rule.LiteralRule(text.toString(), template.at());
        }
        endText();
        return new Rule.TemplateRule(parts, template.at());
    }

    /** Reads what starts here, and answers where the next piece starts. */
    private int next(int at) {
        String all = template.text();
        char c = all.charAt(at);
        if (all.startsWith("{{", at) || all.startsWith("}}", at)) {
            text.append(c);
            return at + 2;
        }
        if (c == '{') {
            int end = all.indexOf('}', at);
            return end < 0 ? refuseBrace('{') : placeholder(all.substring(at + 1, end), end + 1);
        }
        if (c == '}') {
            return refuseBrace('}');
        }
        text.append(c);
        return at + 1;
    }

    private int placeholder(String word, int after) {
        Rule.TemplatePlaceholder placeholder = PLACEHOLDERS.get(word);
        if (placeholder == null) {
            refuse(word);
        } else if (allowed.contains(placeholder)) {
            endText();
            parts.add(new Rule.TemplatePart.PlaceholderValue(placeholder));
        } else {
            faults.malformed(
                    template.at(),
                    "{" + word + "} is known only while rows are hidden.",
                    "Under erase write {now} for the moment of the erasure; {" + word + "} goes under hide.");
        }
        return after;
    }

    private void endText() {
        if (text.length() > 0) {
            parts.add(new Rule.TemplatePart.FixedText(text.toString()));
            text.setLength(0);
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

    private int refuseBrace(char brace) {
        faults.malformed(
                template.at(),
                "A " + brace + " stands alone in " + ValueExcerpt.quoted(template.text()) + ".",
                "Write {key}, {now} or {random}, and " + brace + brace + " for the brace itself.");
        return template.text().length();
    }
}
