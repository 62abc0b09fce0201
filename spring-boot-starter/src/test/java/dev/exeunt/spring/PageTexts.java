package dev.exeunt.spring;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads what the page says in a language, from the file that translators edit. */
record PageTexts(JsonNode texts) {

    static PageTexts of(String language) {
        Path file = Path.of(System.getProperty("exeunt.samples"))
                .resolve("../page/src/main/web/texts/" + language + ".json");
        try {
            return new PageTexts(JsonMapper.shared().readTree(Files.readString(file)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String text(String key) {
        return texts.required(key).asString();
    }

    /** The words before the first value that stands in the text. */
    String beginning(String key) {
        return text(key).replaceFirst("\\{.*", "").strip();
    }
}
