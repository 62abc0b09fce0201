package dev.exeunt.map.yaml;

import dev.exeunt.ExeuntException;
import dev.exeunt.map.DataMap;
import dev.exeunt.map.ExportSettings;
import dev.exeunt.map.Flow;
import dev.exeunt.map.Lifecycle;
import dev.exeunt.map.MapInvalidException;
import dev.exeunt.map.Subject;
import dev.exeunt.map.TableMap;
import dev.exeunt.map.TableRef;
import dev.exeunt.map.Word;
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

    private static final Expected ROOT = new Expected("The map", "version, subject and tables", "version: 1");
    private static final Expected VERSION = new Expected("version", "1", "version: 1");
    private static final Expected SUBJECT =
            new Expected("subject", "a table and its key", "subject: { table: users, key: id }");
    private static final Expected SUBJECT_TABLE = new Expected("table", "the table of the subject", "table: users");
    private static final Expected KEY = Expected.columns("key", "key: id");
    private static final Expected CREATED = Expected.column("created", "created: created_at");
    private static final Expected IDENTIFIERS = Expected.columns("identifiers", "identifiers: [email, username]");
    private static final Expected TABLES =
            new Expected("tables", "tables, each with its links and fate", "tables: { users: { erase: delete } }");

    private final String file;
    private final Faults faults;
    private final NodeReader nodes;

    private MapReader(String file) {
        this.file = file;
        this.faults = new Faults(file);
        this.nodes = new NodeReader(faults);
    }

    /**
     * Reads a UTF-8 file of at most 5 MB.
     *
     * @throws MapInvalidException with every fault, also if the file cannot be read
     * @throws ExeuntException if there is no such file
     */
    public static DataMap read(Path file) {
        MapReader reader = new MapReader(file.toString());
        return reader.map(new SourceText(reader.faults).of(file));
    }

    /**
     * Reads a map's text.
     *
     * @param fileName for the findings' positions
     * @throws MapInvalidException with every fault
     */
    public static DataMap read(String yaml, String fileName) {
        MapReader reader = new MapReader(fileName);
        return reader.map(new SourceText(reader.faults).of(yaml));
    }

    private DataMap map(@Nullable String text) {
        Yaml root = text == null ? null : YamlDocument.read(text, faults);
        Fields fields = root == null ? null : nodes.fields(root, Vocabulary.MAP, ROOT);
        DataMap map = fields == null ? null : map(fields);
        if (faults.any()) {
            throw faults.toException();
        }
        return Objects.requireNonNull(map, "a map without faults was read");
    }

    /** Null if there is no subject; that is a fault by then. */
    private @Nullable DataMap map(Fields fields) {
        version(fields);
        Subject subject = subject(nodes.required(fields, "subject", SUBJECT));
        FlowReader flows = new FlowReader(nodes);
        Yaml export = fields.value("export");
        ExportSettings settings = or(export, new ExportReader(nodes)::settings, ExportSettings.DEFAULT);
        List<TableMap> tables = tables(nodes.required(fields, "tables", TABLES), flows, subject);
        ReasonReader reasons = new ReasonReader(nodes);
        Yaml notPersonal = fields.value("not-personal");
        Yaml accept = fields.value("accept");
        List<DataMap.NotPersonal> impersonal = or(notPersonal, reasons::notPersonal, List.of());
        List<DataMap.Accepted> accepted = or(accept, reasons::accepted, List.of());
        refuseListedTwice(tables, impersonal);
        Lifecycle lifecycle = lifecycle(fields, flows);
        return subject == null
                ? null
                : new DataMap(file, subject, Flow.DELETE_ACCOUNT, settings, lifecycle, tables, impersonal, accepted);
    }

    private Lifecycle lifecycle(Fields fields, FlowReader flows) {
        GuardReader guards = new GuardReader(nodes, flows);
        Lifecycle none = Lifecycle.NONE;
        Lifecycle lifecycle = new Lifecycle(
                or(fields.value("flows"), flows::offers, none.offers()),
                or(fields.value("guards"), guards::guards, none.guards()),
                or(fields.value("warnings"), guards::warnings, none.warnings()),
                or(fields.value("external"), guards::external, none.external()),
                or(fields.value("roles"), guards::roles, none.roles()));
        if (!fields.mean("flows") || fields.has("flows") && !lifecycle.offers().isEmpty()) {
            flows.refuseNotOffered(lifecycle);
        }
        return lifecycle;
    }

    private static <T> T or(@Nullable Yaml yaml, Function<Yaml, T> read, T otherwise) {
        return yaml == null ? otherwise : read.apply(yaml);
    }

    private void version(Fields fields) {
        Yaml version = nodes.required(fields, "version", VERSION);
        boolean good = version instanceof Yaml.Scalar scalar && scalar.text().equals("1");
        if (version != null && !good) {
            nodes.wrong(version, VERSION);
        }
    }

    private @Nullable Subject subject(@Nullable Yaml yaml) {
        Fields fields = yaml == null ? null : nodes.fields(yaml, Vocabulary.SUBJECT, SUBJECT);
        if (fields == null) {
            return null;
        }
        Yaml tableNode = nodes.required(fields, "table", SUBJECT_TABLE);
        Word name = tableNode == null ? null : nodes.name(tableNode, SUBJECT_TABLE);
        TableRef table = name == null ? null : new TableNames(faults).read(name);
        Yaml keyNode = nodes.required(fields, "key", KEY);
        List<Word> key = keyNode == null ? List.of() : nodes.names(keyNode, KEY);
        Yaml createdNode = fields.value("created");
        Word created = createdNode == null ? null : nodes.name(createdNode, CREATED);
        Yaml identifiersNode = fields.value("identifiers");
        List<Word> identifiers = identifiersNode == null ? List.of() : nodes.names(identifiersNode, IDENTIFIERS);
        return table == null || key.isEmpty() ? null : new Subject(table, key, created, identifiers);
    }

    private List<TableMap> tables(@Nullable Yaml yaml, FlowReader flows, @Nullable Subject subject) {
        TableReader reader = new TableReader(nodes, flows, subject);
        List<TableReader.Read> tables = new ArrayList<>();
        List<Yaml.Entry> entries = yaml == null ? List.of() : nodes.entries(yaml, TABLES);
        for (Yaml.Entry entry : entries) {
            TableReader.Read table = reader.read(entry);
            if (table != null) {
                tables.add(table);
            }
        }
        return new SectionNames(faults).assign(tables);
    }

    /** YAML sees only names that are written alike; {@code users} and {@code "users"} are one table, too. */
    private void refuseListedTwice(List<TableMap> tables, List<DataMap.NotPersonal> notPersonal) {
        List<TableRef> all = new ArrayList<>();
        tables.forEach(t -> all.add(t.table()));
        notPersonal.forEach(n -> all.add(n.table()));
        Map<List<@Nullable String>, TableRef> seen = new HashMap<>();
        for (TableRef table : all) {
            List<@Nullable String> identity = Arrays.asList(table.schema(), table.name());
            TableRef first = seen.putIfAbsent(identity, table);
            if (first != null) {
                faults.malformed(
                        table.at(),
                        "The table " + Shown.name(table.text()) + " is here twice; the first is in line "
                                + first.at().line() + ".",
                        "Make the two one, or take one out.");
            }
        }
    }
}
