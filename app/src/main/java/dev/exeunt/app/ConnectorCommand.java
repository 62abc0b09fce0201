package dev.exeunt.app;

import dev.exeunt.ExeuntException;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code exeunt connector}: part of the server's program, which {@code ./exeunt} starts; here it is only told of. */
@Command(
        name = "connector",
        abbreviateSynopsis = true,
        header = {"Try how other systems are reached.", ""},
        description = {
            "exeunt connector test [SYSTEM] tries the address, the credentials and the rights of each system under external of the map,"
                    + " with the settings of exeunt serve. It sends no event.",
            ""
        })
final class ConnectorCommand implements Callable<Integer> {

    @Parameters(index = "0", paramLabel = "test", description = "What is done.")
    private String action = "";

    @Parameters(index = "1", arity = "0..1", paramLabel = "SYSTEM", description = "The system; all unless given.")
    private @Nullable String system;

    @Option(names = "--config", paramLabel = "FILE", description = "The settings (default: exeunt-server.yaml).")
    private @Nullable String config;

    @Override
    public Integer call() {
        throw new ExeuntException("The server's libraries are not in exeunt.jar. Start it as: ./exeunt connector test");
    }
}
