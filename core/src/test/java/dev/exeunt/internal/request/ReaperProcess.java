package dev.exeunt.internal.request;

import dev.exeunt.Exeunt;
import dev.exeunt.database.Database;
import dev.exeunt.internal.map.read.MapReader;
import dev.exeunt.request.AccountRequests;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;

/** Runs one reaper in a process of its own. */
public final class ReaperProcess {

    private ReaperProcess() {}

    /** @param args URL, user, the moment it is, {@code guarded} or not, its name */
    public static void main(String[] args) throws IOException {
        String map = args[3].equals("guarded") ? GuildTestApplication.MAP : GuildTestApplication.UNGUARDED;
        AccountRequests requests = Exeunt.builder(Database.at(args[0], args[1], args[1]))
                .clock(Clock.fixed(Instant.parse(args[2]), ZoneOffset.UTC))
                .key(GuildTestApplication.KEY)
                .build()
                .requests(MapReader.read(map, "exeunt.yaml"));
        System.out.println("ready");
        if (System.in.read() == 'g') {
            System.out.println(requests.eraseDue(args[4]));
        }
    }
}
