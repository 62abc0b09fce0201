package dev.exeunt.app.command;

import java.util.concurrent.Callable;
import picocli.CommandLine.Mixin;

/** A command that holds a map against a database. */
public abstract class MapCommand implements Callable<Integer> {

    protected final CommandContext session;

    @Mixin
    protected final DatabaseOptions database = new DatabaseOptions();

    @Mixin
    protected final MapOptions map = new MapOptions();

    @Mixin
    protected final CommonOptions say = new CommonOptions();

    public MapCommand(CommandContext session) {
        this.session = session;
    }
}
