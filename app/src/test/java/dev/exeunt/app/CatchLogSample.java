package dev.exeunt.app;

import dev.exeunt.testkit.TestDatabase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Creates a database of the catch-log sample and names its map and leaving person. */
final class CatchLogSample {

    static final Path DIRECTORY = Path.of("../samples/catch-log");
    static final Path MAP = DIRECTORY.resolve("exeunt.yaml");
    static final String LEAVER = "8d8685d5-b9fb-a13a-c65f-751077267bbc";

    /** Whatever of the leaver could betray them, wherever it is shown. */
    private static final String PERSONAL = """
            SELECT id::text FROM profiles WHERE username = 'angler-0042'
            UNION SELECT unnest(ARRAY[email, username, display_name, bio, phone, home_water, avatar_path, host(signup_ip)])
              FROM profiles WHERE username = 'angler-0042'
            UNION SELECT unnest(ARRAY[title, notes, spot]) FROM catches WHERE user_id = md5('profile-42')::uuid
            UNION SELECT body FROM catch_comments WHERE user_id = md5('profile-42')::uuid
            UNION SELECT note FROM catch_ratings WHERE user_id = md5('profile-42')::uuid
            UNION SELECT note FROM profile_follows WHERE follower_id = md5('profile-42')::uuid
            UNION SELECT message FROM notifications WHERE user_id = md5('profile-42')::uuid
            """;

    private CatchLogSample() {}

    static TestDatabase database() {
        return TestDatabase.createFrom(text("schema.sql") + "\n" + text("data.sql"));
    }

    /** A store that holds none of the pictures that the rows name: the sample's own are not to be deleted. */
    static Path photos() {
        try {
            return Files.createDirectories(Path.of("target", "catch-log-photos").toAbsolutePath());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static List<String> personal(TestDatabase database) {
        return database.column(PERSONAL).stream()
                .filter(v -> v != null && v.length() >= 4)
                .toList();
    }

    private static String text(String name) {
        try {
            return Files.readString(DIRECTORY.resolve(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
