package dev.exeunt.spring;

import dev.exeunt.Exeunt;
import dev.exeunt.HashKey;
import dev.exeunt.WorkObserver;
import dev.exeunt.archive.Archives;
import dev.exeunt.archive.Archives.SettingFault;
import dev.exeunt.archive.directory.DirectoryArchives;
import dev.exeunt.database.Database;
import dev.exeunt.database.DatabaseException;
import dev.exeunt.export.ExportJobs;
import dev.exeunt.ledger.ErasureLedger;
import dev.exeunt.ledger.LedgerException;
import dev.exeunt.ledger.LedgerSink;
import dev.exeunt.map.DataMap;
import dev.exeunt.map.TimeSpan;
import dev.exeunt.request.AccountRequests;
import dev.exeunt.request.AccountRequests.LegalHolds;
import dev.exeunt.spring.FileStoreConfiguration.ConfiguredStores;
import dev.exeunt.spring.external.ExternalConfiguration;
import dev.exeunt.spring.mail.LinkConfiguration;
import dev.exeunt.spring.mail.MailConfiguration;
import dev.exeunt.spring.mail.MailedAccountRequests;
import dev.exeunt.spring.mail.MailedExportJobs;
import dev.exeunt.spring.mail.MessageRecorder;
import dev.exeunt.spring.settings.ExeuntSettings;
import dev.exeunt.spring.settings.MailSettings;
import dev.exeunt.spring.settings.SettingsInvalidException;
import dev.exeunt.spring.settings.read.SettingsReader;
import dev.exeunt.support.message.MessageQueue;
import dev.exeunt.support.message.OneTimeLinks;
import dev.exeunt.work.BackgroundWorker;
import dev.exeunt.work.BackgroundWorker.Duties;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.sql.init.dependency.DependsOnDatabaseInitialization;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.security.oauth2.jwt.JwtDecoder;

/**
 * Makes the beans of core: {@link Exeunt}, {@link AccountRequests}, {@link LegalHolds}, {@link ExportJobs}, the archives and the background worker. The
 * application injects them, and replaces each by a bean of the same type:
 *
 * <pre>{@code
 * @Bean
 * Archives archives() {
 *     return new DirectoryArchives(Path.of("/mnt/exports"));
 * }
 *
 * @Bean
 * WorkObserver reaperMetrics(MeterRegistry meters) {
 *     return new WorkObserver() {
 *         @Override
 *         public void reaped(Duration took, int erased, int blocked, int failed) {
 *             meters.counter("exeunt.erased").increment(erased);
 *         }
 *     };
 * }
 * }</pre>
 */
@AutoConfiguration(
        afterName =
                "org.springframework.boot.security.oauth2.server.resource.autoconfigure.OAuth2ResourceServerAutoConfiguration")
@ConditionalOnProperty("exeunt.map")
@Import({FileStoreConfiguration.class, MailConfiguration.class, LinkConfiguration.class, ExternalConfiguration.class})
public class ExeuntAutoConfiguration {

    private static final Logger LOG = LoggerFactory.getLogger(ExeuntAutoConfiguration.class);

    @Bean
    @ConditionalOnMissingBean
    ExeuntSettings exeuntSettings(ConfigurableEnvironment environment, ListableBeanFactory beans) {
        boolean decoder = beans.getBeanNamesForType(JwtDecoder.class, true, false).length > 0;
        boolean archives =
                !List.of(beans.getBeanNamesForType(Archives.class, true, false)).contains("exeuntArchives");
        return SettingsReader.read(environment, new SettingsReader.ProvidedBeans(decoder, archives));
    }

    /** The clock of requests and exports. The system's clock, this default, stands for the time of the database. */
    @Bean
    @ConditionalOnMissingBean(name = "exeuntClock")
    Clock exeuntClock() {
        return Clock.systemUTC();
    }

    @Bean
    @ConditionalOnMissingBean
    ConnectionPool exeuntConnections(ExeuntSettings settings) {
        return ConnectionPool.of(settings.database());
    }

    @Bean
    @ConditionalOnMissingBean
    Database exeuntDatabase(ConnectionPool connections) {
        return connections.database();
    }

    @Bean
    @ConditionalOnMissingBean
    HashKey exeuntKey(ExeuntSettings settings) {
        return HashKey.ofHex(settings.key().value())
                .withFormer(settings.formerKeys().stream()
                        .map(former -> HashKey.ofHex(former.value()))
                        .toList());
    }

    @Bean
    @ConditionalOnMissingBean
    DataMap exeuntMap(ExeuntSettings settings) {
        DataMap map = Exeunt.readMap(settings.map());
        TimeSpan grace = settings.testGrace();
        if (grace == null) {
            return map;
        }
        LOG.warn(
                "exeunt.test-grace replaces the grace periods of the map by {}. It is for tests: people have no other time to change"
                        + " their mind.",
                grace);
        return map.withGrace(grace);
    }

    @Bean
    @ConditionalOnMissingBean
    Exeunt.Builder exeuntBuilder(
            Database database,
            @Qualifier("exeuntClock") Clock clock,
            HashKey key,
            ExeuntSettings settings,
            ConfiguredStores stores,
            LedgerConfiguration ledger,
            ObjectProvider<WorkObserver> observer) {
        ExeuntSettings.ExportedFiles files = settings.export().files();
        Exeunt.Builder builder = Exeunt.builder(database)
                .clock(clock)
                .key(key)
                .fileLimits(files.most(), files.megabytesEach() << 20, files.megabytesInAll() << 20)
                .observer(observer.getIfAvailable(() -> WorkObserver.NONE));
        stores.addTo(builder);
        ledger.addTo(builder);
        return builder;
    }

    @Bean
    LedgerConfiguration exeuntLedgerPlace(
            ExeuntSettings settings, ObjectProvider<LedgerSink> given, ObjectProvider<LedgerSinkFactory> buckets) {
        return new LedgerConfiguration(settings.ledger(), given.getIfAvailable(), buckets.getIfAvailable());
    }

    /** Waits for the application's own migrations: the map is proven against the tables that they make. */
    @Bean
    @ConditionalOnMissingBean
    @DependsOnDatabaseInitialization
    Exeunt exeunt(Exeunt.Builder builder, ExeuntSettings settings) {
        Exeunt exeunt = builder.build();
        if (settings.database().migrate()) {
            exeunt.migrate();
        }
        return exeunt;
    }

    @Bean
    @ConditionalOnMissingBean
    AccountRequests exeuntAccountRequests(
            Exeunt exeunt,
            DataMap map,
            ExeuntSettings settings,
            Database database,
            ObjectProvider<MessageRecorder> recorder) {
        AccountRequests requests = exeunt.requests(map);
        if (settings.database().migrate()) {
            requests.makeGateFunction();
            requests.makeSqlFunctions();
        }
        requests.requireKey();
        exeunt.unsafeCode().forEach(unsafe -> LOG.warn("unsafe-path: {}.", unsafe));
        if (settings.work().enabled()) {
            forgetUnsent(database, settings.mail());
        }
        MessageRecorder messages = recorder.getIfAvailable();
        return messages == null ? requests : new MailedAccountRequests(requests, messages);
    }

    @Bean
    @ConditionalOnMissingBean
    LegalHolds exeuntLegalHolds(Exeunt exeunt, DataMap map) {
        return exeunt.holds(map);
    }

    /** What waits to be sent goes nowhere once the mail server, or the links, are taken out of the settings. */
    private static void forgetUnsent(Database database, @Nullable MailSettings mail) {
        try {
            if (mail == null) {
                MessageQueue.forgetAll(database);
            }
            if (mail == null || mail.link() == null) {
                OneTimeLinks.forgetAll(database);
            }
        } catch (DatabaseException e) {
            LOG.warn(
                    "Addresses of messages that were never sent are still in exeunt.message or exeunt.one_time_link. {}",
                    e.getMessage());
        }
    }

    /** Waits for the requests, which bring the database up to date. */
    @Bean
    @ConditionalOnMissingBean
    ErasureLedger exeuntLedger(Exeunt exeunt, DataMap map, AccountRequests requests) {
        ErasureLedger ledger = exeunt.ledger(map);
        ledger.place().ifPresent(place -> LOG.info("The copy of the ledger is in {}.", place));
        try {
            ledger.requireOpen();
        } catch (LedgerException e) {
            LOG.error("No request is accepted and no person erased. {}", e.getMessage());
        }
        return ledger;
    }

    @Bean
    @ConditionalOnMissingBean
    Archives exeuntArchives(ExeuntSettings settings) {
        Path directory = Objects.requireNonNull(settings.archiveDirectory(), "told when the settings were read");
        Archives archives = new DirectoryArchives(directory);
        List<SettingFault> faults = archives.check();
        if (!faults.isEmpty()) {
            throw new SettingsInvalidException(
                    faults.stream().map(f -> "exeunt.archive." + f).toList());
        }
        return archives;
    }

    @Bean
    @ConditionalOnMissingBean
    ExportJobs.ExportTerms exeuntExportTerms(DataMap map, HashKey key, ExeuntSettings settings) {
        return new ExportJobs.ExportTerms(settings.export().over(map.export()), key, ExportJobs.ExportTerms.REMEMBER);
    }

    @Bean
    @ConditionalOnMissingBean
    ExportJobs exeuntExports(
            Exeunt exeunt,
            DataMap map,
            Archives archives,
            ExportJobs.ExportTerms terms,
            ObjectProvider<MessageRecorder> recorder) {
        ExportJobs exports = exeunt.exports(map, archives, terms);
        MessageRecorder messages = recorder.getIfAvailable();
        return messages == null ? exports : new MailedExportJobs(exports, messages);
    }

    @Bean
    @ConditionalOnMissingBean
    BackgroundWorker.Settings exeuntWorkerSettings(ExeuntSettings settings) {
        BackgroundWorker.Settings usual = BackgroundWorker.Settings.USUAL;
        return new BackgroundWorker.Settings(
                settings.work().threads(),
                usual.poll(),
                usual.reap(),
                usual.clean(),
                usual.heartbeat(),
                usual.patience());
    }

    @Bean
    @ConditionalOnMissingBean
    Duties exeuntWorkerDuties(
            Database database, @Qualifier("exeuntClock") Clock clock, AccountRequests requests, ExportJobs exports) {
        return new Duties(database, clock, requests, exports);
    }

    @Bean
    @ConditionalOnMissingBean
    @ConditionalOnProperty(name = "exeunt.worker.enabled", matchIfMissing = true)
    WorkerLifecycle exeuntWork(Duties duties, BackgroundWorker.Settings settings) {
        return new WorkerLifecycle(name -> Exeunt.worker(name, duties, settings));
    }
}
