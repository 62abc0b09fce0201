package dev.exeunt.app;

import dev.exeunt.app.terminal.Page;
import dev.exeunt.app.terminal.TerminalProgress;
import dev.exeunt.store.Migrations;
import java.util.List;
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
                    + " touched. Any number of programs may do it at once.",
            ""
        })
final class MigrateCommand implements Callable<Integer> {

    private final Session session;

    @Mixin
    private final DatabaseOptions database = new DatabaseOptions();

    @Mixin
    private final OutputOptions say = new OutputOptions();

    @Option(names = "--print", description = "Print the statements instead, for those who must run them themselves.")
    private boolean print;

    MigrateCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        if (print) {
            return print();
        }
        List<String> applied;
        try (TerminalProgress progress = say.progress(session, "migrating")) {
            applied = migrations(progress).apply();
        }
        if (!say.quiet()) {
            report(applied, say.out(session));
        }
        return Exit.DONE.code();
    }

    private static void report(List<String> applied, Page page) {
        if (applied.isEmpty()) {
            page.line("Exeunt's own tables are up to date.");
            return;
        }
        page.line("Migrated Exeunt's own tables, in schema " + Migrations.SCHEMA + ": " + String.join(", ", applied)
                + ".");
        page.line("Undo, as long as nobody has asked for anything: DROP SCHEMA " + Migrations.SCHEMA + " CASCADE");
    }

    private int print() {
        String script;
        try (TerminalProgress progress = say.progress(session, "reading the tables' history")) {
            script = migrations(progress).script();
        }
        session.terminal().out().print(script);
        if (script.isEmpty() && !say.quiet()) {
            say.err(session).line("Nothing to run: Exeunt's own tables are up to date.");
        }
        return Exit.DONE.code();
    }

    private Migrations migrations(TerminalProgress progress) {
        return database.open(session.terminal(), progress).migrations();
    }
}
