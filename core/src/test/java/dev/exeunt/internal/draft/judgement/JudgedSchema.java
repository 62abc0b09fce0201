package dev.exeunt.internal.draft.judgement;

import static dev.exeunt.testkit.TestSkip.unless;

import dev.exeunt.database.Database;
import dev.exeunt.internal.schema.DatabaseSchema;
import dev.exeunt.internal.schema.catalog.SchemaReader;
import dev.exeunt.testkit.TestDatabase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.stream.Stream;

/**
 * Names a schema that has a judgement, and loads it: a sample of this project, or a schema that stands beside it.
 * {@code scripts/judge-debian.sh} fetches the schemas of the Debian packages.
 */
public enum JudgedSchema {
    CRATESIO("cratesio", false),
    DOCUMENSO("documenso", false),
    OPENSTREETMAP("openstreetmap", false),
    ROUNDCUBE("roundcube", false),
    MEDIAWIKI("mediawiki", false),
    CATCH_LOG("catch-log", true),
    GUILD_PLATFORM("guild-platform", true),
    PREDICTION_MARKET("prediction-market", true),
    TASK_PLANNER("task-planner", true),
    WORKSPACE_SUITE("workspace-suite", true);

    private static final String DIRECTORY = "EXEUNT_REAL_SCHEMAS";

    private final String title;
    private final boolean sample;

    JudgedSchema(String title, boolean sample) {
        this.title = title;
        this.sample = sample;
    }

    public String title() {
        return title;
    }

    /** The schemas to judge: the samples always, the others where {@code EXEUNT_REAL_SCHEMAS} names their directory. */
    static Stream<JudgedSchema> wanted() {
        return Stream.of(values()).filter(s -> s.sample || System.getenv(DIRECTORY) != null);
    }

    /** Skips the test, saying why, where the script is missing. */
    void needScript() {
        unless(hasScript(), DIRECTORY + " has no " + title + ".sql");
    }

    boolean hasScript() {
        return sample || Files.exists(realScript());
    }

    public SchemaJudgement judgement() {
        return JudgementReader.read(title);
    }

    /** Loads the script into a new database and reads its catalogue; skips the test where the script is missing. */
    DatabaseSchema load() {
        try (TestDatabase database = open();
                Connection connection = Database.at(database.jdbcUrl(), database.user(), database.password())
                        .connect()) {
            return SchemaReader.read(connection);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Loads the script into a new database; skips the test where the script is missing. */
    TestDatabase open() {
        return TestDatabase.createFrom(script());
    }

    private String script() {
        if (sample) {
            Path folder = Path.of("../samples", title);
            return text(folder.resolve("schema.sql")) + "\n" + text(folder.resolve("data.sql"));
        }
        needScript();
        return text(realScript());
    }

    private Path realScript() {
        return Path.of(String.valueOf(System.getenv(DIRECTORY)), title + ".sql");
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
