package dev.exeunt.test;

import dev.exeunt.Exeunt;
import dev.exeunt.database.Database;
import dev.exeunt.map.DataMap;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;

/** Finds the map of the project under test, and opens its database through the test's own connections. */
final class TestedMap {

    private static final String FILE = "exeunt.yaml";

    private TestedMap() {}

    /** Reads {@code exeunt.yaml} of the class path, or else of the working directory. */
    static DataMap ofProject() {
        ClassLoader loader = Thread.currentThread().getContextClassLoader();
        try (InputStream resource = loader.getResourceAsStream(FILE)) {
            return resource == null
                    ? Exeunt.readMap(Path.of(FILE))
                    : Exeunt.readMap(new String(resource.readAllBytes(), StandardCharsets.UTF_8), FILE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns Exeunt on the connections of the data source, which knows user and password. */
    static Exeunt exeunt(DataSource dataSource) {
        try (Connection connection = dataSource.getConnection()) {
            String url = connection.getMetaData().getURL();
            return Exeunt.builder(Database.at(url, null, null).pooled(unprepared -> dataSource))
                    .build();
        } catch (SQLException e) {
            throw new IllegalStateException("The test's data source gives no connection.", e);
        }
    }
}
