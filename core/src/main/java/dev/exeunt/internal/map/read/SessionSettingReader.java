package dev.exeunt.internal.map.read;

import dev.exeunt.internal.map.LocatedText;
import dev.exeunt.internal.map.yaml.ExpectedNode;
import dev.exeunt.internal.map.yaml.NodeReader;
import dev.exeunt.internal.map.yaml.ValueExcerpt;
import dev.exeunt.internal.map.yaml.YamlNode;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;

/** Reads {@code settings:}: names of two parts, each with the value that transactions of Exeunt set. */
public final class SessionSettingReader {

    /** A name that no setting of PostgreSQL itself has, and that is not one of Exeunt's own. */
    public static final String NAME = "(?!exeunt\\.)[a-z_][a-z0-9_]*\\.[a-z_][a-z0-9_]*";

    private static final Pattern TWO_PARTS = Pattern.compile(NAME);
    private static final ExpectedNode SETTINGS = new ExpectedNode(
            "settings", "names of two parts, each with a value", "settings: { app.no_history: \"on\" }");
    private static final ExpectedNode VALUE =
            new ExpectedNode("The value of a setting", "a text", "settings: { app.no_history: \"on\" }");

    private final NodeReader nodes;

    SessionSettingReader(NodeReader nodes) {
        this.nodes = nodes;
    }

    Map<String, String> settings(YamlNode yaml) {
        Map<String, String> settings = new LinkedHashMap<>();
        for (YamlNode.YamlEntry entry : nodes.entries(yaml, SETTINGS)) {
            LocatedText value = nodes.name(entry.value(), VALUE);
            if (!TWO_PARTS.matcher(entry.key().text()).matches()) {
                refuse(entry.key());
            } else if (value != null) {
                settings.put(entry.key().text(), value.text());
            }
        }
        return settings;
    }

    private void refuse(LocatedText name) {
        nodes.faults()
                .malformed(
                        name.at(),
                        "settings may not set " + ValueExcerpt.name(name.text())
                                + ": only names of two parts that the application made up, in lower case, and none of"
                                + " exeunt's own.",
                        "Write a name that a trigger of yours asks for, for example: app.no_history");
    }
}
