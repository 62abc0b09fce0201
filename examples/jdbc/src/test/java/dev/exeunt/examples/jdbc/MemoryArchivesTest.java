package dev.exeunt.examples.jdbc;

import dev.exeunt.archive.ArchiveName;
import dev.exeunt.archive.Archives;
import dev.exeunt.testkit.ArchivesContract;
import java.time.Clock;
import java.util.List;

// tag::archive-test[]
/** Runs the tests that every archive store must pass. */
class MemoryArchivesTest extends ArchivesContract {

    private final MemoryArchives archives = new MemoryArchives(Clock.systemUTC());

    @Override
    protected Archives archives() {
        return archives;
    }

    @Override
    protected List<String> lying() {
        return archives.names();
    }

    @Override
    protected void leaveUnfinished(ArchiveName name) {
        archives.store(name.text(), null);
    }

    @Override
    protected String putForeign() {
        archives.store("readme.txt", new byte[] {1});
        return "readme.txt";
    }
}
// end::archive-test[]
