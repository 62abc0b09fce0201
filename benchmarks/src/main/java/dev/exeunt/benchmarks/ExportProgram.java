package dev.exeunt.benchmarks;

import dev.exeunt.Exeunt;
import dev.exeunt.database.Database;
import dev.exeunt.map.ExportSettings.BundleFormat;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;

/** Exports one person in one way, as a process of its own, and prints the largest memory that it took. */
public final class ExportProgram {

    private static final Path STATUS = Path.of("/proc/self/status");

    private ExportProgram() {}

    /** @param args the way, the URL of the database, and the file */
    public static void main(String[] args) throws Exception {
        Path file = Path.of(args[2]);
        switch (args[0]) {
            case "exeunt" ->
                Exeunt.builder(Database.at(args[1], BenchmarkServer.USER, BenchmarkServer.USER))
                        .build()
                        .export(Exeunt.readMap(ExportTables.MAP, "exeunt.yaml"), "1", file, BundleFormat.ZIP);
            case "cursor" -> {
                try (Connection connection =
                        DriverManager.getConnection(args[1], BenchmarkServer.USER, BenchmarkServer.USER)) {
                    CursorExport.write(connection, file);
                }
            }
            default -> throw new IllegalArgumentException("exeunt or cursor, not " + args[0]);
        }
        System.out.println(mostMegabytes());
    }

    /** Returns the resident memory at its highest, in MB of 1,024 kB. Only Linux tells it; 0 elsewhere. */
    private static long mostMegabytes() throws Exception {
        if (!Files.isReadable(STATUS)) {
            return 0;
        }
        return Files.readAllLines(STATUS).stream()
                .filter(line -> line.startsWith("VmHWM:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024)
                .findFirst()
                .orElse(0);
    }
}
