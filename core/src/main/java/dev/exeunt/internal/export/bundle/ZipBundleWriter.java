package dev.exeunt.internal.export.bundle;

import dev.exeunt.export.ExportSummary;
import dev.exeunt.internal.export.section.SectionReader;
import dev.exeunt.internal.plan.Plan;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Writes each section as JSON and CSV into a ZIP, with {@link BundlePage}, README.txt and manifest.json. */
public final class ZipBundleWriter implements BundleWriter {

    static final String README = "README.txt";
    static final String MANIFEST = "manifest.json";
    static final String PAGE_DATA = "data/bundle.js";

    private static final int BUFFER = 1 << 16;

    private final BundleHeader header;
    private final Plan plan;
    private final BundleFiles files;
    private final List<Long> rows = new ArrayList<>();
    private final List<List<Integer>> rowsPerFile = new ArrayList<>();
    private final List<ExportSummary.SectionRows> shared = new ArrayList<>();
    private FileListing listing = FileListing.NONE;

    /** @param temporary a directory for what has to wait while the ZIP is written: encrypted, and never there after a failure */
    public ZipBundleWriter(BundleHeader header, Plan plan, OutputStream out, Path temporary) {
        this.header = header;
        this.plan = plan;
        this.files = new BundleFiles(out, header.generated(), temporary);
    }

    @Override
    public void leftOut(List<ExportSummary.SectionRows> left) {
        shared.addAll(left);
    }

    @Override
    public long add(SectionReader reader) throws IOException {
        long json = json(reader);
        long csv = csv(reader);
        reader.sameRows(json, csv);
        rows.add(json);
        reader.files(path -> new CompressedFileWriter(path, files));
        return json;
    }

    private long json(SectionReader reader) throws IOException {
        JsonSectionWriter section = new JsonSectionWriter(reader.name(), files);
        long count = reader.json(section);
        files.writeKept();
        rowsPerFile.add(section.rowsPerFile());
        return count;
    }

    private long csv(SectionReader reader) throws IOException {
        CompressedFileWriter section = new CompressedFileWriter(reader.name() + ".csv", files);
        long count = reader.csv(section);
        section.end(count);
        return count;
    }

    @Override
    public boolean holdsFiles() {
        return true;
    }

    @Override
    public long addFile(String name, InputStream content, long bytes) throws IOException {
        CompressedFileWriter file = new CompressedFileWriter(name, files);
        byte[] buffer = new byte[BUFFER];
        long left = bytes;
        int read = content.read(buffer, 0, (int) Math.min(buffer.length, left));
        while (left > 0 && read >= 0) {
            file.write(buffer, 0, read);
            left -= read;
            read = content.read(buffer, 0, (int) Math.min(buffer.length, left));
        }
        file.end(null);
        return bytes - left;
    }

    @Override
    public void filesAdded(FileListing added) {
        listing = added;
    }

    @Override
    public void finish() throws IOException {
        for (PackedFile file : BundlePage.packed()) {
            files.add(file);
        }
        PageFiles named = new PageFiles(listing);
        for (Map.Entry<String, byte[]> list : named.files().entrySet()) {
            add(list.getKey(), list.getValue());
        }
        add(PAGE_DATA, PageData.script(plan, header, new PageData.BundleCounts(rows, rowsPerFile, shared, named)));
        String readme = ReadmeText.of(plan, header, new ReadmeText.BundleRows(rows, shared, listing));
        add(README, readme.getBytes(StandardCharsets.UTF_8));
        add(MANIFEST, BundleManifest.json(plan, header, files.entries(), new BundleManifest.LeftOut(shared, listing)));
        files.finish();
    }

    private void add(String name, byte[] content) throws IOException {
        files.add(PackedFile.of(name, content));
    }

    @Override
    public void close() throws IOException {
        files.close();
    }
}
