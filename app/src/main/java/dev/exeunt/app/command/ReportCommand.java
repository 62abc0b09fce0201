package dev.exeunt.app.command;

import dev.exeunt.ExeuntException;
import dev.exeunt.security.HashKey;
import java.util.Optional;
import picocli.CommandLine.Mixin;

/** A command whose result is a report, for people or for machines. */
public abstract class ReportCommand extends MapCommand {

    public static final String KEY_VARIABLE = "EXEUNT_KEY";

    @Mixin
    protected final FormatOption format = new FormatOption();

    public ReportCommand(CommandContext session) {
        super(session);
    }

    /** From the environment alone: an option would stand in the list of processes. */
    public Optional<HashKey> hashKey() {
        String hex = session.terminal().env().getOrDefault(KEY_VARIABLE, "");
        try {
            return hex.isBlank() ? Optional.empty() : Optional.of(HashKey.ofHex(hex));
        } catch (ExeuntException e) {
            throw new ExeuntException(KEY_VARIABLE + " cannot be used. " + e.getMessage(), e);
        }
    }
}
