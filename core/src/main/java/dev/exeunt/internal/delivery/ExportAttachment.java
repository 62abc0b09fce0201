package dev.exeunt.internal.delivery;

import dev.exeunt.archive.Archives.Attachment;
import dev.exeunt.internal.export.Exporter;
import dev.exeunt.internal.reach.SubjectKey;
import dev.exeunt.internal.request.LifecycleContext;
import dev.exeunt.map.ExportSettings.BundleFormat;
import java.time.Instant;

/** Names the file of an export and its media type. */
final class ExportAttachment {

    private ExportAttachment() {}

    static Attachment of(LifecycleContext context, SubjectKey subject, BundleFormat format, Instant at) {
        String name = Exporter.fileName(context.plan(), subject, format, at);
        return new Attachment(name, format == BundleFormat.ZIP ? "application/zip" : "application/json; charset=utf-8");
    }
}
