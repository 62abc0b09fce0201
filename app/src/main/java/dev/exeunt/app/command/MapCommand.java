package dev.exeunt.app.command;

import dev.exeunt.Exeunt;
import dev.exeunt.HashKey;
import dev.exeunt.ProgressListener;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Mixin;

/** A command that holds a map against a database. */
public abstract class MapCommand implements Callable<Integer> {

    public static final String KEY_VARIABLE = "EXEUNT_KEY";
    public static final String FORMER_KEYS_VARIABLE = "EXEUNT_FORMER_KEYS";

    protected final CommandContext session;

    @Mixin
    protected final DatabaseOptions database = new DatabaseOptions();

    @Mixin
    protected final MapOptions map = new MapOptions();

    @Mixin
    protected final CommonOptions say = new CommonOptions();

    public MapCommand(CommandContext session) {
        this.session = session;
    }

    /** Opens the database, with the key of the records the stores of files and the copy of the ledger that the environment has. */
    protected Exeunt exeunt(ProgressListener progress) {
        Exeunt.Builder exeunt = database.builder(session.terminal(), progress);
        hashKey().ifPresent(exeunt::key);
        FileStoreVariables.stores(session.terminal().env()).forEach(exeunt::fileStore);
        LedgerVariable.addTo(exeunt, session.terminal().env());
        return exeunt.build();
    }

    public Optional<HashKey> hashKey() {
        return KeyVariables.key(session.terminal().env());
    }
}
