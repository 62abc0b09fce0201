package dev.exeunt.internal.map.read;

import dev.exeunt.internal.map.ExportRule;
import dev.exeunt.internal.map.LocatedText;
import dev.exeunt.internal.map.PlaceholderText;
import dev.exeunt.internal.map.TableReference;
import dev.exeunt.internal.map.yaml.AllowedWords;
import dev.exeunt.internal.map.yaml.ExpectedNode;
import dev.exeunt.internal.map.yaml.FaultCollector;
import dev.exeunt.internal.map.yaml.LanguageTextReader;
import dev.exeunt.internal.map.yaml.MappingFields;
import dev.exeunt.internal.map.yaml.NodeReader;
import dev.exeunt.internal.map.yaml.ValueExcerpt;
import dev.exeunt.internal.map.yaml.YamlNode;
import dev.exeunt.map.DataMap.LanguageText;
import dev.exeunt.map.ExportSettings;
import dev.exeunt.map.TimeSpan;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads {@code export:}, both the map's settings and the rules of tables and links. */
public final class ExportRuleReader {

    private static final ExpectedNode RULE = new ExpectedNode(
            "export", "none, columns to leave out, or columns to join", "export: { except: [password_hash] }");
    private static final ExpectedNode EXCEPT =
            new ExpectedNode("except", "a list of columns", "export: { except: [password_hash] }");
    private static final ExpectedNode MASK =
            new ExpectedNode("mask", "a list of columns", "export: { mask: [other_email] }");
    private static final ExpectedNode NONE = new ExpectedNode(
            "none",
            "the reason why the person gets nothing of the rows",
            "export: { none: they are about other people }");
    private static final ExpectedNode REASON = new ExpectedNode(
            "reason",
            "a text, or one for each language",
            "export: { except: [password_hash], reason: it protects your account }");
    private static final ExpectedNode WITH = new ExpectedNode(
            "with",
            "tables, each with on and columns",
            "export: { with: { orgs: { on: org_id, columns: [slug, name] } } }");
    private static final ExpectedNode ON = ExpectedNode.columns("on", "on: org_id");
    private static final ExpectedNode COLUMNS =
            new ExpectedNode("columns", "a list of columns", "columns: [slug, name]");
    private static final ExpectedNode SETTINGS =
            new ExpectedNode("export", "name, schema, format, limit, link or keep", "export: { format: json }");
    private static final ExpectedNode NAME =
            new ExpectedNode("name", "a file name without ending", "name: \"data-export-{key}-{timestamp}\"");
    /** A version's number, or a label that begins with a letter. */
    public static final String SCHEMA_FORM = "[1-9][0-9]{0,8}|[A-Za-z][A-Za-z0-9._-]{0,63}";

    private static final ExpectedNode SCHEMA =
            new ExpectedNode("schema", "a whole number from 1 on, or a label", "schema: 1");
    private static final ExpectedNode FORMAT = new ExpectedNode("format", "zip or json", "format: zip");

    private static final ExpectedNode LIMIT =
            new ExpectedNode("limit", "a number of requests per period", "limit: 1 per 24h");
    private static final ExpectedNode LINK = new ExpectedNode("link", "a period", "link: 1h");
    private static final ExpectedNode KEEP = new ExpectedNode("keep", "a period", "keep: 24h");

    public static final String LIMIT_FORM = ExportSettings.RateLimit.FORM;

    private static final Map<String, ExportSettings.BundleFormat> FORMATS =
            Map.of("zip", ExportSettings.BundleFormat.ZIP, "json", ExportSettings.BundleFormat.JSON);

    private final NodeReader nodes;
    private final FaultCollector faults;

    ExportRuleReader(NodeReader nodes) {
        this.nodes = nodes;
        this.faults = nodes.faults();
    }

    /** What of a table's or a link's rows a person gets. */
    ExportRule rule(YamlNode yaml) {
        if (yaml instanceof YamlNode.YamlScalar scalar) {
            word(scalar);
            return new ExportRule(true, List.of(), List.of(), List.of(), LanguageText.NONE, yaml.at());
        }
        MappingFields fields = nodes.fields(yaml, AllowedWords.EXPORT, RULE);
        YamlNode none = fields == null ? null : fields.value("none");
        YamlNode except = fields == null ? null : fields.value("except");
        YamlNode mask = fields == null ? null : fields.value("mask");
        YamlNode with = fields == null ? null : fields.value("with");
        YamlNode reason = fields == null ? null : fields.value("reason");
        if (fields != null) {
            refuseContradictions(yaml, fields);
        }
        List<LocatedText> left = except == null ? List.of() : nodes.list(except, EXCEPT);
        List<LocatedText> masked = mask == null ? List.of() : nodes.list(mask, MASK);
        refuseBoth(left, masked);
        return new ExportRule(
                none != null,
                left,
                masked,
                with == null ? List.of() : joined(with),
                none == null ? text(reason, REASON) : text(none, NONE),
                yaml.at());
    }

    private LanguageText text(@Nullable YamlNode yaml, ExpectedNode expected) {
        return yaml == null ? LanguageText.NONE : new LanguageText(new LanguageTextReader(nodes).read(yaml, expected));
    }

    private void refuseBoth(List<LocatedText> left, List<LocatedText> masked) {
        List<String> names = left.stream().map(LocatedText::text).toList();
        masked.stream()
                .filter(column -> names.contains(column.text()))
                .forEach(column -> faults.malformed(
                        column.at(),
                        ValueExcerpt.name(column.text()) + " is both left out and masked.",
                        "Take it out of except or out of mask."));
    }

    private void refuseContradictions(YamlNode yaml, MappingFields fields) {
        YamlNode.YamlEntry reason = fields.entry("reason");
        if (fields.entries().isEmpty() && fields.complete()) {
            nodes.wrong(yaml, RULE);
        } else if (fields.has("none") && fields.entries().size() > 1) {
            faults.malformed(
                    yaml.at(),
                    "export says none, and something beside it.",
                    "Write none alone, with its reason: " + NONE.example());
        } else if (reason != null && !fields.has("none") && !fields.mean("except", "mask")) {
            faults.malformed(
                    reason.key().at(),
                    "reason says why columns are left out or masked, and here none are.",
                    "Take reason out, or write " + REASON.example());
        }
    }

    private List<ExportRule.ExportJoin> joined(YamlNode yaml) {
        List<ExportRule.ExportJoin> joined = new ArrayList<>();
        for (YamlNode.YamlEntry entry : nodes.entries(yaml, WITH)) {
            TableReference table = new TableNameParser(faults).read(entry.key());
            MappingFields fields = nodes.fields(entry.value(), AllowedWords.WITH, WITH);
            YamlNode onNode = fields == null ? null : nodes.required(fields, "on", ON);
            YamlNode columnsNode = fields == null ? null : nodes.required(fields, "columns", COLUMNS);
            List<LocatedText> on = onNode == null ? List.of() : nodes.names(onNode, ON);
            List<LocatedText> columns = columnsNode == null ? List.of() : nodes.list(columnsNode, COLUMNS);
            if (table != null) {
                joined.add(new ExportRule.ExportJoin(table, on, columns));
            }
        }
        return joined;
    }

    private void word(YamlNode.YamlScalar scalar) {
        boolean all = scalar.text().equals("all") || scalar.text().equalsIgnoreCase("true");
        if (all) {
            faults.malformed(
                    scalar.at(),
                    "export is " + scalar.shown() + ", and needs to say only what is left out.",
                    "Take export out: what is mapped is exported.");
        } else if (scalar.kind() == YamlNode.ScalarType.TEXT && !scalar.text().isBlank()) {
            if (!scalar.text().equals("none")) {
                faults.unknownWord(
                        new LocatedText(scalar.text(), scalar.at()), "A table's export", List.of("none", "except"));
            }
        } else {
            nodes.wrong(scalar, RULE);
        }
    }

    ExportSettings settings(YamlNode yaml) {
        MappingFields fields = nodes.fields(yaml, AllowedWords.EXPORT_SETTINGS, SETTINGS);
        if (fields == null) {
            return ExportSettings.DEFAULT;
        }
        YamlNode name = fields.value("name");
        YamlNode schema = fields.value("schema");
        YamlNode format = fields.value("format");
        YamlNode limit = fields.value("limit");
        return new ExportSettings(
                name == null ? ExportSettings.DEFAULT.name() : bundleName(name),
                schema == null ? ExportSettings.DEFAULT.schema() : version(schema),
                format == null ? ExportSettings.DEFAULT.format() : format(format),
                limit == null ? null : limit(limit),
                span(fields, LINK, ExportSettings.DEFAULT.link()),
                span(fields, KEEP, ExportSettings.DEFAULT.keep()));
    }

    private TimeSpan span(MappingFields fields, ExpectedNode expected, TimeSpan otherwise) {
        YamlNode yaml = fields.value(expected.what());
        TimeSpan span = yaml == null ? null : new TimeSpanReader(nodes).ofRequest(yaml, expected);
        return span == null ? otherwise : span;
    }

    private ExportSettings.@Nullable RateLimit limit(YamlNode yaml) {
        LocatedText word = nodes.text(yaml, LIMIT);
        if (word == null) {
            return null;
        }
        Optional<ExportSettings.RateLimit> limit = ExportSettings.RateLimit.of(word.text());
        if (limit.isEmpty()) {
            faults.malformed(word.at(), ValueExcerpt.quoted(word.text()) + " is not a limit.", LIMIT.fix());
        }
        return limit.orElse(null);
    }

    private String bundleName(YamlNode yaml) {
        LocatedText name = nodes.name(yaml, NAME);
        if (name == null) {
            return "";
        }
        PlaceholderText parsed = PlaceholderText.parse(name.text());
        for (String each : parsed.names()) {
            String word = "{" + each + "}";
            List<String> valid = List.of("{key}", "{timestamp}");
            if (!valid.contains(word)) {
                faults.unknownWord(new LocatedText(word, name.at()), name, "The bundle's name", valid);
            }
        }
        String rest = parsed.filled(placeholder -> "");
        if (rest.chars().anyMatch(c -> "/\\{}".indexOf(c) >= 0 || Character.isISOControl(c))) {
            faults.malformed(
                    name.at(),
                    "The bundle's name " + ValueExcerpt.quoted(name.text()) + " cannot be a file's name.",
                    "Take slashes, single braces and control characters out. " + NAME.fix());
        }
        return name.text();
    }

    private String version(YamlNode yaml) {
        if (yaml instanceof YamlNode.YamlScalar scalar && scalar.text().matches(SCHEMA_FORM)) {
            return scalar.text();
        }
        nodes.wrong(yaml, SCHEMA);
        return ExportSettings.DEFAULT.schema();
    }

    private ExportSettings.BundleFormat format(YamlNode yaml) {
        LocatedText word = nodes.name(yaml, FORMAT);
        ExportSettings.@Nullable BundleFormat format = word == null ? null : FORMATS.get(word.text());
        if (word != null && format == null) {
            faults.unknownWord(word, "format", List.of("zip", "json"));
        }
        return format == null ? ExportSettings.DEFAULT.format() : format;
    }
}
