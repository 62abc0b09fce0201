package dev.exeunt.internal.export.bundle;

import dev.exeunt.internal.export.block.BlockCompressor;
import dev.exeunt.internal.export.block.BlockPipeline;
import dev.exeunt.internal.export.block.CompressionBlock;
import dev.exeunt.internal.export.zip.StoredBlock;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * Makes the scripts of a bundle that give rows to its page: {@code data/NAME-0001.js} with {@code exeuntRows("NAME",1,ROWS);}, where ROWS is a
 * text of JSON objects, separated by a comma and a line feed.
 */
final class DataFile {

    /** No data file is larger, in bytes. */
    static final int LARGEST = 2 * 1024 * 1024;

    /** Leaves room for the call around the rows, and for each byte to become two in a string literal. */
    static final int USUAL_ROWS = BlockPipeline.USUAL - 1024;

    private static final String RAW = "String.raw`";
    private static final String RAW_END = "`);";

    private DataFile() {}

    /**
     * Returns {@code 0007} for 7, and more digits where needed. A large bundle has thousands of files; {@code String.format} would match a
     * regular expression for each, which the compiler of Java takes 30 MB to compile once it is hot.
     */
    static String fourDigits(int number) {
        String digits = Integer.toString(number);
        return "0".repeat(Math.max(0, 4 - digits.length())) + digits;
    }

    /**
     * Says where rows belong.
     *
     * @param number of the file in its section, from 1
     * @param rows how many
     */
    record Place(String section, int number, int rows) {

        private String fileName() {
            return "data/" + section + "-" + fourDigits(number) + ".js";
        }

        private String call() {
            return "exeuntRows(\"" + section + "\"," + number + ",";
        }

        /** Whether a row is too large for a data file. It stands in NAME.json only. */
        boolean isTooLarge(int bytes) {
            return bytes > USUAL_ROWS && bytes > LARGEST - call().length() - RAW.length() - RAW_END.length();
        }
    }

    /** Returns the file of a block of rows that is compressed; its stream is there as long as the block is. */
    static PackedFile of(Place place, BlockCompressor compressor, CompressionBlock rows) {
        if (!ScriptLiteral.fitsTemplate(rows.bytes(), rows.length())) {
            return literal(place, compressor, rows);
        }
        String before = place.call() + RAW;
        ContentDigest digest = new ContentDigest()
                .add(before)
                .add(rows.bytes(), 0, rows.length())
                .add(RAW_END);
        return of(
                place,
                digest,
                List.of(
                        ByteBuffer.wrap(StoredBlock.of(before)),
                        rows.deflated(),
                        ByteBuffer.wrap(StoredBlock.last(RAW_END))));
    }

    private static PackedFile literal(Place place, BlockCompressor compressor, CompressionBlock rows) {
        byte[] literal = ScriptLiteral.of(rows.bytes(), rows.length());
        String before = place.call();
        String end = ");";
        if (literal.length > LARGEST - before.length() - end.length()) {
            return tooLarge(place, rows.length());
        }
        ContentDigest digest =
                new ContentDigest().add(before).add(literal, 0, literal.length).add(end);
        return of(
                place,
                digest,
                PackedFile.pieces(StoredBlock.of(before), compressor.compress(literal), StoredBlock.last(end)));
    }

    /** Returns the file that stands for a single row that is too large for one. */
    static PackedFile tooLarge(Place place, long bytes) {
        String script = place.call() + RAW + "{\"exeunt:tooLarge\": " + bytes + "}" + RAW_END;
        return of(place, new ContentDigest().add(script), PackedFile.pieces(StoredBlock.last(script)));
    }

    private static PackedFile of(Place place, ContentDigest digest, List<ByteBuffer> stream) {
        return PackedFile.of(place.fileName(), (long) place.rows(), digest, stream);
    }
}
