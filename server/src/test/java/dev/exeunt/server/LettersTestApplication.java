package dev.exeunt.server;

import dev.exeunt.testkit.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** Creates an application database with people and letters, and the server settings for it. */
final class LettersTestApplication implements AutoCloseable {

    private static final String SCHEMA = """
            CREATE TABLE person (id bigint PRIMARY KEY);
            CREATE TABLE letter (id bigint PRIMARY KEY, person_id bigint NOT NULL REFERENCES person, body text NOT NULL);
            CREATE INDEX letter_person ON letter (person_id);
            INSERT INTO person SELECT n FROM generate_series(1, 9) n;
            INSERT INTO letter SELECT n, n, 'Dear person ' || n FROM generate_series(1, 9) n;
            """;

    private static final String MAP = """
            version: 1
            subject: { table: person, key: id }
            export: { name: "shop-{key}", format: json, limit: 1 per 24h, link: 1h, keep: 24h }
            tables:
              person: { erase: delete }
              letter: { subject: person_id, erase: delete }
            """;

    private final TestDatabase database = TestDatabase.createFrom(SCHEMA);
    private final Path folder;

    LettersTestApplication(Path folder) {
        this.folder = folder;
    }

    TestDatabase database() {
        return database;
    }

    /** All that it takes but a place for archives. */
    Map<String, String> settings() throws IOException {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put(
                "exeunt.map",
                Files.writeString(folder.resolve("exeunt.yaml"), MAP).toString());
        settings.put("exeunt.key", "8899aabbccddeeff00112233445566778899aabbccddeeff0011223344556677");
        settings.put("exeunt.jwt.secret", AccountClient.SECRET);
        settings.put("exeunt.database.url", database.jdbcUrl());
        settings.put("exeunt.database.user", database.user());
        settings.put("exeunt.database.password", database.password());
        return settings;
    }

    /** As a file for {@code --config}; what is set to nothing is left out. */
    Path file(Map<String, String> more) throws IOException {
        Map<String, String> all = settings();
        all.putAll(more);
        all.values().removeIf(String::isEmpty);
        StringBuilder text = new StringBuilder();
        all.forEach(
                (name, value) -> text.append(name).append(": \"").append(value).append("\"\n"));
        return Files.writeString(folder.resolve("server.yaml"), text);
    }

    @Override
    public void close() {
        database.close();
    }
}
