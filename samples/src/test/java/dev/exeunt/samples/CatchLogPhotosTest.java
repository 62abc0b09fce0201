package dev.exeunt.samples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.exeunt.samples.SampleCommands.CommandResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Exports and deletes the pictures that rows of the catch log name. {@code CatchLogHttpTest} of the starter looks at them in a browser. */
class CatchLogPhotosTest {

    private static final String LEAVER = "8d8685d5-b9fb-a13a-c65f-751077267bbc";
    private static final String AVATAR = "avatars/" + LEAVER + ".webp";
    private static final String BLURRED = "catches/42/blurred.jpg";
    private static final String QUOTED = "catches/42/a \"quoted\", path.jpg";

    @TempDir
    private Path folder;

    @Test
    void theArchiveHoldsThePictures() throws IOException {
        try (LoadedSample sample = LoadedSample.load("catch-log")) {
            Path zip = folder.resolve("mine.zip");
            CommandResult export =
                    new SampleCommands(sample).run("export", LEAVER, "-o", zip.toString(), "--as", "zip");
            assertThat(export.code()).as(export.err()).isZero();
            assertThat(export.out())
                    .contains("\n  2 files that rows name\n")
                    .contains("Left out: 2 files that rows name.");
            try (ZipFile bundle = new ZipFile(zip.toFile())) {
                assertThat(content(bundle, "files/profile/0001.webp")).isEqualTo(original(sample, AVATAR));
                assertThat(content(bundle, "files/catches/0001.jpg")).isEqualTo(original(sample, BLURRED));
            }
        }
    }

    @Test
    void anErasureDeletesThePicturesAndKeepsTheOneThatAnotherPersonShowsToo() throws IOException {
        try (LoadedSample sample = LoadedSample.load("catch-log")) {
            Path photos = sample.stores().get("photos");
            Files.copy(photos.resolve(BLURRED), photos.resolve(QUOTED));
            sample.database()
                    .execute("UPDATE catches SET media_paths = array_append(media_paths, '" + BLURRED
                            + "') WHERE id = md5('catch-1')::uuid");
            SamplePerson leaver = new SamplePerson(sample, "username:angler-0042", folder);
            leaver.erased();
            assertThat(List.of(AVATAR, BLURRED, QUOTED))
                    .filteredOn(name -> Files.exists(photos.resolve(name)))
                    .containsExactly(BLURRED);
            JsonNode files = JsonMapper.shared().readTree(leaver.receipt()).get("files");
            assertThat(files).hasToString("{\"deleted\":2,\"inUse\":1,\"missing\":0,\"refused\":1,\"waiting\":0}");
        }
    }

    private static byte[] content(ZipFile bundle, String name) throws IOException {
        ZipEntry entry = bundle.getEntry(name);
        assertThat(entry).as(name).isNotNull();
        return bundle.getInputStream(entry).readAllBytes();
    }

    private static byte[] original(LoadedSample sample, String name) throws IOException {
        return Files.readAllBytes(sample.stores().get("photos").resolve(name));
    }
}
