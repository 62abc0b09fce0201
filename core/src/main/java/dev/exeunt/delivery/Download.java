package dev.exeunt.delivery;

import dev.exeunt.archive.Archives;
import dev.exeunt.archive.Attachment;
import dev.exeunt.archive.ByteRange;
import dev.exeunt.archive.ObjectName;
import java.io.InputStream;
import java.util.UUID;

/** An archive whose reader has shown that it is theirs, ready to be read in whole or in part. */
public final class Download {

    private final Archives archives;
    private final ObjectName name;
    private final UUID export;
    private final Attachment attachment;
    private final long bytes;

    Download(Archives archives, ObjectName name, UUID export, Attachment attachment, long bytes) {
        this.archives = archives;
        this.name = name;
        this.export = export;
        this.attachment = attachment;
        this.bytes = bytes;
    }

    /** Of the export; what a reader may tell two versions apart by. */
    public UUID export() {
        return export;
    }

    public Attachment attachment() {
        return attachment;
    }

    public long bytes() {
        return bytes;
    }

    /** To be closed by the caller. */
    public InputStream open(ByteRange range) {
        return archives.open(name, range);
    }
}
