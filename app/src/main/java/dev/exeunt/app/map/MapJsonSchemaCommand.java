package dev.exeunt.app.map;

import dev.exeunt.Exeunt;
import dev.exeunt.app.command.CommandContext;
import dev.exeunt.app.command.CommonOptions;
import dev.exeunt.app.command.ExitCode;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code exeunt schema}: the map's language, for editors. */
@Command(
        name = "schema",
        abbreviateSynopsis = true,
        header = {"Print the JSON Schema of data maps, for editors.", ""},
        description = {
            "Print the JSON Schema of data maps: with it an editor completes the words, explains them and underlines what check"
                    + " would call malformed. Save it beside the map, exeunt schema > exeunt.schema.json, and begin the map"
                    + " with the line: # yaml-language-server: $schema=exeunt.schema.json",
            ""
        })
public final class MapJsonSchemaCommand implements Callable<Integer> {

    private final CommandContext session;

    @Mixin
    @SuppressWarnings("unused") // the same options as everywhere
    private final CommonOptions say = new CommonOptions();

    public MapJsonSchemaCommand(CommandContext session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        session.terminal().out().print(Exeunt.mapJsonSchema());
        return ExitCode.DONE.code();
    }
}
