package dev.exeunt.server;

import dev.exeunt.ExeuntException;
import dev.exeunt.archive.s3.S3LedgerSink;
import dev.exeunt.archive.s3.S3LedgerSink.LockMode;
import dev.exeunt.archive.s3.S3LedgerSink.ObjectLock;
import dev.exeunt.archive.s3.S3Settings;
import dev.exeunt.archive.s3.S3Settings.S3Encryption;
import dev.exeunt.archive.s3.S3Settings.S3Location;
import dev.exeunt.archive.s3.S3Settings.S3Timeouts;
import dev.exeunt.ledger.LedgerSink;
import dev.exeunt.spring.LedgerSinkFactory;
import dev.exeunt.spring.settings.ExeuntSettings.LedgerBucket;
import dev.exeunt.spring.settings.SettingsInvalidException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.core.env.Environment;

/**
 * Opens the copy of the ledger in a bucket: {@code exeunt.ledger.bucket}. Where the archives lie in an object store, it is in the same one;
 * else place and credentials are those of the environment.
 */
record S3LedgerFactory(Environment environment) implements LedgerSinkFactory {

    private static final S3Location OF_THE_ENVIRONMENT = new S3Location(null, null, null, false);

    @Override
    public LedgerSink open(LedgerBucket bucket) {
        try {
            return S3LedgerSink.of(settings(bucket), lock(bucket));
        } catch (ExeuntException e) {
            throw new SettingsInvalidException(List.of("exeunt.ledger.bucket: " + e.getMessage()));
        }
    }

    private S3Settings settings(LedgerBucket bucket) {
        if (!ObjectStoreSettings.given(environment)) {
            return new S3Settings(
                    bucket.name(), bucket.prefix(), OF_THE_ENVIRONMENT, S3Encryption.NONE, null, S3Timeouts.USUAL);
        }
        List<String> faults = new ArrayList<>();
        S3Settings archives = ObjectStoreSettings.read(environment, faults);
        if (!faults.isEmpty()) {
            throw new SettingsInvalidException(faults);
        }
        return new S3Settings(
                bucket.name(),
                bucket.prefix(),
                archives.place(),
                archives.encryption(),
                archives.credentials(),
                archives.timeouts());
    }

    private static @Nullable ObjectLock lock(LedgerBucket bucket) {
        return bucket.lockDays() == 0
                ? null
                : new ObjectLock(bucket.compliance() ? LockMode.COMPLIANCE : LockMode.GOVERNANCE, bucket.lockDays());
    }
}
