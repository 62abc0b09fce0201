package dev.exeunt.internal.export.zip;

/**
 * Tells from which values on a ZIP uses the fields of Zip64.
 *
 * @param size a size or offset, in bytes; a field of four bytes holds at most one less than 0xFFFFFFFF
 * @param count a number of entries; a field of two bytes holds at most one less than 0xFFFF
 */
record ZipLimits(long size, int count) {

    static final ZipLimits OF_FORMAT = new ZipLimits(0xFFFF_FFFFL, 0xFFFF);

    boolean isOver(long bytes) {
        return bytes >= size;
    }

    boolean isOverCount(int entries) {
        return entries >= count;
    }
}
