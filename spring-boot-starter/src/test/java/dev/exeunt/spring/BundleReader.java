package dev.exeunt.spring;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import dev.exeunt.spring.TestBrowser.Reader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.springframework.util.FileSystemUtils;

/** Exports a bundle, extracts it, and opens its page in a browser: once for a test class. */
final class BundleReader implements BeforeAllCallback, AfterEachCallback, AfterAllCallback {

    private final String schema;
    private final String map;
    private final Map<String, byte[]> files;
    private final List<BrowserContext> opened = new ArrayList<>();
    private Path directory;
    private TestBrowser browser;
    private ExtractedBundle bundle;

    BundleReader(String schema, String map) {
        this(schema, map, Map.of());
    }

    /** @param files of the store {@code uploads}, by their names */
    BundleReader(String schema, String map, Map<String, byte[]> files) {
        this.schema = schema;
        this.map = map;
        this.files = Map.copyOf(files);
    }

    @Override
    public void beforeAll(ExtensionContext context) throws IOException {
        directory = Files.createTempDirectory("exeunt-bundle");
        browser = TestBrowser.start();
        bundle = ExtractedBundle.of(schema, map, files, directory);
    }

    @Override
    public void afterEach(ExtensionContext context) {
        opened.forEach(BrowserContext::close);
        opened.clear();
    }

    @Override
    public void afterAll(ExtensionContext context) throws IOException {
        if (browser != null) {
            browser.close();
        }
        FileSystemUtils.deleteRecursively(directory);
    }

    TestBrowser browser() {
        return browser;
    }

    ExtractedBundle bundle() {
        return bundle;
    }

    /** Holds the bundle, and takes what a test writes beside it. */
    Path directory() {
        return directory;
    }

    Page open(Reader reader, String address) {
        BrowserContext context = browser.context(reader, ExtractedBundle.NOW);
        opened.add(context);
        Page page = context.newPage();
        page.navigate(address);
        return page;
    }
}
