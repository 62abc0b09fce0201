package dev.exeunt.internal.map.read;

import dev.exeunt.ExeuntException;
import dev.exeunt.internal.map.LifecycleSettings;
import dev.exeunt.internal.map.LocatedText;
import dev.exeunt.internal.map.MapDefinition;
import dev.exeunt.internal.map.MappedTable;
import dev.exeunt.internal.map.SubjectDefinition;
import dev.exeunt.internal.map.TableReference;
import dev.exeunt.internal.map.notice.PrivacyNotice;
import dev.exeunt.internal.map.read.notice.PrivacyNoticeReader;
import dev.exeunt.internal.map.yaml.AllowedWords;
import dev.exeunt.internal.map.yaml.ExpectedNode;
import dev.exeunt.internal.map.yaml.FaultCollector;
import dev.exeunt.internal.map.yaml.MapSourceReader;
import dev.exeunt.internal.map.yaml.MappingFields;
import dev.exeunt.internal.map.yaml.NodeReader;
import dev.exeunt.internal.map.yaml.ValueExcerpt;
import dev.exeunt.internal.map.yaml.YamlDocumentReader;
import dev.exeunt.internal.map.yaml.YamlNode;
import dev.exeunt.map.AccountFlow;
import dev.exeunt.map.ExportSettings;
import dev.exeunt.map.MapInvalidException;
import dev.exeunt.map.TimeSpan;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Reads a data map. Either the whole map is well formed, or a {@link MapInvalidException} carries every fault in it, each
 * with line, column and a fix; only where the text is no YAML at all does reading end at the first. Names are not looked
 * up anywhere: whether tables, columns and roles exist is checked against the database.
 */
public final class MapReader {

    private static final ExpectedNode ROOT = new ExpectedNode("The map", "version, subject and tables", "version: 1");
    private static final ExpectedNode VERSION = new ExpectedNode("version", "1", "version: 1");
    private static final ExpectedNode SUBJECT =
            new ExpectedNode("subject", "a table and its key", "subject: { table: users, key: id }");
    private static final ExpectedNode SUBJECT_TABLE =
            new ExpectedNode("table", "the table of the subject", "table: users");
    private static final ExpectedNode KEY = ExpectedNode.columns("key", "key: id");
    private static final ExpectedNode CREATED = ExpectedNode.column("created", "created: created_at");
    private static final ExpectedNode PRESENT =
            new ExpectedNode("present", "an SQL expression", "present: \"deleted_at is null\"");
    private static final ExpectedNode IDENTIFIERS =
            ExpectedNode.columns("identifiers", "identifiers: [email, username]");
    private static final ExpectedNode BACKUPS =
            new ExpectedNode("backups", "how long backups of the database are kept", "backups: 35d");
    private static final ExpectedNode TABLES =
            new ExpectedNode("tables", "tables, each with its links and fate", "tables: { users: { erase: delete } }");

    private final String file;
    private final FaultCollector faults;
    private final NodeReader nodes;

    private MapReader(String file) {
        this.file = file;
        this.faults = new FaultCollector(file);
        this.nodes = new NodeReader(faults);
    }

    /**
     * Reads a UTF-8 file of at most 5 MB.
     *
     * @throws MapInvalidException with every fault, also if the file cannot be read
     * @throws ExeuntException if there is no such file
     */
    public static MapDefinition read(Path file) {
        MapReader reader = new MapReader(file.toString());
        return reader.map(new MapSourceReader(reader.faults).of(file));
    }

    /**
     * Reads a map's text.
     *
     * @param fileName for the findings' positions
     * @throws MapInvalidException with every fault
     */
    public static MapDefinition read(String yaml, String fileName) {
        MapReader reader = new MapReader(fileName);
        return reader.map(new MapSourceReader(reader.faults).of(yaml));
    }

    private MapDefinition map(@Nullable String text) {
        YamlNode root = text == null ? null : YamlDocumentReader.read(text, faults);
        MappingFields fields = root == null ? null : nodes.fields(root, AllowedWords.MAP, ROOT);
        MapDefinition map = fields == null ? null : map(fields);
        if (faults.any()) {
            throw faults.toException();
        }
        return Objects.requireNonNull(map, "a map without faults was read");
    }

    /** Null if there is no subject; that is a fault by then. */
    private @Nullable MapDefinition map(MappingFields fields) {
        version(fields);
        SubjectDefinition subject = subject(nodes.required(fields, "subject", SUBJECT));
        FlowReader flows = new FlowReader(nodes);
        YamlNode export = fields.value("export");
        ExportSettings settings = or(export, new ExportRuleReader(nodes)::settings, ExportSettings.DEFAULT);
        List<MappedTable> tables = tables(nodes.required(fields, "tables", TABLES), flows, subject);
        PrivacyNotice notice = new PrivacyNoticeReader(nodes).notice(fields);
        ReasonReader reasons = new ReasonReader(nodes);
        YamlNode notPersonal = fields.value("not-personal");
        YamlNode accept = fields.value("accept");
        List<MapDefinition.NonPersonalTable> impersonal = or(notPersonal, reasons::notPersonal, List.of());
        List<MapDefinition.AcceptedWarning> accepted = or(accept, reasons::accepted, List.of());
        Map<String, String> set = or(fields.value("settings"), new SessionSettingReader(nodes)::settings, Map.of());
        YamlNode kept = fields.value("backups");
        TimeSpan backups = kept == null ? null : new TimeSpanReader(nodes).ofKeeping(kept, BACKUPS);
        refuseListedTwice(tables, impersonal);
        LifecycleSettings lifecycle = lifecycle(fields, flows);
        return subject == null
                ? null
                : new MapDefinition(
                        file,
                        subject,
                        AccountFlow.DELETE_ACCOUNT,
                        notice,
                        settings,
                        lifecycle,
                        tables,
                        impersonal,
                        accepted,
                        set,
                        backups,
                        List.of());
    }

    private LifecycleSettings lifecycle(MappingFields fields, FlowReader flows) {
        LifecycleSettingsReader guards = new LifecycleSettingsReader(nodes, flows);
        LifecycleSettings none = LifecycleSettings.NONE;
        LifecycleSettings lifecycle = new LifecycleSettings(
                or(fields.value("flows"), flows::offers, none.offers()),
                or(fields.value("guards"), guards::guards, none.guards()),
                or(fields.value("warnings"), guards::warnings, none.warnings()),
                or(fields.value("external"), new ExternalSystemReader(nodes)::systems, none.external()),
                or(fields.value("late-rows"), guards::lateRows, none.lateRows()),
                or(fields.value("roles"), guards::roles, none.roles()),
                or(fields.value("sql"), new SqlEntryPointReader(nodes)::read, none.sql()));
        if (!fields.mean("flows") || fields.has("flows") && !lifecycle.offers().isEmpty()) {
            flows.refuseNotOffered(lifecycle);
        }
        return lifecycle;
    }

    private static <T> T or(@Nullable YamlNode yaml, Function<YamlNode, T> read, T otherwise) {
        return yaml == null ? otherwise : read.apply(yaml);
    }

    private void version(MappingFields fields) {
        YamlNode version = nodes.required(fields, "version", VERSION);
        boolean good =
                version instanceof YamlNode.YamlScalar scalar && scalar.text().equals("1");
        if (version != null && !good) {
            nodes.wrong(version, VERSION);
        }
    }

    private @Nullable SubjectDefinition subject(@Nullable YamlNode yaml) {
        MappingFields fields = yaml == null ? null : nodes.fields(yaml, AllowedWords.SUBJECT, SUBJECT);
        if (fields == null) {
            return null;
        }
        YamlNode tableNode = nodes.required(fields, "table", SUBJECT_TABLE);
        LocatedText name = tableNode == null ? null : nodes.name(tableNode, SUBJECT_TABLE);
        TableReference table = name == null ? null : new TableNameParser(faults).read(name);
        YamlNode keyNode = nodes.required(fields, "key", KEY);
        List<LocatedText> key = keyNode == null ? List.of() : nodes.names(keyNode, KEY);
        YamlNode createdNode = fields.value("created");
        LocatedText created = createdNode == null ? null : nodes.name(createdNode, CREATED);
        YamlNode presentNode = fields.value("present");
        LocatedText present = presentNode == null ? null : nodes.text(presentNode, PRESENT);
        YamlNode identifiersNode = fields.value("identifiers");
        List<LocatedText> identifiers = identifiersNode == null ? List.of() : nodes.names(identifiersNode, IDENTIFIERS);
        return table == null || key.isEmpty() ? null : new SubjectDefinition(table, key, created, present, identifiers);
    }

    private List<MappedTable> tables(@Nullable YamlNode yaml, FlowReader flows, @Nullable SubjectDefinition subject) {
        MappedTableReader reader = new MappedTableReader(nodes, flows, subject);
        List<MappedTableReader.ReadTable> tables = new ArrayList<>();
        List<YamlNode.YamlEntry> entries = yaml == null ? List.of() : nodes.entries(yaml, TABLES);
        for (YamlNode.YamlEntry entry : entries) {
            MappedTableReader.ReadTable table = reader.read(entry);
            if (table != null) {
                tables.add(table);
            }
        }
        return new SectionNameAssigner(faults).assign(tables);
    }

    /** YAML sees only names that are written alike; {@code users} and {@code "users"} are one table, too. */
    private void refuseListedTwice(List<MappedTable> tables, List<MapDefinition.NonPersonalTable> notPersonal) {
        List<TableReference> all = new ArrayList<>();
        tables.forEach(t -> all.add(t.table()));
        notPersonal.forEach(n -> all.add(n.table()));
        Map<List<@Nullable String>, TableReference> seen = new HashMap<>();
        for (TableReference table : all) {
            List<@Nullable String> identity = Arrays.asList(table.schema(), table.name());
            TableReference first = seen.putIfAbsent(identity, table);
            if (first != null) {
                faults.malformed(
                        table.at(),
                        "The table " + ValueExcerpt.name(table.text()) + " is here twice; the first is in line "
                                + first.at().line() + ".",
                        "Make the two one, or take one out.");
            }
        }
    }
}
