package dev.exeunt.internal.export.bundle;

import dev.exeunt.internal.export.bundle.FileListing.BundledFile;
import dev.exeunt.internal.export.bundle.FileListing.ListedFile;
import dev.exeunt.internal.export.bundle.FileListing.NamingColumn;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/**
 * Makes the scripts that tell the page which value leads to which file: {@code data/files/NAME-0001.js} with
 * {@code exeuntFiles("NAME",1,[…]);}. None is larger than a data file. A value that is too long for one is left out.
 */
final class PageFiles {

    private static final String END = "]);\n";

    private final FileListing listing;
    private final Map<String, List<byte[]>> lists = new LinkedHashMap<>();

    PageFiles(FileListing listing) {
        this.listing = listing;
        listing.sections().forEach(section -> lists.put(section, scripts(section)));
    }

    /** Returns the scripts of a section; none where its rows name no files. */
    List<byte[]> lists(String section) {
        return lists.getOrDefault(section, List.of());
    }

    /** Returns each script by its name in the bundle. */
    Map<String, byte[]> files() {
        Map<String, byte[]> files = new LinkedHashMap<>();
        lists.forEach((section, scripts) -> {
            for (int i = 0; i < scripts.size(); i++) {
                files.put("data/files/" + section + "-" + DataFile.fourDigits(i + 1) + ".js", scripts.get(i));
            }
        });
        return files;
    }

    /** Says whether a value that is not listed may name a file, too. */
    boolean hasUnlisted(NamingColumn column) {
        return listing.hasUnlisted(column);
    }

    private List<byte[]> scripts(String section) {
        List<byte[]> scripts = new ArrayList<>();
        ByteArrayOutputStream script = begin(section, 1);
        int empty = script.size();
        for (ListedFile file : listing.files(section)) {
            byte[] entry = entry(file);
            int most = DataFile.LARGEST - END.length() - 1;
            if (script.size() + entry.length > most && script.size() > empty) {
                scripts.add(ended(script));
                script = begin(section, scripts.size() + 1);
                empty = script.size();
            }
            if (script.size() + entry.length <= most) {
                if (script.size() > empty) {
                    script.write(',');
                }
                script.writeBytes(entry);
            }
        }
        scripts.add(ended(script));
        return scripts;
    }

    private static ByteArrayOutputStream begin(String section, int number) {
        ByteArrayOutputStream script = new ByteArrayOutputStream();
        script.writeBytes(("exeuntFiles(\"" + section + "\"," + number + ",[").getBytes(StandardCharsets.US_ASCII));
        return script;
    }

    private static byte[] ended(ByteArrayOutputStream script) {
        script.writeBytes(END.getBytes(StandardCharsets.US_ASCII));
        return script.toByteArray();
    }

    private static byte[] entry(ListedFile listed) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JsonGenerator json = new JsonFactory().createGenerator(ObjectWriteContext.empty(), bytes)) {
            json.writeStartObject();
            json.writeStringProperty("column", listed.column().column());
            json.writeStringProperty("value", listed.value());
            BundledFile file = listed.file();
            if (file == null) {
                json.writeStringProperty("leftOut", listed.reason().word());
            } else {
                json.writeStringProperty("path", file.path());
                json.writeNumberProperty("bytes", file.bytes());
                json.writeStringProperty("type", file.picture());
            }
            json.writeEndObject();
        }
        return bytes.toByteArray();
    }
}
