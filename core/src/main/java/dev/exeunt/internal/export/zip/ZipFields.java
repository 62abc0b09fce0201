package dev.exeunt.internal.export.zip;

import java.io.ByteArrayOutputStream;

/** Collects the fields of one record of a ZIP, lowest byte first. */
final class ZipFields {

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    ZipFields int16(int value) {
        bytes.write(value);
        bytes.write(value >>> 8);
        return this;
    }

    /** The lower four bytes. */
    ZipFields int32(long value) {
        return int16((int) value).int16((int) (value >>> 16));
    }

    ZipFields int64(long value) {
        return int32(value).int32(value >>> 32);
    }

    ZipFields bytes(byte[] value) {
        bytes.writeBytes(value);
        return this;
    }

    int size() {
        return bytes.size();
    }

    /** Returns what was collected, and begins anew. */
    byte[] take() {
        byte[] taken = bytes.toByteArray();
        bytes.reset();
        return taken;
    }
}
