package dev.exeunt.benchmarks;

/** Unpacks PostgreSQL's binaries where they are not yet unpacked. That takes more memory than the measured programs get. */
public final class UnpackedPostgres {

    private UnpackedPostgres() {}

    public static void main(String[] args) throws Exception {
        BenchmarkServer.start().close();
    }
}
