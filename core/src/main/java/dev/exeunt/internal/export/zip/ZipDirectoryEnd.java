package dev.exeunt.internal.export.zip;

/**
 * Describes the end of a ZIP's directory.
 *
 * @param at where the directory begins
 * @param size of the directory in bytes
 */
record ZipDirectoryEnd(int entries, long at, long size) {

    private static final int END = 0x06054b50;
    private static final int ZIP64_END = 0x06064b50;
    private static final int ZIP64_LOCATOR = 0x07064b50;

    /** Bytes of the end of Zip64 behind its field for the size. */
    private static final int ZIP64_END_SIZE = 44;

    void write(ZipFields fields, ZipLimits limits) {
        if (limits.isOverCount(entries) || limits.isOver(at) || limits.isOver(size)) {
            zip64(fields);
        }
        int count = limits.isOverCount(entries) ? 0xFFFF : entries;
        fields.int32(END)
                .int16(0)
                .int16(0)
                .int16(count)
                .int16(count)
                .int32(limits.isOver(size) ? 0xFFFF_FFFFL : size)
                .int32(limits.isOver(at) ? 0xFFFF_FFFFL : at)
                .int16(0);
    }

    private void zip64(ZipFields fields) {
        fields.int32(ZIP64_END)
                .int64(ZIP64_END_SIZE)
                .int16(ZipEntryRecord.VERSION_ZIP64)
                .int16(ZipEntryRecord.VERSION_ZIP64)
                .int32(0)
                .int32(0)
                .int64(entries)
                .int64(entries)
                .int64(size)
                .int64(at);
        fields.int32(ZIP64_LOCATOR).int32(0).int64(at + size).int32(1);
    }
}
