package dev.exeunt.internal.store;

import dev.exeunt.internal.postgres.SqlQuoting;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.flywaydb.core.api.MigrationInfo;

/** Writes migrations as one script with the rows of their history, so that a script run by hand records itself. */
final class MigrationScript {

    /** The version of the tables this program works with. */
    static final int LATEST = 19;

    private static final String HISTORY = """
            CREATE SCHEMA IF NOT EXISTS exeunt;

            CREATE TABLE exeunt.schema_history (
                installed_rank integer NOT NULL CONSTRAINT schema_history_pk PRIMARY KEY,
                version        varchar(50),
                description    varchar(200) NOT NULL,
                type           varchar(20) NOT NULL,
                script         varchar(1000) NOT NULL,
                checksum       integer,
                installed_by   varchar(100) NOT NULL,
                installed_on   timestamp NOT NULL DEFAULT now(),
                execution_time integer NOT NULL,
                success        boolean NOT NULL
            );

            CREATE INDEX schema_history_s_idx ON exeunt.schema_history (success);
            """;

    private static final String ENTRY = """
            INSERT INTO exeunt.schema_history
                (installed_rank, version, description, type, script, checksum, installed_by, execution_time, success)
            SELECT coalesce(max(installed_rank), 0) + 1, %s, %s, 'SQL', %s, %d, current_user, 0, true
            FROM exeunt.schema_history;
            """;

    private MigrationScript() {}

    /**
     * @param fresh whether there is no history yet
     * @param pending in order
     */
    static String of(boolean fresh, List<MigrationInfo> pending) {
        if (pending.isEmpty()) {
            return "";
        }
        StringBuilder script = new StringBuilder("BEGIN;\n\nSET LOCAL search_path = exeunt;\n\n");
        if (fresh) {
            script.append(HISTORY).append('\n');
        }
        for (MigrationInfo migration : pending) {
            script.append(text(migration.getScript())).append('\n').append(entry(migration));
        }
        return script.append("\nCOMMIT;\n").toString();
    }

    private static String entry(MigrationInfo migration) {
        return ENTRY.formatted(
                SqlQuoting.literal(migration.getVersion().getVersion()),
                SqlQuoting.literal(migration.getDescription()),
                SqlQuoting.literal(migration.getScript()),
                migration.getChecksum());
    }

    private static String text(String script) {
        String name = "/" + Migrations.LOCATION + "/" + script;
        try (InputStream in = MigrationScript.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException(name + " is not in the program");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(name, e);
        }
    }
}
