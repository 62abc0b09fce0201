package dev.exeunt.testkit;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/** A real PgBouncer in transaction mode before the test server, where the program is installed (Debian: {@code pgbouncer}). */
public final class PgBouncer implements AutoCloseable {

    /** PgBouncer refuses to run as root. */
    private static final String USER = "nobody";

    private final Process process;
    private final int port;

    private PgBouncer(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    /**
     * @param folder for its files
     * @param connections it keeps to the server at most
     */
    public static PgBouncer start(Path folder, int connections) throws IOException, InterruptedException {
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        int port = freePort();
        Path users = Files.writeString(folder.resolve("users.txt"), "\"" + TestPostgres.SUPERUSER + "\" \"\"\n");
        Path settings = Files.writeString(
                folder.resolve("pgbouncer.ini"), """
                [databases]
                * = host=127.0.0.1 port=%d
                [pgbouncer]
                listen_addr = 127.0.0.1
                listen_port = %d
                unix_socket_dir =
                auth_type = trust
                auth_file = %s
                pool_mode = transaction
                default_pool_size = %d
                ignore_startup_parameters = extra_float_digits
                """.formatted(TestPostgres.port(), port, users, connections));
        ProcessBuilder command = new ProcessBuilder("pgbouncer", "-u", USER, settings.toString());
        PgBouncer started = new PgBouncer(
                command.redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start(),
                port);
        started.await();
        return started;
    }

    /** A statement that the driver names on one server connection would be missing on the next. */
    public String jdbcUrl(TestDatabase database) {
        return "jdbc:postgresql://127.0.0.1:" + port + "/" + database.databaseName() + "?prepareThreshold=0";
    }

    private void await() throws IOException {
        while (process.isAlive()) {
            try (Socket socket = new Socket("127.0.0.1", port)) {
                return;
            } catch (IOException e) {
                Thread.onSpinWait();
            }
        }
        throw new IOException("pgbouncer ended with " + process.exitValue());
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    @Override
    public void close() {
        process.destroy();
    }
}
