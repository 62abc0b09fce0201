package dev.exeunt.app;

import picocli.CommandLine.Mixin;

/** A command whose result is a report, for people or for machines. */
abstract class ReportCommand extends MapCommand {

    @Mixin
    final FormatOption format = new FormatOption();

    ReportCommand(Session session) {
        super(session);
    }
}
