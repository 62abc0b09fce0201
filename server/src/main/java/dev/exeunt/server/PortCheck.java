package dev.exeunt.server;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import org.jspecify.annotations.Nullable;
import org.springframework.core.env.Environment;

/** Finds out before all else whether the server can listen where it shall: a taken port is no reason to touch the database. */
final class PortCheck {

    private static final int PORT = 8080;

    private PortCheck() {}

    /** What is wrong, in a sentence; null where nothing is, or where Spring has to say it of a value that makes no sense. */
    static @Nullable String fault(Environment environment) {
        int port;
        try {
            port = environment.getProperty("server.port", Integer.class, PORT);
        } catch (IllegalArgumentException | org.springframework.core.convert.ConversionException e) {
            return "server.port is no port. Write a number from 0 (any free one) to 65535.";
        }
        if (port <= 0) {
            return null;
        }
        try (ServerSocket socket = new ServerSocket()) {
            socket.bind(new InetSocketAddress(
                    InetAddress.getByName(environment.getProperty("server.address", "127.0.0.1")), port));
            return null;
        } catch (BindException e) {
            return StartFailureReporter.cannotListen(e, port);
        } catch (IOException | IllegalArgumentException e) {
            return "It is not possible to listen at port " + port
                    + ". Name another with --port, or another address with" + " --address.";
        }
    }
}
