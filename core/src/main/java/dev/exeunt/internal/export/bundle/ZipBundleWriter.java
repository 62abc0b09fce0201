package dev.exeunt.internal.export.bundle;

import dev.exeunt.export.ExportSummary;
import dev.exeunt.internal.export.section.SectionReader;
import dev.exeunt.internal.plan.Plan;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Writes each section as JSON and CSV into a ZIP, with README.txt and manifest.json. */
public final class ZipBundleWriter implements BundleWriter {

    static final String README = "README.txt";
    static final String MANIFEST = "manifest.json";

    private static final int BUFFER = 1 << 16;
    private static final int LEVEL = 6;

    private final BundleHeader header;
    private final Plan plan;
    private final ZipOutputStream zip;
    private final List<BundleManifest.ManifestEntry> entries = new ArrayList<>();
    private final List<Long> rows = new ArrayList<>();
    private final List<ExportSummary.SectionRows> shared = new ArrayList<>();

    public ZipBundleWriter(BundleHeader header, Plan plan, OutputStream out) {
        this.header = header;
        this.plan = plan;
        this.zip = new ZipOutputStream(out, StandardCharsets.UTF_8);
        this.zip.setLevel(LEVEL);
    }

    @Override
    public void leftOut(List<ExportSummary.SectionRows> left) {
        shared.addAll(left);
    }

    @Override
    public long add(SectionReader reader) throws IOException {
        String name = reader.name();
        long json = section(name + ".json", out -> {
            long count = reader.json(out);
            out.write('\n');
            return count;
        });
        long csv = section(name + ".csv", reader::csv);
        reader.sameRows(json, csv);
        rows.add(json);
        return json;
    }

    @Override
    public void finish() throws IOException {
        text(
                README,
                ReadmeText.of(plan, header, new ReadmeText.BundleRows(rows, shared))
                        .getBytes(StandardCharsets.UTF_8));
        text(MANIFEST, BundleManifest.json(header, entries, shared));
        zip.finish();
    }

    private long section(String name, EntryContent content) throws IOException {
        open(name);
        HashingOutputStream measured = new HashingOutputStream(zip);
        // rows are small, and each write into the deflater crosses into native code
        OutputStream buffered = new BufferedOutputStream(measured, BUFFER);
        long count = content.write(buffered);
        buffered.flush();
        zip.closeEntry();
        entries.add(new BundleManifest.ManifestEntry(name, count, measured.bytes(), measured.sha256()));
        return count;
    }

    private void text(String name, byte[] bytes) throws IOException {
        open(name);
        HashingOutputStream measured = new HashingOutputStream(zip);
        measured.write(bytes);
        zip.closeEntry();
        entries.add(new BundleManifest.ManifestEntry(name, null, measured.bytes(), measured.sha256()));
    }

    private void open(String name) throws IOException {
        ZipEntry entry = new ZipEntry(name);
        // the same bundle wherever it is made, whatever the machine's time zone
        entry.setTimeLocal(LocalDateTime.ofInstant(header.generated(), ZoneOffset.UTC));
        zip.putNextEntry(entry);
    }

    /** Writes the content of one ZIP entry and returns its number of rows. */
    private interface EntryContent {
        /** @return rows */
        long write(OutputStream out) throws IOException;
    }
}
