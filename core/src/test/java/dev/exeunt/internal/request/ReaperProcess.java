package dev.exeunt.internal.request;

import dev.exeunt.Exeunt;
import dev.exeunt.database.Database;
import dev.exeunt.internal.ledger.chain.FileLedgerSink;
import dev.exeunt.internal.map.MapDefinition;
import dev.exeunt.internal.map.read.MapReader;
import dev.exeunt.ledger.ErasureLedger;
import dev.exeunt.ledger.LedgerSink;
import dev.exeunt.request.AccountRequests;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Runs one reaper, or one replay, in a process of its own, with a ledger in a file. */
public final class ReaperProcess {

    private ReaperProcess() {}

    /**
     * @param args URL, user, the moment it is, {@code guarded} or not, its name or {@code replay}, the file of the ledger, and at which
     *     write to that file the process dies: 0 for none, -2 for amid the second, 2 for after it
     */
    public static void main(String[] args) throws IOException {
        String text = args[3].equals("guarded") ? GuildTestApplication.MAP : GuildTestApplication.UNGUARDED;
        MapDefinition map = MapReader.read(text, "exeunt.yaml");
        Exeunt exeunt = Exeunt.builder(Database.at(args[0], args[1], args[1]))
                .clock(Clock.fixed(Instant.parse(args[2]), ZoneOffset.UTC))
                .key(GuildTestApplication.KEY)
                .ledger(new DyingSink(Path.of(args[5]), Integer.parseInt(args[6])))
                .build();
        AccountRequests requests = exeunt.requests(map);
        ErasureLedger ledger = exeunt.ledger(map);
        System.out.println("ready");
        if (System.in.read() == 'g') {
            System.out.println(args[4].equals("replay") ? ledger.replay(true) : requests.eraseDue(args[4]));
        }
    }

    /** Keeps the ledger in a file, and ends the process amid a write or after one, as a loss of power does. */
    private static final class DyingSink implements LedgerSink {

        private final LedgerSink kept;
        private final Path file;
        private final int dies;
        private int writes;

        DyingSink(Path file, int dies) {
            this.kept = new FileLedgerSink(file);
            this.file = file;
            this.dies = dies;
        }

        @Override
        public Optional<Entry> last() throws IOException {
            return kept.last();
        }

        @Override
        public void read(long after, Consumer<Entry> entries) throws IOException {
            kept.read(after, entries);
        }

        @Override
        public void append(List<Entry> entries) throws IOException {
            writes++;
            if (writes == -dies) {
                int half = entries.size() / 2;
                if (half > 0) {
                    kept.append(entries.subList(0, half));
                }
                String torn =
                        entries.get(half).position() + " " + entries.get(half).mac();
                Files.writeString(file, torn, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
                Runtime.getRuntime().halt(KilledWorker.DIED);
            }
            kept.append(entries);
            if (writes == dies) {
                Runtime.getRuntime().halt(KilledWorker.DIED);
            }
        }

        @Override
        public String place() {
            return kept.place();
        }
    }
}
