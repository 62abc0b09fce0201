package dev.exeunt.internal.store;

import dev.exeunt.ExeuntException;
import dev.exeunt.database.Database;
import dev.exeunt.database.DatabaseException;
import dev.exeunt.internal.postgres.SqlFragment;
import dev.exeunt.internal.postgres.SqlRunner;
import dev.exeunt.internal.postgres.SqlTemplate;
import dev.exeunt.internal.postgres.TransactionSettings;
import dev.exeunt.internal.transaction.Transaction;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationVersion;
import org.jspecify.annotations.Nullable;

/**
 * Brings the product's own tables to the state this program needs. They live in the schema {@code exeunt}, with a history
 * of their own: the application's migrations, by whatever tool, neither see nor touch them.
 *
 * <p>Safe to call from several instances at once: one of them does it, the others wait and find it done.
 */
public final class Migrations {

    /** The schema everything lives in. */
    public static final String SCHEMA = "exeunt";

    static final String HISTORY = "schema_history";
    static final String LOCATION = "dev/exeunt/internal/store/migration";

    /** The version of the tables, for a SELECT to ask for besides whatever else; it fails where they are not there. */
    public static final String VERSION =
            "(SELECT pg_catalog.max(version::pg_catalog.int4) FROM exeunt.schema_history WHERE success AND version IS NOT NULL)";

    private static final String MAY = """
            SELECT CASE WHEN to_regnamespace('exeunt') IS NULL
                        THEN has_database_privilege(current_database(), 'CREATE')
                        ELSE has_schema_privilege('exeunt', 'CREATE') END
            """;

    private static final String UNDEFINED_TABLE = "42P01";

    private final Database database;

    public Migrations(Database database) {
        this.database = database;
    }

    /**
     * Applies what is missing, all of it or, where one fails, none.
     *
     * @return the names of what was applied, in order; empty where nothing was missing
     * @throws NewerTablesException where a newer program has been here
     * @throws ExeuntException if the role may not, or the tables were changed by hand
     */
    public List<String> apply() {
        Transaction.runAndRollBack(database, "looking at the role's rights", connection -> {
            TransactionSettings.apply(connection);
            return refuseWithoutRights(connection);
        });
        try {
            Flyway flyway = flyway();
            refuseNewer(flyway.info().applied());
            return flyway.migrate().migrations.stream()
                    .map(m -> m.version + " " + m.description)
                    .toList();
        } catch (FlywayException e) {
            throw failure(e);
        }
    }

    /** The statements {@link #apply} would carry out, history included, for those who must run them themselves. */
    public String script() {
        try {
            Flyway flyway = flyway();
            refuseNewer(flyway.info().applied());
            boolean fresh = flyway.info().applied().length == 0;
            return MigrationScript.of(fresh, Arrays.asList(flyway.info().pending()));
        } catch (FlywayException e) {
            throw failure(e);
        }
    }

    /**
     * That the tables are there and are those this program knows.
     *
     * @throws ExeuntException where they are not, with what to do
     */
    public static void require(Connection connection) throws SQLException {
        try {
            SqlFragment select = SqlTemplate.of("SELECT {version}")
                    .fragment("version", VERSION)
                    .toFragment();
            String version = SqlRunner.first(connection, select, row -> Optional.ofNullable(row.getString(1)))
                    .orElseThrow()
                    .orElse(null);
            require(version);
        } catch (SQLException e) {
            refuseMissing(e);
            throw e;
        }
    }

    /**
     * The same.
     *
     * @param version what {@link #VERSION} gave
     */
    public static void require(@Nullable String version) {
        int applied = version == null ? 0 : Integer.parseInt(version);
        if (applied > MigrationScript.LATEST) {
            throw new NewerTablesException(applied);
        }
        if (applied < MigrationScript.LATEST) {
            throw new ExeuntException("Exeunt's own tables are at version " + applied + ", this program needs "
                    + MigrationScript.LATEST + ". Bring them up to date: exeunt migrate");
        }
    }

    /**
     * @param failure of a SELECT that asks for {@link #VERSION}
     * @throws ExeuntException where it is that the tables are not there, with what to do
     */
    public static void refuseMissing(SQLException failure) {
        if (UNDEFINED_TABLE.equals(failure.getSQLState())) {
            throw new ExeuntException("Exeunt's own tables are not in this database. Make them: exeunt migrate");
        }
    }

    /** Before the library tries, which takes its time over giving up. */
    private boolean refuseWithoutRights(Connection connection) throws SQLException {
        if (!SqlRunner.isTrue(connection, SqlFragment.of(MAY))) {
            throw new ExeuntException(
                    "The role may not make Exeunt's own tables in " + database
                            + ". GRANT CREATE ON DATABASE to it, or let a role with that right run what exeunt migrate --print prints.");
        }
        return true;
    }

    private static void refuseNewer(MigrationInfo[] applied) {
        for (MigrationInfo info : applied) {
            MigrationVersion version = info.getVersion();
            if (version != null && Integer.parseInt(version.getVersion()) > MigrationScript.LATEST) {
                throw new NewerTablesException(Integer.parseInt(version.getVersion()));
            }
        }
    }

    private Flyway flyway() {
        return Flyway.configure(Migrations.class.getClassLoader())
                .dataSource(database.pinnedSource())
                .defaultSchema(SCHEMA)
                .schemas(SCHEMA)
                .table(HISTORY)
                .locations("classpath:" + LOCATION)
                .ignoreMigrationPatterns(new String[0]) // nothing: what this program does not know is not passed over
                .group(true)
                .cleanDisabled(true)
                .loggers(SilentLogCreator.class.getName())
                .load();
    }

    private ExeuntException failure(FlywayException e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql) {
                return DatabaseException.of(sql, "migrating Exeunt's own tables");
            }
        }
        String first = String.valueOf(e.getMessage()).lines().findFirst().orElse("no reason given");
        return new ExeuntException(
                "Exeunt's own tables in " + database + " are not as its migrations left them: " + first, e);
    }

    /** The tables belong to a newer program than this one. */
    public static final class NewerTablesException extends ExeuntException {
        private static final long serialVersionUID = 1L;

        NewerTablesException(int version) {
            super("Exeunt's own tables are at version " + version + "; this program knows them up to version "
                    + MigrationScript.LATEST + ". Nothing was done: use a program as new as the tables.");
        }
    }
}
