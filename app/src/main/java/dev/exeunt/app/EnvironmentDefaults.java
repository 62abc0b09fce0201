package dev.exeunt.app;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.IDefaultValueProvider;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;

/** Options that the environment may give; an option on the command line wins. */
final class EnvironmentDefaults implements IDefaultValueProvider {

    private static final Map<String, String> VARIABLES = Map.of(
            "--db", "EXEUNT_DB",
            "--db-user", "EXEUNT_DB_USER",
            "--db-password", "EXEUNT_DB_PASSWORD",
            "--db-password-file", "EXEUNT_DB_PASSWORD_FILE",
            "--map", "EXEUNT_MAP");

    private final Map<String, String> env;

    EnvironmentDefaults(Map<String, String> env) {
        this.env = env;
    }

    @Override
    public @Nullable String defaultValue(ArgSpec arg) {
        String variable = arg instanceof OptionSpec option ? VARIABLES.get(option.longestName()) : null;
        String value = variable == null ? null : env.get(variable);
        return value == null || value.isEmpty() ? null : value;
    }
}
