package dev.exeunt.spring;

import dev.exeunt.ledger.LedgerSink;
import dev.exeunt.spring.settings.ExeuntSettings.LedgerBucket;

/** Opens the copy of the ledger in a bucket. The server has one; a Spring Boot application declares a bean of type LedgerSink instead. */
public interface LedgerSinkFactory {

    /** Returns the sink of a bucket. It is reached only when it is used. */
    LedgerSink open(LedgerBucket bucket);
}
