package dev.exeunt.internal.export.zip;

import java.nio.charset.StandardCharsets;

/**
 * Describes an entry in the directory of a ZIP.
 *
 * @param at where its local header begins
 * @param time date and time in the form of MS-DOS
 */
record ZipEntryRecord(String name, long at, int flags, int time, ZipEntrySizes sizes) {

    static final int DEFLATED = 8;

    /** 2.0: deflate. */
    static final int VERSION = 20;
    /** 4.5: Zip64. */
    static final int VERSION_ZIP64 = 45;

    private static final int HEADER = 0x02014b50;
    private static final int ZIP64_EXTRA = 0x0001;

    /** In a field of four bytes: the value stands in the extra field. */
    private static final long ELSEWHERE = 0xFFFF_FFFFL;

    void write(ZipFields fields, ZipLimits limits) {
        byte[] utf8 = name.getBytes(StandardCharsets.UTF_8);
        byte[] extra = extra(limits);
        int version = extra.length > 0 ? VERSION_ZIP64 : VERSION;
        fields.int32(HEADER)
                .int16(version)
                .int16(version)
                .int16(flags)
                .int16(DEFLATED)
                .int32(time)
                .int32(sizes.crc())
                .int32(here(sizes.compressed(), limits))
                .int32(here(sizes.size(), limits))
                .int16(utf8.length)
                .int16(extra.length)
                .int16(0) // comment
                .int16(0) // disk
                .int16(0) // internal attributes
                .int32(0) // external attributes
                .int32(here(at, limits))
                .bytes(utf8)
                .bytes(extra);
    }

    private static long here(long value, ZipLimits limits) {
        return limits.isOver(value) ? ELSEWHERE : value;
    }

    /** Holds only what its own field cannot, in this order. */
    private byte[] extra(ZipLimits limits) {
        ZipFields values = new ZipFields();
        for (long value : new long[] {sizes.size(), sizes.compressed(), at}) {
            if (limits.isOver(value)) {
                values.int64(value);
            }
        }
        return values.size() == 0
                ? new byte[0]
                : new ZipFields()
                        .int16(ZIP64_EXTRA)
                        .int16(values.size())
                        .bytes(values.take())
                        .take();
    }
}
