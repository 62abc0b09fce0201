package dev.exeunt.archive.s3;

import static org.assertj.core.api.Assertions.assertThat;

import dev.exeunt.archive.ArchiveName;
import dev.exeunt.archive.Archives.ByteRange;
import dev.exeunt.archive.s3.testkit.S3Server;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Random;
import java.util.zip.CRC32;
import org.gaul.s3proxy.nio2blob.FilesystemNio2BlobStore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Row CL-10: what is stored and read again may be many times the memory there is. */
class FlatMemoryTest {

    private static final long SIZE = 200L << 20;

    @Test
    void twoHundredMegabytesGoThroughAProgramThatHasSixtyFour(@TempDir Path disk) throws Exception {
        try (S3Server server = S3Server.start(new FilesystemNio2BlobStore(disk.toString()))) {
            Process process = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-Xmx64m",
                            "-cp",
                            System.getProperty("java.class.path"),
                            SmallHeapProgram.class.getName(),
                            String.valueOf(server.port()))
                    .redirectErrorStream(true)
                    .start();
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor()).as(said).isZero();
            assertThat(said).isEqualTo("stored and read " + SIZE + " bytes\n");
        }
    }

    /** Stores and reads a large archive in a process with a small heap. */
    static final class SmallHeapProgram {
        public static void main(String[] arguments) throws Exception {
            URI endpoint = URI.create("http://127.0.0.1:" + arguments[0]);
            byte[] piece = new byte[100_000];
            new Random(3).nextBytes(piece);
            CRC32 written = new CRC32();
            CRC32 read = new CRC32();
            try (S3Archives archives = S3Archives.of(S3Server.settings(endpoint))) {
                ArchiveName name = ArchiveName.random(new SecureRandom());
                long stored = archives.put(name, out -> {
                    for (long left = SIZE; left > 0; left -= piece.length) {
                        int length = (int) Math.min(left, piece.length);
                        piece[0]++;
                        out.write(piece, 0, length);
                        written.update(piece, 0, length);
                    }
                });
                byte[] buffer = new byte[100_000];
                try (InputStream in = archives.open(name, ByteRange.whole(stored))) {
                    for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                        read.update(buffer, 0, n);
                    }
                }
                archives.delete(name);
                boolean same = written.getValue() == read.getValue();
                System.out.print(same ? "stored and read " + stored + " bytes\n" : "something else was read\n");
            }
        }
    }
}
