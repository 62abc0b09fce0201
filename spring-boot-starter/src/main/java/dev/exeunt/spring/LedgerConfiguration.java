package dev.exeunt.spring;

import dev.exeunt.Exeunt;
import dev.exeunt.ledger.LedgerSink;
import dev.exeunt.spring.settings.ExeuntSettings.LedgerAddress;
import dev.exeunt.spring.settings.ExeuntSettings.LedgerBucket;
import dev.exeunt.spring.settings.ExeuntSettings.LedgerSettings;
import dev.exeunt.spring.settings.SettingsInvalidException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells the builder where the copy of the ledger outside the database is. */
record LedgerConfiguration(
        LedgerSettings settings,
        @Nullable LedgerSink given,
        @Nullable LedgerSinkFactory buckets) {

    private static final Logger LOG = LoggerFactory.getLogger(LedgerConfiguration.class);

    void addTo(Exeunt.Builder builder) {
        if (given != null) {
            builder.ledger(given);
        } else if (!addSettings(builder)) {
            LOG.warn(
                    "The ledger has no copy outside the database. Nothing would notice that a restored backup brought erased people"
                            + " back. Name a file: exeunt.ledger.file=/var/lib/exeunt/ledger");
        }
        builder.passUnreachableLedger(settings.pass());
    }

    private boolean addSettings(Exeunt.Builder builder) {
        LedgerAddress receiver = settings.receiver();
        LedgerBucket bucket = settings.bucket();
        if (settings.file() != null) {
            builder.ledger(settings.file());
        } else if (receiver != null) {
            builder.ledger(
                    receiver.address(),
                    receiver.token() == null ? null : receiver.token().value());
        } else if (bucket != null) {
            builder.ledger(inBucket(bucket));
        } else {
            return false;
        }
        return true;
    }

    private LedgerSink inBucket(LedgerBucket bucket) {
        if (buckets == null) {
            throw new SettingsInvalidException(
                    List.of("exeunt.ledger.bucket: this application has no sink for buckets. Take the setting"
                            + " away, and declare a bean of type LedgerSink: S3LedgerSink.of of exeunt-archive-s3."));
        }
        return buckets.open(bucket);
    }
}
