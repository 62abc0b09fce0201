package dev.exeunt.map.yaml;

import dev.exeunt.map.ExportRule;
import dev.exeunt.map.ExportSettings;
import dev.exeunt.map.Word;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads {@code export:}, the map's settings and the rules of tables and links. */
final class ExportReader {

    private static final Expected RULE =
            new Expected("export", "none, or the columns to leave out", "export: { except: [password_hash] }");
    private static final Expected EXCEPT =
            new Expected("except", "a list of columns", "export: { except: [password_hash] }");
    private static final Expected SETTINGS =
            new Expected("export", "name, schema or format", "export: { format: json }");
    private static final Expected NAME =
            new Expected("name", "a file name without ending", "name: \"data-export-{key}-{timestamp}\"");
    private static final Expected SCHEMA = new Expected("schema", "a whole number from 1 on", "schema: 1");
    private static final Expected FORMAT = new Expected("format", "zip or json", "format: zip");

    private static final Map<String, ExportSettings.Format> FORMATS =
            Map.of("zip", ExportSettings.Format.ZIP, "json", ExportSettings.Format.JSON);

    private static final Pattern PLACEHOLDER = Pattern.compile("\\{([^{}]*)}");

    private final NodeReader nodes;
    private final Faults faults;

    ExportReader(NodeReader nodes) {
        this.nodes = nodes;
        this.faults = nodes.faults();
    }

    /** What of a table's or a link's rows a person gets. */
    ExportRule rule(Yaml yaml) {
        if (yaml instanceof Yaml.Scalar scalar) {
            word(scalar);
            return new ExportRule(true, List.of(), yaml.at());
        }
        Fields fields = nodes.fields(yaml, Vocabulary.EXPORT, RULE);
        Yaml except = fields == null ? null : fields.value("except");
        if (fields != null && except == null && fields.complete()) {
            nodes.wrong(yaml, RULE);
        }
        return new ExportRule(false, except == null ? List.of() : nodes.list(except, EXCEPT), yaml.at());
    }

    private void word(Yaml.Scalar scalar) {
        boolean all = scalar.text().equals("all") || scalar.text().equalsIgnoreCase("true");
        if (all) {
            faults.malformed(
                    scalar.at(),
                    "export is " + scalar.shown() + ", and needs to say only what is left out.",
                    "Take export out: what is mapped is exported.");
        } else if (scalar.kind() == Yaml.Kind.TEXT && !scalar.text().isBlank()) {
            if (!scalar.text().equals("none")) {
                faults.unknownWord(new Word(scalar.text(), scalar.at()), "A table's export", List.of("none", "except"));
            }
        } else {
            nodes.wrong(scalar, RULE);
        }
    }

    ExportSettings settings(Yaml yaml) {
        Fields fields = nodes.fields(yaml, Vocabulary.EXPORT_SETTINGS, SETTINGS);
        if (fields == null) {
            return ExportSettings.DEFAULT;
        }
        Yaml name = fields.value("name");
        Yaml schema = fields.value("schema");
        Yaml format = fields.value("format");
        return new ExportSettings(
                name == null ? ExportSettings.DEFAULT.name() : bundleName(name),
                schema == null ? ExportSettings.DEFAULT.schema() : version(schema),
                format == null ? ExportSettings.DEFAULT.format() : format(format));
    }

    private String bundleName(Yaml yaml) {
        Word name = nodes.name(yaml, NAME);
        if (name == null) {
            return "";
        }
        Matcher placeholders = PLACEHOLDER.matcher(name.text());
        while (placeholders.find()) {
            String word = placeholders.group();
            List<String> valid = List.of("{key}", "{timestamp}");
            if (!valid.contains(word)) {
                faults.unknownWord(new Word(word, name.at()), "The bundle's name", valid);
            }
        }
        String rest = placeholders.replaceAll("");
        if (rest.chars().anyMatch(c -> "/\\{}".indexOf(c) >= 0 || Character.isISOControl(c))) {
            faults.malformed(
                    name.at(),
                    "The bundle's name " + Shown.quoted(name.text()) + " cannot be a file's name.",
                    "Take slashes, single braces and control characters out. " + NAME.fix());
        }
        return name.text();
    }

    private int version(Yaml yaml) {
        boolean good = yaml instanceof Yaml.Scalar scalar && scalar.text().matches("[1-9][0-9]{0,8}");
        if (!good) {
            nodes.wrong(yaml, SCHEMA);
            return 1;
        }
        return Integer.parseInt(((Yaml.Scalar) yaml).text());
    }

    private ExportSettings.Format format(Yaml yaml) {
        Word word = nodes.name(yaml, FORMAT);
        ExportSettings.@Nullable Format format = word == null ? null : FORMATS.get(word.text());
        if (word != null && format == null) {
            faults.unknownWord(word, "format", List.of("zip", "json"));
        }
        return format == null ? ExportSettings.DEFAULT.format() : format;
    }
}
