package dev.exeunt.internal.export.bundle;

import dev.exeunt.internal.export.block.BlockPipeline;
import dev.exeunt.internal.export.block.PipelineSize;
import dev.exeunt.internal.export.block.SpooledBytes;
import dev.exeunt.internal.export.zip.StoredBlock;
import dev.exeunt.internal.export.zip.ZipContainer;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes the files of a ZIP bundle, one after another, and keeps what the manifest tells of them. */
final class BundleFiles implements AutoCloseable {

    private final ZipContainer zip;
    private final BlockPipeline pipeline;
    private final SpooledBytes spool;
    private final List<PackedFile> kept = new ArrayList<>();
    private final List<BundleManifest.ManifestEntry> entries = new ArrayList<>();

    /** @param temporary a directory for what has to wait */
    BundleFiles(OutputStream out, Instant time, Path temporary) {
        this.zip = new ZipContainer(out, time);
        this.pipeline = new BlockPipeline(PipelineSize.ofThisMachine());
        this.spool = new SpooledBytes(temporary);
    }

    /** Compresses what {@link #write} takes. */
    BlockPipeline pipeline() {
        return pipeline;
    }

    void begin(String name) throws IOException {
        zip.begin(name);
    }

    /** Writes a piece of the file's deflate stream. */
    void write(ByteBuffer deflated) throws IOException {
        zip.write(deflated.array(), deflated.arrayOffset() + deflated.position(), deflated.remaining());
    }

    /**
     * Ends the file with a text, and its deflate stream.
     *
     * @param digest of everything, this text included
     * @param rows null where it has none
     */
    void end(String name, String text, ContentDigest digest, @Nullable Long rows) throws IOException {
        write(ByteBuffer.wrap(StoredBlock.last(text)));
        zip.end(digest.crc(), digest.size());
        entries.add(new BundleManifest.ManifestEntry(name, rows, digest.size(), digest.sha256()));
    }

    /** Keeps a file until {@link #writeKept}, while another one is written. */
    void keep(PackedFile file) throws IOException {
        for (ByteBuffer piece : file.stream()) {
            spool.write(piece.array(), piece.arrayOffset() + piece.position(), piece.remaining());
        }
        kept.add(file.withoutStream());
    }

    void writeKept() throws IOException {
        for (PackedFile file : kept) {
            zip.begin(file.entry().name(), file.sizes());
            spool.copyTo(zip::write, Math.toIntExact(file.sizes().compressed()));
            zip.end();
            entries.add(file.entry());
        }
        kept.clear();
        spool.clear();
    }

    void add(PackedFile file) throws IOException {
        zip.begin(file.entry().name(), file.sizes());
        for (ByteBuffer piece : file.stream()) {
            write(piece);
        }
        zip.end();
        entries.add(file.entry());
    }

    /** Returns what the manifest lists: every file so far. */
    List<BundleManifest.ManifestEntry> entries() {
        return List.copyOf(entries);
    }

    void finish() throws IOException {
        zip.finish();
    }

    /** Ends all threads, and removes what was kept. */
    @Override
    public void close() throws IOException {
        pipeline.close();
        spool.close();
    }
}
