package dev.exeunt.spring;

import dev.exeunt.Exeunt;
import dev.exeunt.ExeuntException;
import dev.exeunt.map.DataMap;
import dev.exeunt.map.DataMap.FileStore;
import dev.exeunt.spring.settings.SettingsInvalidException;
import dev.exeunt.spring.settings.read.FileStoreSettingsReader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.ConfigurableEnvironment;

/** Declares the stores of files that the map names: beans of the application by their names, and the locations of the settings. */
@Configuration(proxyBeanMethods = false)
class FileStoreConfiguration {

    /** Holds the stores by the names that the map gives them. */
    record ConfiguredStores(Map<String, FileStore> byName) {

        void addTo(Exeunt.Builder builder) {
            byName.forEach(builder::fileStore);
        }
    }

    @Bean
    ConfiguredStores exeuntFileStores(
            ConfigurableEnvironment environment,
            DataMap map,
            ListableBeanFactory beans,
            ObjectProvider<FileStoreFactory> factories) {
        Map<String, FileStore> stores = new LinkedHashMap<>(beans.getBeansOfType(FileStore.class));
        List<String> faults = new ArrayList<>();
        FileStoreSettingsReader.read(environment, map.fileStores(), stores.keySet())
                .forEach((name, location) -> {
                    try {
                        FileStore store = open(location, factories);
                        store.faults().forEach(fault -> faults.add("exeunt.stores." + name + ": " + fault));
                        stores.put(name, store);
                    } catch (ExeuntException e) {
                        faults.add("exeunt.stores." + name + ": " + e.getMessage());
                    }
                });
        if (!faults.isEmpty()) {
            throw new SettingsInvalidException(faults);
        }
        return new ConfiguredStores(stores);
    }

    private static FileStore open(String location, ObjectProvider<FileStoreFactory> factories) {
        return factories
                .orderedStream()
                .filter(factory -> factory.opens(location))
                .findFirst()
                .map(factory -> factory.open(location))
                .orElseGet(() -> Exeunt.directoryStore(location));
    }
}
