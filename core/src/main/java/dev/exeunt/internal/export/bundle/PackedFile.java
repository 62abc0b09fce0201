package dev.exeunt.internal.export.bundle;

import dev.exeunt.internal.export.block.BlockCompressor;
import dev.exeunt.internal.export.zip.StoredBlock;
import dev.exeunt.internal.export.zip.ZipEntrySizes;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A file of a bundle, compressed as a whole.
 *
 * @param entry what the manifest tells of it
 * @param sizes what the ZIP tells of it
 * @param stream its deflate stream, in pieces
 */
record PackedFile(BundleManifest.ManifestEntry entry, ZipEntrySizes sizes, List<ByteBuffer> stream) {

    PackedFile {
        stream = List.copyOf(stream);
    }

    static PackedFile of(String name, byte[] content) {
        try (BlockCompressor compressor = new BlockCompressor()) {
            return of(
                    name,
                    null,
                    new ContentDigest().add(content, 0, content.length),
                    pieces(compressor.compress(content), StoredBlock.last("")));
        }
    }

    /**
     * @param rows null where it has none
     * @param digest of the content
     */
    static PackedFile of(String name, @Nullable Long rows, ContentDigest digest, List<ByteBuffer> stream) {
        long compressed = stream.stream().mapToLong(ByteBuffer::remaining).sum();
        return new PackedFile(
                new BundleManifest.ManifestEntry(name, rows, digest.size(), digest.sha256()),
                digest.sizes(compressed),
                stream);
    }

    static List<ByteBuffer> pieces(byte[]... pieces) {
        return Stream.of(pieces).map(ByteBuffer::wrap).toList();
    }

    /** Returns what is known of the file, for when the stream lies elsewhere. */
    PackedFile withoutStream() {
        return new PackedFile(entry, sizes, List.of());
    }
}
