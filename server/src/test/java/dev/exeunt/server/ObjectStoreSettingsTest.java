package dev.exeunt.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.exeunt.archive.Archives.SettingFault;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tests that what the store refuses is told by the name of a setting that exists. */
class ObjectStoreSettingsTest {

    @ParameterizedTest
    @CsvSource({"credentials, access-key", "permissions, bucket", "endpoint, endpoint"})
    void aFaultNamesTheSettingToChange(String refused, String setting) {
        assertThat(ObjectStoreSettings.named(new SettingFault(refused, "The store refuses it.")))
                .isEqualTo("exeunt.archive.s3." + setting + ": The store refuses it.");
    }
}
