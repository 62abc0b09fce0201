package dev.exeunt.support.ledger;

import dev.exeunt.ledger.LedgerSink;
import java.util.Map;

/** Opens sinks of one kind of location. The command line finds providers by {@link java.util.ServiceLoader}. */
public interface SinkProvider {

    /** Whether the location is of this kind: {@code s3://bucket/prefix}. */
    boolean opens(String location);

    /**
     * Returns the sink of a location. It is reached only when it is used.
     *
     * @param environment the variables of the environment, which name addresses and credentials
     * @throws dev.exeunt.ExeuntException where location or variables are wrong
     */
    LedgerSink open(String location, Map<String, String> environment);
}
