package dev.exeunt.internal.map.yaml;

import dev.exeunt.internal.map.LocatedText;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;

/** Reads a text for people: one for everyone, or one for each language. */
public final class LanguageTextReader {

    /** A language tag after BCP 47, as far as people write it: {@code en}, {@code pt-BR}, {@code zh-Hant}. */
    public static final String TAG = "[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*";

    private static final Pattern LANGUAGE = Pattern.compile(TAG);

    private final NodeReader nodes;

    public LanguageTextReader(NodeReader nodes) {
        this.nodes = nodes;
    }

    /** Returns the texts by language tag, one without a language under an empty tag; empty only after a fault. */
    public Map<String, String> read(YamlNode yaml, ExpectedNode expected) {
        Map<String, String> texts = new LinkedHashMap<>();
        if (yaml instanceof YamlNode.YamlMapping) {
            for (YamlNode.YamlEntry entry : nodes.entries(yaml, expected)) {
                LocatedText text = nodes.text(entry.value(), expected);
                if (!LANGUAGE.matcher(entry.key().text()).matches()) {
                    nodes.faults()
                            .malformed(
                                    entry.key().at(),
                                    ValueExcerpt.quoted(entry.key().text()) + " is no language tag.",
                                    "Write a tag such as en, de or pt-BR.");
                } else if (text != null) {
                    texts.put(entry.key().text(), text.text());
                }
            }
            return texts;
        }
        LocatedText text = nodes.text(yaml, expected);
        if (text != null) {
            texts.put("", text.text());
        }
        return texts;
    }
}
