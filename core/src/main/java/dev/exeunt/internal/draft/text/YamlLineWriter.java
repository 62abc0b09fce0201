package dev.exeunt.internal.draft.text;

import dev.exeunt.internal.map.yaml.YamlFormatter;
import java.util.ArrayList;
import java.util.List;

/** Writes indented lines of YAML with comments beside or above them. */
public final class YamlLineWriter {

    private static final int WIDTH = 116;

    private final StringBuilder text = new StringBuilder();

    public void blank() {
        text.append('\n');
    }

    public void line(int depth, String content) {
        line(depth, content, "");
    }

    /** The comment stands behind the content where there is room, and before it where there is not. */
    public void line(int depth, String content, String comment) {
        String indent = "  ".repeat(depth);
        String said = YamlFormatter.comment(comment);
        if (!said.isEmpty() && indent.length() + content.length() + said.length() + 4 > WIDTH) {
            comment(depth, comment);
            said = "";
        }
        text.append(indent).append(content);
        if (!said.isEmpty()) {
            text.append("  # ").append(said);
        }
        text.append('\n');
    }

    /** On lines of its own, wrapped at words. */
    public void comment(int depth, String comment) {
        String prefix = "  ".repeat(depth) + "# ";
        for (String line : wrapped(List.of(YamlFormatter.comment(comment).split(" ")), " ", WIDTH - prefix.length())) {
            text.append(prefix).append(line).append('\n');
        }
    }

    /** {@code retain: [a, b]}, over several lines where it is long. */
    public void list(int depth, String key, List<String> names, String comment) {
        List<String> scalars = names.stream().map(YamlFormatter::scalar).toList();
        String whole = key + ": [" + String.join(", ", scalars) + "]";
        if (2 * depth + whole.length() <= WIDTH) {
            line(depth, whole, comment);
            return;
        }
        line(depth, key + ": [", comment);
        List<String> lines = wrapped(scalars, ", ", WIDTH - 2 * depth - 6);
        for (int i = 0; i < lines.size(); i++) {
            line(depth + 2, lines.get(i) + (i < lines.size() - 1 ? "," : "]"));
        }
    }

    private static List<String> wrapped(List<String> words, String separator, int width) {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        for (String word : words) {
            if (line.length() > 0 && line.length() + separator.length() + word.length() > width) {
                lines.add(line.toString());
                line.setLength(0);
            }
            line.append(line.length() == 0 ? "" : separator).append(word);
        }
        lines.add(line.toString());
        return lines;
    }

    /** What has been written, which is no longer here afterwards. */
    public String cut() {
        String cut = text.toString();
        text.setLength(0);
        return cut;
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
