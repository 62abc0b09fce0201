package dev.exeunt.app.command;

import picocli.CommandLine.Mixin;

/** A command whose result is a report, for people or for machines. */
public abstract class ReportCommand extends MapCommand {

    @Mixin
    protected final FormatOption format = new FormatOption();

    public ReportCommand(CommandContext session) {
        super(session);
    }
}
