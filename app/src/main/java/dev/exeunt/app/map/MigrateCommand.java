package dev.exeunt.app.map;

import dev.exeunt.Exeunt;
import dev.exeunt.app.command.CommandContext;
import dev.exeunt.app.command.CommonOptions;
import dev.exeunt.app.command.DatabaseOptions;
import dev.exeunt.app.command.ExitCode;
import dev.exeunt.app.command.MapOptions;
import dev.exeunt.app.terminal.ReportPage;
import dev.exeunt.app.terminal.TerminalProgress;
import dev.exeunt.map.MapInvalidException;
import dev.exeunt.request.AccountRequests;
import java.nio.file.Files;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code exeunt migrate}: makes the product's own tables. */
@Command(
        name = "migrate",
        abbreviateSynopsis = true,
        header = {"Make or update Exeunt's own tables in the database.", ""},
        description = {
            "Make Exeunt's own tables, in a schema named exeunt, or bring them up to date. The application's tables are not"
                    + " touched. Any number of programs may do it at once. With a data map that holds, the SQL function"
                    + " exeunt.gate(KEY) is made as well, and the functions that a map with sql: offers: run it again when the map,"
                    + " or the subject's table or key, changes.",
            ""
        })
public final class MigrateCommand implements Callable<Integer> {

    private final CommandContext session;

    @Mixin
    private final DatabaseOptions database = new DatabaseOptions();

    @Mixin
    private final MapOptions map = new MapOptions();

    @Mixin
    private final CommonOptions say = new CommonOptions();

    @Option(names = "--print", description = "Print the statements instead, for those who must run them themselves.")
    private boolean print;

    public MigrateCommand(CommandContext session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        try (TerminalProgress progress = say.progress(session, print ? "reading the tables' history" : "migrating")) {
            Exeunt exeunt = database.open(session.terminal(), progress);
            return print ? print(exeunt) : migrate(exeunt);
        }
    }

    private int migrate(Exeunt exeunt) {
        List<String> applied = exeunt.migrate();
        Optional<AccountRequests> requests = requests(exeunt);
        requests.ifPresent(AccountRequests::makeGateFunction);
        requests.ifPresent(AccountRequests::makeSqlFunctions);
        if (!say.quiet()) {
            report(applied, requests.isPresent(), say.out(session));
            if (requests.filter(AccountRequests::offersSqlFunctions).isPresent()) {
                say.out(session).line("Made the functions in SQL for the roles under sql.callers.");
            }
        }
        for (String unsafe : exeunt.unsafeCode()) {
            say.err(session).line("warning: unsafe-path: " + unsafe + ". More: exeunt explain unsafe-path");
        }
        return ExitCode.DONE.code();
    }

    private void report(List<String> applied, boolean gate, ReportPage page) {
        if (applied.isEmpty()) {
            page.line("Exeunt's own tables are up to date.");
        } else {
            page.line("Migrated Exeunt's own tables, in schema " + Exeunt.SCHEMA + ": " + String.join(", ", applied)
                    + ".");
        }
        page.line(
                gate
                        ? "Made the SQL function " + Exeunt.SCHEMA + ".gate, by " + map.file() + "."
                        : "The SQL function " + Exeunt.SCHEMA + ".gate was not made: it needs a data map that holds"
                                + " (exeunt check).");
        if (!applied.isEmpty()) {
            page.line("Undo, as long as there is no request: DROP SCHEMA " + Exeunt.SCHEMA + " CASCADE");
        }
    }

    private int print(Exeunt exeunt) {
        String script = exeunt.migrationScript();
        Optional<AccountRequests> requests = requests(exeunt);
        session.terminal().out().print(script);
        requests.ifPresent(d -> session.terminal().out().print("\n" + d.gateFunction()));
        requests.filter(AccountRequests::offersSqlFunctions)
                .ifPresent(d -> session.terminal().out().print("\nBEGIN;\n\n" + d.sqlFunctions() + "\nCOMMIT;\n"));
        if (script.isEmpty() && !say.quiet()) {
            say.err(session).line("Exeunt's own tables are up to date.");
        }
        return ExitCode.DONE.code();
    }

    /** Empty where there is no map, or none that holds: the tables are made all the same. */
    private Optional<AccountRequests> requests(Exeunt exeunt) {
        if (!Files.exists(map.file())) {
            return Optional.empty();
        }
        try {
            return Optional.of(exeunt.requests(map.read()));
        } catch (MapInvalidException e) {
            return Optional.empty(); // said in the report; exeunt check tells what is wrong
        }
    }
}
