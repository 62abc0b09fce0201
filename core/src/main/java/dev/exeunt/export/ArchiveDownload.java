package dev.exeunt.export;

import dev.exeunt.archive.ArchiveName;
import dev.exeunt.archive.Archives;
import dev.exeunt.archive.Attachment;
import dev.exeunt.archive.ByteRange;
import java.io.InputStream;
import java.util.Objects;
import java.util.UUID;

/** Gives an authorized caller the stored archive to read, in whole or by range. */
public final class ArchiveDownload {

    private final Archives archives;
    private final ArchiveName name;
    private final UUID export;
    private final Attachment attachment;
    private final long bytes;

    /** @param job one that is done, and whose archive is there */
    public ArchiveDownload(Archives archives, ArchiveName name, ExportJob job, Attachment attachment) {
        this.archives = archives;
        this.name = name;
        this.export = job.id();
        this.attachment = attachment;
        this.bytes = Objects.requireNonNull(job.bytes(), "bytes");
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
