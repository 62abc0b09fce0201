package dev.exeunt.app.command;

import dev.exeunt.Exeunt;
import dev.exeunt.ExeuntException;
import dev.exeunt.ProgressListener;
import dev.exeunt.app.terminal.Terminal;
import dev.exeunt.database.Database;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** Holds the options that say which database to connect to, and as which role. */
public final class DatabaseOptions {

    /** Value of the option where it was given without one. A password cannot hold NUL. */
    private static final String ASK = "\0";

    @Option(
            names = "--db",
            paramLabel = "URL",
            description = "JDBC URL of the database, such as jdbc:postgresql://localhost:5432/shop (env EXEUNT_DB).")
    private @Nullable String url;

    @Option(names = "--db-user", paramLabel = "ROLE", description = "Role to connect as (env EXEUNT_DB_USER).")
    private @Nullable String user;

    @Option(
            names = "--db-password",
            paramLabel = "PASSWORD",
            arity = "0..1",
            fallbackValue = ASK,
            description =
                    "The role's password (env EXEUNT_DB_PASSWORD); as the last option, without a value, it is asked for. With a"
                            + " value, other processes can read it.")
    private @Nullable String password;

    @Option(
            names = "--db-password-file",
            paramLabel = "FILE",
            description = "File with the role's password on its first line (env EXEUNT_DB_PASSWORD_FILE).")
    private @Nullable Path passwordFile;

    @Spec(Spec.Target.MIXEE)
    private @Nullable CommandSpec command;

    private boolean warned;

    @Option(
            names = "--lock-wait",
            paramLabel = "TIME",
            defaultValue = "10s",
            converter = DurationConverter.class,
            description =
                    "How long to wait for a lock that another transaction holds: 500ms, 10s, 2m (default: ${DEFAULT-VALUE}).")
    private Duration lockWait = Duration.ofSeconds(10);

    /** Builds the facade. It connects when it is first used. */
    public Exeunt open(Terminal terminal, ProgressListener progress) {
        return builder(terminal, progress).build();
    }

    /** Returns the builder that {@link #open} uses, for a command that sets more. */
    public Exeunt.Builder builder(Terminal terminal, ProgressListener progress) {
        return Exeunt.builder(database(terminal)).progress(progress).lockWait(lockWait);
    }

    /** Returns the database. Nothing connects to it yet. */
    public Database database(Terminal terminal) {
        if (url == null) {
            throw new ExeuntException("No database is given. Say which by --db or in EXEUNT_DB, for example:"
                    + " --db jdbc:postgresql://localhost:5432/shop --db-user shop");
        }
        return Database.at(url, user, password(terminal));
    }

    /** Returns the password. Options of the command line win over variables of the environment. */
    private @Nullable String password(Terminal terminal) {
        boolean file = given("--db-password-file");
        if (given("--db-password")) {
            if (file) {
                throw new ExeuntException(
                        "The password is given twice. Say --db-password-file, or --db-password alone to be asked.");
            }
            if (ASK.equals(password)) {
                password = terminal.askHidden("Password: "); // once, for a command that connects again
            } else if (!warned) {
                terminal.err()
                        .println(
                                "Warning: every process of this machine can read a password on the command line. Use"
                                        + " EXEUNT_DB_PASSWORD, --db-password-file FILE, or --db-password as the last option to be asked.");
                warned = true;
            }
            return password;
        }
        return passwordFile != null && (file || password == null) ? PasswordFile.read(passwordFile) : password;
    }

    private boolean given(String option) {
        return command != null
                && command.commandLine().getParseResult() != null
                && command.commandLine().getParseResult().hasMatchedOption(option);
    }

    public static final class DurationConverter implements ITypeConverter<Duration> {

        @Override
        public Duration convert(String text) {
            if (!text.matches("0*[1-9][0-9]{0,5}(ms|s|m)")) {
                throw new TypeConversionException("'" + text + "' is not a time such as 500ms, 10s or 2m");
            }
            long number = Long.parseLong(text.replaceFirst("[a-z]+$", ""));
            if (text.endsWith("ms")) {
                return Duration.ofMillis(number);
            }
            return text.endsWith("s") ? Duration.ofSeconds(number) : Duration.ofMinutes(number);
        }
    }
}
