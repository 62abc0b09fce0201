package dev.exeunt.internal.export.bundle;

import dev.exeunt.internal.export.block.BlockCompressor;
import dev.exeunt.internal.export.block.BlockPipeline;
import dev.exeunt.internal.export.block.CompressionBlock;
import dev.exeunt.internal.export.section.JsonRowSink;
import dev.exeunt.internal.export.zip.StoredBlock;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Writes the rows of a section as {@code NAME.json}, an array with each row on a line of its own, and as data files for the page. Rows are
 * compressed in blocks, and what a block became stands in both.
 */
final class JsonSectionWriter implements JsonRowSink {

    private static final String FIRST = "[\n";
    private static final String NEXT = ",\n";
    private static final byte[] SEPARATOR = NEXT.getBytes(StandardCharsets.US_ASCII);

    private final String section;
    private final BundleFiles files;
    private final ContentDigest digest = new ContentDigest();
    private final List<Integer> rowsPerFile = new ArrayList<>();
    private @Nullable CompressionBlock block;

    /** Stands before the next block in NAME.json. */
    private String before = FIRST;

    private int rowsInBlock;
    private long rows;

    /** The length of a row that no data file takes, and how much of it is still to come; else 0. */
    private int large;

    private int largeLeft;

    JsonSectionWriter(String section, BundleFiles files) throws IOException {
        this.section = section;
        this.files = files;
        files.begin(fileName());
    }

    private String fileName() {
        return section + ".json";
    }

    /** Makes the data file of a compressed block of rows. */
    private interface DataFileMaker {
        PackedFile of(BlockCompressor compressor, CompressionBlock rows);
    }

    @Override
    public void begin(int length) throws IOException {
        rows++;
        boolean tooLarge = new DataFile.Place(section, rowsPerFile.size() + 1, 1).isTooLarge(length);
        if (block != null && block.length() + SEPARATOR.length + (long) length > DataFile.USUAL_ROWS) {
            submitRows(block);
        }
        if (tooLarge) {
            large = length;
            largeLeft = length;
        } else {
            if (block != null) {
                block.append(SEPARATOR, 0, SEPARATOR.length);
            }
            rowsInBlock++;
        }
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        if (largeLeft > 0) {
            writeLarge(bytes, offset, length);
        } else {
            block().append(bytes, offset, length);
        }
    }

    /** In blocks of the usual size, so that memory does not hold the row twice. */
    private void writeLarge(byte[] bytes, int offset, int length) throws IOException {
        int at = offset;
        while (at < offset + length) {
            CompressionBlock part = block();
            int count = Math.min(offset + length - at, BlockPipeline.USUAL - part.length());
            part.append(bytes, at, count);
            at += count;
            largeLeft -= count;
            if (largeLeft == 0) {
                PackedFile file = DataFile.tooLarge(nextPlace(1), large);
                submit(part, (compressor, rest) -> file);
            } else if (part.length() == BlockPipeline.USUAL) {
                submit(part, null);
                before = ""; // the row goes on
            }
        }
    }

    private CompressionBlock block() throws IOException {
        if (block == null) {
            block = files.pipeline().next();
        }
        return block;
    }

    private DataFile.Place nextPlace(int rowsOfFile) {
        rowsPerFile.add(rowsOfFile);
        return new DataFile.Place(section, rowsPerFile.size(), rowsOfFile);
    }

    private void submitRows(CompressionBlock full) throws IOException {
        DataFile.Place place = nextPlace(rowsInBlock);
        rowsInBlock = 0;
        submit(full, (compressor, content) -> DataFile.of(place, compressor, content));
    }

    /** @param maker null where the block has no data file */
    private void submit(CompressionBlock full, @Nullable DataFileMaker maker) throws IOException {
        String separator = before;
        block = null;
        before = NEXT;
        digest.add(separator).add(full.bytes(), 0, full.length());
        files.pipeline()
                .submit(
                        full,
                        (compressor, content) -> {
                            content.compress(compressor);
                            return Optional.ofNullable(maker == null ? null : maker.of(compressor, content));
                        },
                        (content, file) -> handOn(separator, content, file));
    }

    private void handOn(String separator, CompressionBlock done, Optional<PackedFile> file) throws IOException {
        if (!separator.isEmpty()) {
            files.write(ByteBuffer.wrap(StoredBlock.of(separator)));
        }
        files.write(done.deflated());
        if (file.isPresent()) {
            files.keep(file.get());
        }
    }

    @Override
    public void end() throws IOException {
        if (block != null) {
            submitRows(block);
        }
        files.pipeline().drain();
        String end = rows == 0 ? "[]\n" : "\n]\n";
        files.end(fileName(), end, digest.add(end), rows);
    }

    /** Returns how many rows each data file has, in order. */
    List<Integer> rowsPerFile() {
        return List.copyOf(rowsPerFile);
    }
}
