package dev.exeunt.internal.export.bundle;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Reads the page by which a person sees their data in a browser: {@code index.html}, and the scripts, texts and style that it names,
 * which lie in {@code page/} of a bundle. The page is the same in every bundle. What it shows lies in {@code data/}.
 */
final class BundlePage {

    static final String START = "index.html";

    private static final String RESOURCES = "/dev/exeunt/internal/export/page/";
    private static final String FOLDER = "page/";
    private static final Pattern NAMED = Pattern.compile("(?:src|href)=\"" + FOLDER + "([a-z/]+\\.(?:js|css))\"");

    private BundlePage() {}

    /** Returns the files of the page as they go into each bundle. They are compressed once. */
    static List<PackedFile> packed() {
        return Packed.FILES;
    }

    /** Returns each file of the page with its name in the bundle, {@code index.html} first. */
    static Map<String, byte[]> files() {
        Map<String, byte[]> files = new LinkedHashMap<>();
        byte[] start = resource(START);
        files.put(START, start);
        named(new String(start, StandardCharsets.UTF_8)).forEach(name -> files.put(FOLDER + name, resource(name)));
        return files;
    }

    /** Loaded with the first bundle. */
    private static final class Packed {
        private static final List<PackedFile> FILES = files().entrySet().stream()
                .map(file -> PackedFile.of(file.getKey(), file.getValue()))
                .toList();
    }

    private static List<String> named(String html) {
        return NAMED.matcher(html).results().map(name -> name.group(1)).toList();
    }

    private static byte[] resource(String name) {
        try (InputStream in = BundlePage.class.getResourceAsStream(RESOURCES + name)) {
            if (in == null) {
                throw new IllegalStateException(RESOURCES + name + " is not in the program");
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(RESOURCES + name, e);
        }
    }
}
