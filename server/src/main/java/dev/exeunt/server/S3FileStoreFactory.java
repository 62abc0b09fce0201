package dev.exeunt.server;

import dev.exeunt.archive.s3.S3FileStore;
import dev.exeunt.archive.s3.S3Settings;
import dev.exeunt.archive.s3.S3Settings.S3Location;
import dev.exeunt.map.DataMap.FileStore;
import dev.exeunt.spring.FileStoreFactory;
import dev.exeunt.spring.settings.SettingsInvalidException;
import java.util.ArrayList;
import java.util.List;
import org.springframework.core.env.Environment;

/**
 * Opens stores of files in buckets: {@code exeunt.stores.NAME=s3://BUCKET/PREFIX}. Where the archives lie in an object store, the files
 * are in the same one; else place and credentials are those of the environment.
 */
record S3FileStoreFactory(Environment environment) implements FileStoreFactory {

    @Override
    public boolean opens(String location) {
        return S3FileStore.isLocation(location);
    }

    @Override
    public FileStore open(String location) {
        if (!ObjectStoreSettings.given(environment)) {
            return S3FileStore.at(location, new S3Location(null, null, null, false), null);
        }
        List<String> faults = new ArrayList<>();
        S3Settings archives = ObjectStoreSettings.read(environment, faults);
        if (!faults.isEmpty()) {
            throw new SettingsInvalidException(faults);
        }
        return S3FileStore.at(location, archives.place(), archives.credentials());
    }
}
