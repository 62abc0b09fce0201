package dev.exeunt.server;

import dev.exeunt.archive.Archives;
import dev.exeunt.archive.s3.S3Archives;
import dev.exeunt.archive.s3.S3Settings;
import dev.exeunt.spring.settings.SettingsInvalidException;
import java.util.ArrayList;
import java.util.List;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/** Declares the archives bean for an object store, where a bucket is configured. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnProperty("exeunt.archive.s3.bucket")
class ObjectStoreConfiguration {

    @Bean
    Archives exeuntObjectStore(Environment environment) {
        List<String> faults = new ArrayList<>();
        S3Settings settings = ObjectStoreSettings.read(environment, faults);
        refuse(faults);
        Archives archives = S3Archives.of(settings);
        refuse(archives.check().stream().map(ObjectStoreSettings::named).toList());
        return archives;
    }

    private static void refuse(List<String> faults) {
        if (!faults.isEmpty()) {
            throw new SettingsInvalidException(faults);
        }
    }
}
