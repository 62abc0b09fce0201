package dev.exeunt.spring.settings.read;

import dev.exeunt.spring.settings.ExeuntSettings.LedgerAddress;
import dev.exeunt.spring.settings.ExeuntSettings.LedgerBucket;
import dev.exeunt.spring.settings.ExeuntSettings.LedgerSettings;
import dev.exeunt.spring.settings.ExeuntSettings.SecretValue;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads where the copy of the ledger outside the database is. */
final class LedgerSettingsReader {

    private static final Pattern LOCATION = Pattern.compile("s3://([^/]+)/?(.*)");

    private static final int LONGEST_LOCK = 36_500;

    private final SettingValues values;
    private final ValueParser parser;
    private final FileParser files;

    LedgerSettingsReader(SettingValues values, ValueParser parser, FileParser files) {
        this.values = values;
        this.parser = parser;
        this.files = files;
    }

    /** The command line has one variable for all places, {@code EXEUNT_LEDGER}, which may name any of them here as well. */
    private record LedgerPlace(
            @Nullable Path file,
            @Nullable URI address,
            @Nullable LedgerBucket bucket) {

        static final LedgerPlace NONE = new LedgerPlace(null, null, null);
    }

    LedgerSettings read() {
        LedgerPlace any =
                values.value(SettingDefinition.LEDGER_FILE, this::place).orElse(LedgerPlace.NONE);
        URI url = values.value(SettingDefinition.LEDGER_URL, parser::ledgerAddress)
                .orElse(null);
        SecretValue token = values.value(SettingDefinition.LEDGER_TOKEN, g -> new SecretValue(g.value()))
                .orElse(null);
        LedgerBucket bucket = bucket(any.bucket());
        boolean pass = values.value(SettingDefinition.LEDGER_UNREACHABLE, g -> parser.word(g, "wait", "pass"))
                .orElse("wait")
                .equals("pass");
        URI address = url == null ? any.address() : url;
        requireOnePlace();
        if (token != null && address == null) {
            values.add("exeunt.ledger.token goes with exeunt.ledger.url, which is not set.");
        }
        return new LedgerSettings(any.file(), address == null ? null : new LedgerAddress(address, token), bucket, pass);
    }

    private @Nullable LedgerPlace place(ConfiguredValue given) {
        String value = given.value().strip();
        if (value.toLowerCase(Locale.ROOT).matches("https?://.*")) {
            URI address = parser.ledgerAddress(given);
            return address == null ? null : new LedgerPlace(null, address, null);
        }
        Matcher bucket = LOCATION.matcher(value);
        if (bucket.matches()) {
            return new LedgerPlace(null, null, new LedgerBucket(bucket.group(1), bucket.group(2), 0, true));
        }
        Path file = files.newFile(given);
        return file == null ? null : new LedgerPlace(file, null, null);
    }

    private void requireOnePlace() {
        List<String> set = Stream.of(
                        SettingDefinition.LEDGER_FILE, SettingDefinition.LEDGER_URL, SettingDefinition.LEDGER_BUCKET)
                .filter(values::isSet)
                .map(SettingDefinition::name)
                .toList();
        if (set.size() > 1) {
            values.add(String.join(" and ", set) + " are both set: the ledger has one copy. Take the others away.");
        }
    }

    /** @param location the bucket that {@code EXEUNT_LEDGER} names */
    private @Nullable LedgerBucket bucket(@Nullable LedgerBucket location) {
        String name = values.value(SettingDefinition.LEDGER_BUCKET, ConfiguredValue::value)
                .orElse(location == null ? null : location.name());
        Optional<String> prefix = values.value(SettingDefinition.LEDGER_PREFIX, ConfiguredValue::value);
        Optional<Integer> days =
                values.value(SettingDefinition.LEDGER_LOCK_DAYS, g -> parser.number(g, 1, LONGEST_LOCK));
        Optional<String> mode =
                values.value(SettingDefinition.LEDGER_LOCK_MODE, g -> parser.word(g, "compliance", "governance"));
        if (name == null) {
            prefix.ifPresent(p -> goesWithBucket(SettingDefinition.LEDGER_PREFIX));
            days.ifPresent(d -> goesWithBucket(SettingDefinition.LEDGER_LOCK_DAYS));
            mode.ifPresent(m -> goesWithBucket(SettingDefinition.LEDGER_LOCK_MODE));
            return null;
        }
        return new LedgerBucket(
                name,
                prefix.orElse(location == null ? "" : location.prefix()),
                days.orElse(0),
                mode.orElse("compliance").equals("compliance"));
    }

    private void goesWithBucket(SettingDefinition setting) {
        values.add(setting.name() + " goes with exeunt.ledger.bucket, which is not set.");
    }
}
