package dev.exeunt.internal.map.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.exeunt.ExeuntException;
import dev.exeunt.internal.map.MapDefinition;
import dev.exeunt.internal.map.yaml.MapSourceReader;
import dev.exeunt.map.Finding;
import dev.exeunt.map.FindingCode;
import dev.exeunt.map.MapInvalidException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever lies at the map's path is read, or refused in a sentence. */
class MapFileTest {

    @TempDir
    Path directory;

    @Test
    void aMapIsReadFromAFileAndRemembersItsName() throws IOException {
        Path file = Files.writeString(directory.resolve("exeunt.yaml"), MapReaderTest.SAMPLE);
        MapDefinition map = MapReader.read(file);
        assertThat(map.file()).isEqualTo(file.toString());
        assertThat(map.tables().get(0).table().at()).hasToString(file + ":12:3");
    }

    @Test
    void aMissingFileLeadsToInit() {
        assertThatThrownBy(() -> MapReader.read(Path.of("no-such-exeunt.yaml")))
                .isExactlyInstanceOf(ExeuntException.class)
                .hasMessage("no-such-exeunt.yaml does not exist. Draft one with: exeunt init --subject TABLE");
    }

    @Test
    void aDirectoryIsNoMap() {
        assertThat(finding(directory).message()).isEqualTo(directory + " is a directory.");
    }

    @Test
    void aPathThroughAFileCannotBeRead() throws IOException {
        Path file = Files.writeString(directory.resolve("file"), "version: 1");
        assertThat(finding(file.resolve("exeunt.yaml")).message()).contains("cannot be read");
    }

    @Test
    void anEmptyFileIsNoMap() throws IOException {
        assertThat(finding(Files.writeString(directory.resolve("m"), "")).message())
                .isEqualTo("The map is empty.");
    }

    @Test
    void latin1IsRefusedWhereItsFirstByteStands() throws IOException {
        byte[] latin1 = "version: 1\nsubject: é\n".getBytes(StandardCharsets.ISO_8859_1);
        Finding finding = finding(Files.write(directory.resolve("m"), latin1));
        assertThat(finding.at().line()).isEqualTo(2);
        assertThat(finding.at().column()).isEqualTo(10);
        assertThat(finding.message()).isEqualTo("The file is not UTF-8: it holds the byte 0xE9.");
    }

    @Test
    void aFileThatEndsWithinACharacterIsNotUtf8() throws IOException {
        byte[] cut = {'a', (byte) 0xE2, (byte) 0x82};
        assertThat(finding(Files.write(directory.resolve("m"), cut)).message()).contains("0xE2");
    }

    @Test
    void moreThanFiveMegabytesAreNoMap() throws IOException {
        Path file = Files.writeString(directory.resolve("m"), "#".repeat(MapSourceReader.MAX_BYTES + 1));
        assertThat(finding(file).message()).contains("larger than 5 MB");
    }

    @Test
    void fiveMegabytesOfCommentMayStandBesideAMap() throws IOException {
        String comment = "#".repeat(MapSourceReader.MAX_BYTES - MapReaderTest.SAMPLE.length());
        Path file = Files.writeString(directory.resolve("m"), MapReaderTest.SAMPLE + comment);
        assertThat(MapReader.read(file).tables()).isNotEmpty();
    }

    private static Finding finding(Path file) {
        MapInvalidException e = catchThrowableOfType(MapInvalidException.class, () -> MapReader.read(file));
        assertThat(e.findings()).singleElement().satisfies(f -> {
            assertThat(f.code()).isEqualTo(FindingCode.MALFORMED);
            assertThat(f.at().file()).isEqualTo(file.toString());
            assertThat(f.fix().toString()).isNotBlank();
        });
        return e.findings().get(0);
    }
}
