package dev.exeunt.internal.export.zip;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Writes a ZIP whose entries are compressed already, one after another into a stream. {@link java.util.zip.ZipOutputStream} takes no
 * compressed content. Entries and archives of 4 GB and more, and more than 65,534 entries, are written in the form Zip64.
 *
 * <pre>{@code
 * zip.begin("notes.json");
 * zip.write(deflated, 0, deflated.length);
 * zip.end(crc, size);
 * zip.finish();
 * }</pre>
 *
 * @see <a href="https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT">PKWARE APPNOTE 6.3</a>
 */
public final class ZipContainer {

    private static final int LOCAL_HEADER = 0x04034b50;
    private static final int DATA_DESCRIPTOR = 0x08074b50;

    /** Bit 11: names are UTF-8. */
    private static final int UTF8 = 1 << 11;
    /** Bit 3: sizes follow the content. */
    private static final int SIZES_FOLLOW = 1 << 3;

    private final OutputStream out;
    private final ZipLimits limits;
    private final int time;
    private final List<ZipEntryRecord> entries = new ArrayList<>();
    private final ZipFields fields = new ZipFields();
    private @Nullable OpenEntry open;
    private long position;

    /** @param time of every entry, to two seconds, in UTC */
    public ZipContainer(OutputStream out, Instant time) {
        this(out, time, ZipLimits.OF_FORMAT);
    }

    ZipContainer(OutputStream out, Instant time, ZipLimits limits) {
        this.out = out;
        this.limits = limits;
        this.time = dosTime(time);
    }

    /** An entry that content is being written to, with its sizes where they are known before. */
    private record OpenEntry(
            String name, long at, long contentAt, @Nullable ZipEntrySizes sizes) {}

    /** Begins an entry whose sizes {@link #end(long, long)} tells. */
    public void begin(String name) throws IOException {
        begin(name, null);
    }

    /** Begins an entry of known sizes, which {@link #end()} ends. */
    public void begin(String name, @Nullable ZipEntrySizes sizes) throws IOException {
        if (open != null) {
            throw new IllegalStateException("an entry is open");
        }
        if (sizes != null && (limits.isOver(sizes.size()) || limits.isOver(sizes.compressed()))) {
            throw new IllegalArgumentException("an entry this large tells its sizes at its end");
        }
        long at = position;
        byte[] utf8 = name.getBytes(StandardCharsets.UTF_8);
        fields.int32(LOCAL_HEADER)
                .int16(ZipEntryRecord.VERSION)
                .int16(flags(sizes == null))
                .int16(ZipEntryRecord.DEFLATED)
                .int32(time)
                .int32(sizes == null ? 0 : sizes.crc())
                .int32(sizes == null ? 0 : sizes.compressed())
                .int32(sizes == null ? 0 : sizes.size())
                .int16(utf8.length)
                .int16(0)
                .bytes(utf8);
        flush();
        open = new OpenEntry(name, at, position, sizes);
    }

    /** Writes part of the entry's content: a deflate stream without header (RFC 1951). */
    public void write(byte[] deflated, int offset, int length) throws IOException {
        opened();
        put(deflated, offset, length);
    }

    /** Ends an entry that was begun without sizes. @param size before compression, as is the CRC-32 */
    public void end(long crc, long size) throws IOException {
        OpenEntry entry = opened();
        if (entry.sizes() != null) {
            throw new IllegalStateException("the sizes of this entry are known");
        }
        ZipEntrySizes sizes = new ZipEntrySizes(crc, size, position - entry.contentAt());
        fields.int32(DATA_DESCRIPTOR).int32(crc);
        if (limits.isOver(sizes.size()) || limits.isOver(sizes.compressed())) {
            fields.int64(sizes.compressed()).int64(sizes.size());
        } else {
            fields.int32(sizes.compressed()).int32(sizes.size());
        }
        flush();
        close(entry, sizes);
    }

    /** Ends an entry that was begun with its sizes. */
    public void end() {
        OpenEntry entry = opened();
        ZipEntrySizes sizes = entry.sizes();
        if (sizes == null || sizes.compressed() != position - entry.contentAt()) {
            throw new IllegalStateException("the content has not the size that its header tells");
        }
        close(entry, sizes);
    }

    private void close(OpenEntry entry, ZipEntrySizes sizes) {
        entries.add(new ZipEntryRecord(entry.name(), entry.at(), flags(entry.sizes() == null), time, sizes));
        open = null;
    }

    /** Writes the directory. Leaves the stream open. */
    public void finish() throws IOException {
        if (open != null) {
            throw new IllegalStateException("an entry is open");
        }
        long directory = position;
        for (ZipEntryRecord entry : entries) {
            entry.write(fields, limits);
            flush();
        }
        new ZipDirectoryEnd(entries.size(), directory, position - directory).write(fields, limits);
        flush();
    }

    private OpenEntry opened() {
        if (open == null) {
            throw new IllegalStateException("no entry is open");
        }
        return open;
    }

    private static int flags(boolean sizesFollow) {
        return sizesFollow ? UTF8 | SIZES_FOLLOW : UTF8;
    }

    private void flush() throws IOException {
        byte[] written = fields.take();
        put(written, 0, written.length);
    }

    private void put(byte[] bytes, int offset, int length) throws IOException {
        out.write(bytes, offset, length);
        position += length;
    }

    /** Years 1980 to 2107, which the format can tell. */
    private static int dosTime(Instant time) {
        LocalDateTime at = LocalDateTime.ofInstant(time, ZoneOffset.UTC);
        int year = Math.max(0, Math.min(at.getYear() - 1980, 127));
        int date = year << 9 | at.getMonthValue() << 5 | at.getDayOfMonth();
        return date << 16 | at.getHour() << 11 | at.getMinute() << 5 | at.getSecond() / 2;
    }
}
