package dev.exeunt.map.yaml;

import dev.exeunt.map.ExportRule;
import dev.exeunt.map.ExportSettings;
import dev.exeunt.map.Span;
import dev.exeunt.map.TableRef;
import dev.exeunt.map.Word;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads {@code export:}, the map's settings and the rules of tables and links. */
final class ExportReader {

    private static final Expected RULE = new Expected(
            "export", "none, columns to leave out, or columns to join", "export: { except: [password_hash] }");
    private static final Expected EXCEPT =
            new Expected("except", "a list of columns", "export: { except: [password_hash] }");
    private static final Expected WITH = new Expected(
            "with",
            "tables, each with on and columns",
            "export: { with: { orgs: { on: org_id, columns: [slug, name] } } }");
    private static final Expected ON = Expected.columns("on", "on: org_id");
    private static final Expected COLUMNS = new Expected("columns", "a list of columns", "columns: [slug, name]");
    private static final Expected SETTINGS =
            new Expected("export", "name, schema, format, limit, link or keep", "export: { format: json }");
    private static final Expected NAME =
            new Expected("name", "a file name without ending", "name: \"data-export-{key}-{timestamp}\"");
    private static final Expected SCHEMA = new Expected("schema", "a whole number from 1 on", "schema: 1");
    private static final Expected FORMAT = new Expected("format", "zip or json", "format: zip");

    private static final Expected LIMIT = new Expected("limit", "a number of requests per period", "limit: 1 per 24h");
    private static final Expected LINK = new Expected("link", "a period", "link: 1h");
    private static final Expected KEEP = new Expected("keep", "a period", "keep: 24h");

    static final String LIMIT_FORM = ExportSettings.Limit.FORM;

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
            return new ExportRule(true, List.of(), List.of(), yaml.at());
        }
        Fields fields = nodes.fields(yaml, Vocabulary.EXPORT, RULE);
        Yaml except = fields == null ? null : fields.value("except");
        Yaml with = fields == null ? null : fields.value("with");
        if (fields != null && except == null && with == null && fields.complete()) {
            nodes.wrong(yaml, RULE);
        }
        return new ExportRule(
                false,
                except == null ? List.of() : nodes.list(except, EXCEPT),
                with == null ? List.of() : joined(with),
                yaml.at());
    }

    private List<ExportRule.With> joined(Yaml yaml) {
        List<ExportRule.With> joined = new ArrayList<>();
        for (Yaml.Entry entry : nodes.entries(yaml, WITH)) {
            TableRef table = new TableNames(faults).read(entry.key());
            Fields fields = nodes.fields(entry.value(), Vocabulary.WITH, WITH);
            Yaml onNode = fields == null ? null : nodes.required(fields, "on", ON);
            Yaml columnsNode = fields == null ? null : nodes.required(fields, "columns", COLUMNS);
            List<Word> on = onNode == null ? List.of() : nodes.names(onNode, ON);
            List<Word> columns = columnsNode == null ? List.of() : nodes.list(columnsNode, COLUMNS);
            if (table != null) {
                joined.add(new ExportRule.With(table, on, columns));
            }
        }
        return joined;
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
        Yaml limit = fields.value("limit");
        return new ExportSettings(
                name == null ? ExportSettings.DEFAULT.name() : bundleName(name),
                schema == null ? ExportSettings.DEFAULT.schema() : version(schema),
                format == null ? ExportSettings.DEFAULT.format() : format(format),
                limit == null ? null : limit(limit),
                span(fields, LINK, ExportSettings.DEFAULT.link()),
                span(fields, KEEP, ExportSettings.DEFAULT.keep()));
    }

    private Span span(Fields fields, Expected expected, Span otherwise) {
        Yaml yaml = fields.value(expected.what());
        Span span = yaml == null ? null : new SpanReader(nodes).ofRequest(yaml, expected);
        return span == null ? otherwise : span;
    }

    private ExportSettings.@Nullable Limit limit(Yaml yaml) {
        Word word = nodes.text(yaml, LIMIT);
        if (word == null) {
            return null;
        }
        Optional<ExportSettings.Limit> limit = ExportSettings.Limit.of(word.text());
        if (limit.isEmpty()) {
            faults.malformed(word.at(), Shown.quoted(word.text()) + " is not a limit.", LIMIT.fix());
        }
        return limit.orElse(null);
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
                faults.unknownWord(new Word(word, name.at()), name, "The bundle's name", valid);
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
