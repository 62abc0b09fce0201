package dev.exeunt.internal.map.read.file;

import dev.exeunt.internal.map.LocatedText;
import dev.exeunt.internal.map.MappedTable.FileColumn;
import dev.exeunt.internal.map.yaml.AllowedWords;
import dev.exeunt.internal.map.yaml.ExpectedNode;
import dev.exeunt.internal.map.yaml.MappingFields;
import dev.exeunt.internal.map.yaml.NodeReader;
import dev.exeunt.internal.map.yaml.ValueExcerpt;
import dev.exeunt.internal.map.yaml.YamlNode;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads {@code files:} of a table: its columns that name files, and the stores that hold them. */
public final class FileColumnReader {

    /** The name of a store: it is part of a setting's name, also of one in the environment. */
    public static final String STORE_FORM = "[a-z][a-z0-9]*(?:-[a-z0-9]+)*";

    private static final ExpectedNode FILES =
            new ExpectedNode("files", "columns, each with a store", "files: { avatar_path: uploads }");
    private static final ExpectedNode COLUMN = new ExpectedNode(
            "A column under files", "a store", "avatar_path: { store: uploads, strip: \"/uploads/\" }");
    private static final ExpectedNode STORE = new ExpectedNode("store", "the name of a store", "store: uploads");
    private static final ExpectedNode STRIP =
            new ExpectedNode("strip", "what each value begins with", "strip: \"/uploads/\"");

    private static final Pattern STORE_NAME = Pattern.compile(STORE_FORM);

    private final NodeReader nodes;

    public FileColumnReader(NodeReader nodes) {
        this.nodes = nodes;
    }

    /** Returns the columns as far as they could be read, in the map's order. */
    public List<FileColumn> read(YamlNode yaml) {
        List<FileColumn> columns = new ArrayList<>();
        for (YamlNode.YamlEntry entry : nodes.entries(yaml, FILES)) {
            FileColumn column = entry.value() instanceof YamlNode.YamlMapping
                    ? described(entry)
                    : column(entry.key(), store(entry.value(), COLUMN), "");
            if (column != null) {
                columns.add(column);
            }
        }
        return columns;
    }

    private @Nullable FileColumn described(YamlNode.YamlEntry entry) {
        MappingFields fields = nodes.fields(entry.value(), AllowedWords.FILES, COLUMN);
        YamlNode store = fields == null ? null : nodes.required(fields, "store", STORE);
        YamlNode strip = fields == null ? null : fields.value("strip");
        LocatedText prefix = strip == null ? null : nodes.name(strip, STRIP);
        return store == null ? null : column(entry.key(), store(store, STORE), prefix == null ? "" : prefix.text());
    }

    private static @Nullable FileColumn column(LocatedText column, @Nullable String store, String strip) {
        return store == null ? null : new FileColumn(column, store, strip);
    }

    private @Nullable String store(YamlNode yaml, ExpectedNode expected) {
        LocatedText name = nodes.name(yaml, expected);
        if (name != null && !STORE_NAME.matcher(name.text()).matches()) {
            nodes.faults()
                    .malformed(
                            name.at(),
                            ValueExcerpt.quoted(name.text()) + " cannot be the name of a store.",
                            "Use small letters, digits and - only: store: uploads");
            return null;
        }
        return name == null ? null : name.text();
    }
}
