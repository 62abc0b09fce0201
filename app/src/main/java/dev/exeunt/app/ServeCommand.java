package dev.exeunt.app;

import dev.exeunt.ExeuntException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code exeunt serve}: a program of its own, which {@code ./exeunt} starts; here it is only told of. */
@Command(
        name = "serve",
        abbreviateSynopsis = true,
        header = {"Serve requests over HTTP, and do what is due in the background.", ""},
        description = {
            "Serve people's requests over HTTP beside an application in any language, and do what is due in the background. Options:"
                    + " ./exeunt serve --help",
            ""
        })
final class ServeCommand implements Callable<Integer> {

    @Override
    public Integer call() {
        throw new ExeuntException("The server's libraries are not in exeunt.jar. Start it as: ./exeunt serve");
    }
}
