package dev.exeunt.benchmarks;

import dev.exeunt.Exeunt;
import dev.exeunt.HashKey;
import dev.exeunt.database.Database;
import dev.exeunt.map.AccountFlow;
import dev.exeunt.map.DataMap;
import dev.exeunt.request.AccountRequests;
import dev.exeunt.request.AccountRequests.ReapResult;
import dev.exeunt.request.NewRequest;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import javax.sql.DataSource;

/** Requests and runs erasures through the Exeunt API, as an application does. */
final class ExeuntErasure {

    static final Instant ASKED = Instant.parse("2026-05-04T03:02:01Z");
    static final Instant DUE = ASKED.plus(Duration.ofDays(30));

    private static final HashKey KEY =
            HashKey.ofHex("00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff");

    private final AccountRequests requests;

    /** Proves the map, as an application does once when it starts. */
    private ExeuntErasure(Exeunt exeunt) {
        DataMap map = Exeunt.readMap(BenchmarkFiles.text("exeunt.yaml"), "exeunt.yaml");
        this.requests = exeunt.requests(map);
    }

    static ExeuntErasure at(BenchmarkServer server, String database, Instant now) {
        return new ExeuntErasure(exeunt(plain(server, database), now));
    }

    /** With a copy of the ledger in a file, which has each intent before a row is deleted. */
    static ExeuntErasure copyingTo(Path ledger, BenchmarkServer server, String database, Instant now) {
        return new ExeuntErasure(
                builder(plain(server, database), now).ledger(ledger).build());
    }

    /** As the server and the starter have it: its connections are kept. */
    static ExeuntErasure at(BenchmarkServer server, String database, Instant now, UnaryOperator<DataSource> pool) {
        return new ExeuntErasure(exeunt(plain(server, database).pooled(pool), now));
    }

    /** Makes the product's own tables. */
    static void migrate(BenchmarkServer server, String database) {
        exeunt(plain(server, database), ASKED).migrate();
    }

    private static Database plain(BenchmarkServer server, String database) {
        return Database.at(server.url(database), BenchmarkServer.USER, BenchmarkServer.USER);
    }

    private static Exeunt exeunt(Database database, Instant now) {
        return builder(database, now).build();
    }

    private static Exeunt.Builder builder(Database database, Instant now) {
        return Exeunt.builder(database).clock(Clock.fixed(now, ZoneOffset.UTC)).key(KEY);
    }

    /** Their rows are hidden and written down, their request is stored. */
    void ask(long user) {
        requests.submit(NewRequest.self(AccountFlow.DELETE_ACCOUNT, Long.toString(user)));
    }

    /** @return how many were erased */
    int reap(int workers) throws Exception {
        List<Callable<ReapResult>> work = IntStream.range(0, workers)
                .mapToObj(worker -> (Callable<ReapResult>) () -> requests.eraseDue("worker " + worker))
                .toList();
        return together(work).stream().mapToInt(ReapResult::erased).sum();
    }

    private static <T> List<T> together(List<Callable<T>> work) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(work.size());
        try {
            List<T> results = new ArrayList<>();
            for (Future<T> future : threads.invokeAll(work)) {
                results.add(future.get());
            }
            return results;
        } finally {
            threads.shutdown();
        }
    }
}
