package dev.exeunt.internal.export.zip;

/**
 * Holds what a ZIP tells of an entry's content.
 *
 * @param crc CRC-32 of the content before compression
 * @param size bytes before compression
 * @param compressed bytes in the file
 */
public record ZipEntrySizes(long crc, long size, long compressed) {}
