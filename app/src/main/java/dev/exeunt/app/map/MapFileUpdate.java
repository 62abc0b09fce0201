package dev.exeunt.app.map;

import dev.exeunt.app.command.CommandContext;
import dev.exeunt.app.command.CommonOptions;
import dev.exeunt.app.command.DatabaseOptions;
import dev.exeunt.app.command.ExitCode;
import dev.exeunt.app.report.UpdateReport;
import dev.exeunt.app.terminal.JsonOutput;
import dev.exeunt.app.terminal.TerminalProgress;
import dev.exeunt.map.UpdatedMap;

/** Brings a map's file up to the live schema: the whole new file takes the old one's place, or nothing happens. */
final class MapFileUpdate {

    private final CommandContext session;
    private final MapFile file;
    private final boolean dryRun;

    MapFileUpdate(CommandContext session, MapFile file, boolean dryRun) {
        this.session = session;
        this.file = file;
        this.dryRun = dryRun;
    }

    ExitCode run(DatabaseOptions database, CommonOptions say, boolean json) {
        UpdatedMap updated;
        byte[] before;
        try (TerminalProgress progress = say.progress(session, "reading the catalogue")) {
            before = file.bytes();
            updated = database.open(session.terminal(), progress).update(file.text(before), file.toString());
        }
        if (updated.changes() && !dryRun) {
            file.replace(session, before, updated.text());
        }
        UpdateReport report = new UpdateReport(updated, file.toString(), dryRun);
        if (json) {
            JsonOutput.print(session.terminal().out(), report.json());
        } else {
            session.terminal().out().print(dryRun ? updated.diff() : "");
            // beside a diff on standard output, standard error tells of it
            report.text(dryRun ? say.err(session) : say.out(session), say.quiet());
        }
        return report.somethingLeft() ? ExitCode.LEFT : ExitCode.DONE;
    }
}
