package dev.exeunt.spring.web.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests that texts of the operator replace ours, and that every fault of their files is told. */
class OwnTextsTest {

    @TempDir
    Path directory;

    private final List<String> faults = new ArrayList<>();

    private void write(String file, String text) throws IOException {
        Path path = directory.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, text);
    }

    @Test
    void textsOfBothArePassedOn() throws IOException {
        write(
                "page/de.json",
                "{\"title\": \"Ihr Konto\", \"identifier.wallet_address\": \"Ihre Wallet\", \"back.gone\": {\"one\": \"{n} fehlt\", \"other\": \"{n} fehlen\"}}");
        write("receipt/en.json", "{\"title\": \"Done\"}");
        OwnTexts.ReplacedTexts texts = OwnTexts.read(directory, faults);
        assertThat(faults).isEmpty();
        assertThat(texts.page().get("de").get("title").stringValue()).isEqualTo("Ihr Konto");
        assertThat(texts.receipt().get("en").get("title").stringValue()).isEqualTo("Done");
    }

    @Test
    void nothingIsReplacedWithoutADirectory() {
        assertThat(OwnTexts.read(null, faults).page()).isEmpty();
        assertThat(faults).isEmpty();
    }

    @Test
    void everyFaultIsTold() throws IOException {
        write(
                "page/de.json",
                "{\"standing.heding\": \"x\", \"loading\": 3, \"back.gone\": \"{m} gone\", \"back.changed\": {\"one\": 1, \"other\": \"x\"}}");
        write("page/german.json", "{}");
        write("page/en.json", "[]");
        write("receipt/fr.json", "{\"direction\": \"ltr\"}");
        write("receipt/ar.json", "not json");
        OwnTexts.read(directory, faults);
        assertThat(String.join("\n", faults))
                .contains("there is no text standing.heding. Did you mean standing.heading?")
                .contains("loading is no text.")
                .contains("back.gone has {m}, for which there is no value. There are: {n}.")
                .contains("back.changed is no text. Write {\"one\": …, \"other\": …}.")
                .contains("german.json is named after no language. Name it de.json.")
                .contains("en.json is no JSON object in UTF-8.")
                .contains("we have no texts in the language fr, and ")
                .contains("ar.json is no JSON object in UTF-8.");
        assertThat(faults).hasSize(8);
    }

    @Test
    void aDirectoryWithoutTextsIsAFault() {
        OwnTexts.read(directory, faults);
        assertThat(faults).singleElement().asString().contains("neither a directory page nor a directory receipt");
    }
}
