package dev.exeunt.map.yaml;

import dev.exeunt.map.Rule;
import dev.exeunt.map.Word;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Reads {@code deleted-{key}@erased.invalid}: text, placeholders, and doubled braces for braces. */
final class TemplateParser {

    /** Of the language, but not of this version. */
    private static final List<String> LATER = List.of("due", "blocked-until", "pseudonym");

    private static final Map<String, Rule.Placeholder> PLACEHOLDERS = Arrays.stream(Rule.Placeholder.values())
            .collect(Collectors.toMap(Rule.Placeholder::word, Function.identity()));

    private final Faults faults;
    private final Word template;
    private final List<Rule.Part> parts = new ArrayList<>();
    private final StringBuilder text = new StringBuilder();

    private TemplateParser(Word template, Faults faults) {
        this.template = template;
        this.faults = faults;
    }

    /** A literal if there is no placeholder in it. */
    static Rule parse(Word template, Faults faults) {
        return new TemplateParser(template, faults).rule();
    }

    private Rule rule() {
        int at = 0;
        while (at < template.text().length()) {
            at = next(at);
        }
        if (parts.isEmpty()) {
            return new Rule.Literal(text.toString(), template.at());
        }
        endText();
        return new Rule.Template(parts, template.at());
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
        Rule.Placeholder placeholder = PLACEHOLDERS.get(word);
        if (placeholder != null) {
            endText();
            parts.add(new Rule.Part.Value(placeholder));
        } else {
            refuse(word);
        }
        return after;
    }

    private void endText() {
        if (text.length() > 0) {
            parts.add(new Rule.Part.Text(text.toString()));
            text.setLength(0);
        }
    }

    private void refuse(String word) {
        Word shown = new Word("{" + word + "}", template.at());
        if (LATER.contains(word)) {
            faults.notSupported(shown, "A template");
        } else if (word.matches("[A-Za-z][A-Za-z0-9_-]*")) {
            List<String> valid = PLACEHOLDERS.keySet().stream()
                    .sorted()
                    .map(p -> "{" + p + "}")
                    .toList();
            faults.unknownWord(shown, "A template", valid);
        } else {
            faults.malformed(
                    template.at(),
                    Shown.cut(shown.text()) + " is not a placeholder.",
                    "Write {{ and }} where braces are meant: \"{{}}\" for {}.");
        }
    }

    private int refuseBrace(char brace) {
        faults.malformed(
                template.at(),
                "A " + brace + " stands alone in " + Shown.quoted(template.text()) + ".",
                "Write {key}, {now} or {random}, and " + brace + brace + " for the brace itself.");
        return template.text().length();
    }
}
