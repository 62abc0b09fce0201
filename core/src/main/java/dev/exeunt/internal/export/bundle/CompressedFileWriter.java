package dev.exeunt.internal.export.bundle;

import dev.exeunt.internal.export.block.BlockPipeline;
import dev.exeunt.internal.export.block.CompressionBlock;
import java.io.IOException;
import java.io.OutputStream;
import org.jspecify.annotations.Nullable;

/** Writes one file of a bundle, compressed in blocks. */
final class CompressedFileWriter extends OutputStream {

    private final String name;
    private final BundleFiles files;
    private final ContentDigest digest = new ContentDigest();
    private @Nullable CompressionBlock block;

    CompressedFileWriter(String name, BundleFiles files) throws IOException {
        this.name = name;
        this.files = files;
        files.begin(name);
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        int at = offset;
        while (at < offset + length) {
            CompressionBlock part = block == null ? files.pipeline().next() : block;
            int count = Math.min(offset + length - at, BlockPipeline.USUAL - part.length());
            part.append(bytes, at, count);
            at += count;
            block = part;
            if (part.length() == BlockPipeline.USUAL) {
                submit(part);
            }
        }
    }

    private void submit(CompressionBlock full) throws IOException {
        block = null;
        digest.add(full.bytes(), 0, full.length());
        files.pipeline()
                .submit(
                        full,
                        (compressor, content) -> {
                            content.compress(compressor);
                            return content.deflated();
                        },
                        (content, deflated) -> files.write(deflated));
    }

    /** Ends a file without rows. */
    @Override
    public void close() throws IOException {
        end(null);
    }

    /** Ends the file. @param rows null where it has none */
    void end(@Nullable Long rows) throws IOException {
        if (block != null) {
            submit(block);
        }
        files.pipeline().drain();
        files.end(name, "", digest, rows);
    }
}
