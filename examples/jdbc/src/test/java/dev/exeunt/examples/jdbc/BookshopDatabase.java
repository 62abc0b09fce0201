package dev.exeunt.examples.jdbc;

import dev.exeunt.Exeunt;
import dev.exeunt.HashKey;
import dev.exeunt.database.Database;
import dev.exeunt.map.DataMap;
import dev.exeunt.testkit.SettableClock;
import dev.exeunt.testkit.TestDatabase;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Objects;

/** A database of the bookshop with two customers, and Exeunt on it with a clock that a test sets. */
final class BookshopDatabase implements AutoCloseable {

    static final String KEY = "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff";

    private static final String CUSTOMERS = """
            INSERT INTO customer (id, email, name, password_hash, created_at) VALUES
                (1, 'anna@example.org', 'Anna Alder', 'x', '2026-01-01'), (2, 'ben@example.org', 'Ben Birch', 'x', '2026-01-01');
            INSERT INTO delivery_address VALUES (10, 1, 'Elm Street 1', 'Ashford'), (11, 2, 'Oak Street 2', 'Ashford');
            INSERT INTO invoice VALUES (20, 1, 19.90, true, 'Elm Street 1, Ashford'), (21, 2, 5.00, false, 'Oak Street 2, Ashford');
            INSERT INTO book_review VALUES (30, 1, 5, 'I read it twice.'), (31, 2, 1, 'Too long.');
            """;

    final TestDatabase rows = TestDatabase.createFrom(resource("schema.sql") + CUSTOMERS);
    final SettableClock clock = new SettableClock(Instant.parse("2026-05-04T03:02:01Z"));
    final ProgressLines progress = new ProgressLines();
    final Database database = Database.at(rows.jdbcUrl(), rows.user(), rows.password());
    final DataMap map = Exeunt.readMap(resource("exeunt.yaml"), "exeunt.yaml");

    // tag::own-clock[]
    final Exeunt exeunt = Exeunt.builder(database)
            .key(HashKey.ofHex(KEY))
            .clock(clock) // java.time.Clock
            .progress(progress)
            .build();
    // end::own-clock[]

    BookshopDatabase() {
        exeunt.migrate();
    }

    static String resource(String name) {
        try (InputStream in = BookshopPrivacy.class.getResourceAsStream("/bookshop/" + name)) {
            return new String(Objects.requireNonNull(in, name).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        rows.close();
    }
}
