package dev.exeunt.internal.export.bundle;

import dev.exeunt.internal.export.block.Block;
import dev.exeunt.internal.export.block.BlockCompressor;
import dev.exeunt.internal.export.block.BlockPipeline;
import dev.exeunt.internal.export.zip.StoredBlock;
import java.util.List;
import java.util.Locale;

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
     * Says where rows belong.
     *
     * @param number of the file in its section, from 1
     * @param rows how many
     */
    record Place(String section, int number, int rows) {

        private String fileName() {
            return String.format(Locale.ROOT, "data/%s-%04d.js", section, number);
        }

        private String call() {
            return "exeuntRows(\"" + section + "\"," + number + ",";
        }

        /** Whether a row is too large for a data file. It stands in NAME.json only. */
        boolean isTooLarge(int bytes) {
            return bytes > LARGEST - call().length() - RAW.length() - RAW_END.length();
        }
    }

    /** Returns the file of a block of rows. @param deflated the rows, compressed */
    static PackedFile of(Place place, BlockCompressor compressor, Block rows, byte[] deflated) {
        if (ScriptLiteral.fitsTemplate(rows.bytes(), rows.length())) {
            ContentDigest digest = new ContentDigest()
                    .add(place.call() + RAW)
                    .add(rows.bytes(), 0, rows.length())
                    .add(RAW_END);
            return of(place, digest, List.of(StoredBlock.of(place.call() + RAW), deflated, StoredBlock.last(RAW_END)));
        }
        byte[] literal = ScriptLiteral.of(rows.bytes(), rows.length());
        String end = ");";
        if (literal.length > LARGEST - place.call().length() - end.length()) {
            return tooLarge(place, rows.length());
        }
        ContentDigest digest = new ContentDigest()
                .add(place.call())
                .add(literal, 0, literal.length)
                .add(end);
        return of(
                place,
                digest,
                List.of(
                        StoredBlock.of(place.call()),
                        compressor.compress(literal, 0, literal.length),
                        StoredBlock.last(end)));
    }

    /** Returns the file that stands for a single row that is too large for one. */
    static PackedFile tooLarge(Place place, long bytes) {
        String script = place.call() + RAW + "{\"exeunt:tooLarge\": " + bytes + "}" + RAW_END;
        return of(place, new ContentDigest().add(script), List.of(StoredBlock.last(script)));
    }

    private static PackedFile of(Place place, ContentDigest digest, List<byte[]> stream) {
        return PackedFile.of(place.fileName(), (long) place.rows(), digest, stream);
    }
}
