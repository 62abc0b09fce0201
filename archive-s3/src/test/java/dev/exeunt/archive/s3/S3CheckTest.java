package dev.exeunt.archive.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.exeunt.ExeuntException;
import dev.exeunt.archive.ArchiveName;
import dev.exeunt.archive.Archives.SettingFault;
import dev.exeunt.archive.s3.S3Settings.S3Credentials;
import dev.exeunt.archive.s3.S3Settings.S3Encryption;
import dev.exeunt.archive.s3.S3Settings.S3Location;
import dev.exeunt.archive.s3.S3Settings.S3Timeouts;
import dev.exeunt.archive.s3.testkit.S3Server;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.s3.model.BucketVersioningStatus;
import software.amazon.awssdk.services.s3.model.ServerSideEncryption;

/** What is wrong with the settings of an object store, said before anybody exports anything. */
class S3CheckTest {

    private S3Server server;

    @BeforeEach
    void start() throws Exception {
        server = S3Server.start();
    }

    @AfterEach
    void stop() throws Exception {
        server.close();
    }

    private S3Settings settings(String bucket, S3Encryption encryption, @Nullable S3Credentials credentials) {
        return new S3Settings(bucket, "", server.settings().place(), encryption, credentials, S3Timeouts.USUAL);
    }

    private static List<SettingFault> faults(S3Settings settings) {
        try (S3Archives archives = S3Archives.of(settings)) {
            return archives.check();
        }
    }

    private static String fault(S3Settings settings) {
        assertThat(faults(settings)).hasSize(1);
        return faults(settings).get(0).toString();
    }

    @Test
    void nothingIsWrongAndNothingIsLeft() {
        assertThat(faults(server.settings())).isEmpty();
        assertThat(server.lying()).isEmpty();
    }

    @Test
    void aBucketThatIsNotThereIsSaid() {
        assertThat(fault(settings("elsewhere", S3Encryption.NONE, S3Server.CREDENTIALS)))
                .startsWith("bucket: The object store's bucket elsewhere at http://127.0.0.1")
                .endsWith("does not exist. Make it, or name another.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"key", "another"})
    void credentialsThatAreNotAcceptedAreSaidAndNotRepeated(String accessKey) {
        S3Credentials wrong = new S3Credentials(accessKey, "wrong-secret", null);
        assertThat(fault(settings("exports", S3Encryption.NONE, wrong)))
                .startsWith("credentials: ")
                .contains("does not accept the credentials")
                .doesNotContain("wrong-secret");
        assertThat(wrong.toString()).doesNotContain("wrong-secret");
    }

    @Test
    void aHostThatNobodyKnowsIsSaid() {
        S3Settings nowhere = new S3Settings(
                "exports",
                "",
                new S3Location(URI.create("http://nowhere.invalid:9000"), null, null, true),
                S3Encryption.NONE,
                S3Server.CREDENTIALS,
                S3Timeouts.USUAL);
        assertThat(fault(nowhere))
                .isEqualTo("endpoint: The object store's bucket exports at http://nowhere.invalid:9000 has a host name"
                        + " that cannot be resolved.");
    }

    @Test
    void everyPermissionThatIsMissingIsSaidAtOnce() throws Exception {
        try (S3FaultProxy wire = new S3FaultProxy(server.port())) {
            wire.answering("^GET .*[?&]list-type=2", 403, "AccessDenied")
                    .answering("^GET .*[?&]uploads", 403, "AccessDenied")
                    .answering("^GET .*/[0-9a-f]{40}", 403, "AccessDenied")
                    .answering("^DELETE", 403, "AccessDenied");
            assertThat(faults(S3Server.settings(wire.address())))
                    .extracting(SettingFault::setting)
                    .containsOnly("permissions");
            assertThat(faults(S3Server.settings(wire.address())).stream().map(SettingFault::sentence))
                    .satisfiesExactly(
                            f -> assertThat(f).contains("to list what is in it: s3:ListBucket is missing"),
                            f -> assertThat(f).contains("s3:ListBucketMultipartUploads is missing"),
                            f -> assertThat(f).contains("to read from it: s3:GetObject is missing"),
                            f -> assertThat(f).contains("to delete from it: s3:DeleteObject"));
        }
    }

    @Test
    void aBucketThatKeepsFormerVersionsIsRefused() {
        server.store().putBucketVersioning("exports", BucketVersioningStatus.ENABLED);
        assertThat(fault(server.settings()))
                .startsWith("bucket: ")
                .contains("a deleted archive would stay in it. Suspend its versioning");
        server.store().putBucketVersioning("exports", BucketVersioningStatus.SUSPENDED);
        assertThat(faults(server.settings())).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(names = {"AES256", "KMS"})
    void objectsAreEncryptedAsAsked(S3Encryption.EncryptionKind kind) {
        String keyId = kind == S3Encryption.EncryptionKind.KMS ? "arn:aws:kms:eu-central-1:1:key/x" : null;
        S3Settings encrypted = settings("exports", new S3Encryption(kind, keyId), S3Server.CREDENTIALS);
        assertThat(faults(encrypted)).isEmpty();
        try (S3Archives archives = S3Archives.of(encrypted)) {
            for (int size : new int[] {10, MultipartSink.PART + 1}) {
                ArchiveName name = ArchiveName.random(new SecureRandom());
                archives.put(name, out -> out.write(new byte[size]));
                var stored = server.store().blobMetadata("exports", name.text());
                assertThat(stored.serverSideEncryption())
                        .isEqualTo(
                                kind == S3Encryption.EncryptionKind.KMS
                                        ? ServerSideEncryption.AWS_KMS
                                        : ServerSideEncryption.AES256);
                assertThat(stored.ssekmsKeyId()).isEqualTo(keyId);
            }
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    exports          | exports/shop | https://s3.example.org      | eu-central-1 |
                    exports          | ''           |                             | eu-central-1 |
                    my.bucket_1      | a/b.c/       | http://localhost:9000/      |              |
                    x                | ''           | https://s3.example.org      |              | bucket
                    ../etc           | ''           | https://s3.example.org      |              | bucket
                    exports          | /shop        | https://s3.example.org      |              | prefix
                    exports          | a/../b       | https://s3.example.org      |              | prefix
                    exports          | a//b         | https://s3.example.org      |              | prefix
                    exports          | a b          | https://s3.example.org      |              | prefix
                    exports          | ''           | s3.example.org              |              | endpoint
                    exports          | ''           | ftp://s3.example.org        |              | endpoint
                    exports          | ''           | https://s3.example.org/path |              | endpoint
                    exports          | ''           | https://a:secret@example.org |             | endpoint
                    exports          | ''           | https://s3.example.org      | eu central   | region
                    """)
    void settingsThatCannotBeRightAreNamed(
            String bucket, String prefix, @Nullable URI endpoint, @Nullable String region, @Nullable String setting) {
        S3Settings settings = new S3Settings(
                bucket,
                prefix,
                new S3Location(endpoint, null, region, true),
                S3Encryption.NONE,
                null,
                S3Timeouts.USUAL);
        List<SettingFault> faults = settings.faults();
        if (setting == null) {
            assertThat(faults).isEmpty();
            S3Archives.of(settings).close();
        } else {
            assertThat(faults).singleElement().satisfies(f -> {
                assertThat(f.setting()).isEqualTo(setting);
                assertThat(f.sentence()).doesNotContain("secret");
            });
        }
    }

    @Test
    void everyFaultIsSaidAtOnce() {
        S3Settings wrong = new S3Settings(
                "?",
                "?",
                new S3Location(URI.create("x"), URI.create("y"), "?", true),
                new S3Encryption(S3Encryption.EncryptionKind.AES256, "key"),
                new S3Credentials("only", " ", null),
                new S3Timeouts(Duration.ZERO, Duration.ofSeconds(1), Duration.ofSeconds(1)));
        assertThat(wrong.faults())
                .extracting(SettingFault::setting)
                .containsExactly(
                        "bucket", "prefix", "endpoint", "downloads", "region", "encryption", "credentials", "timeouts");
        assertThatThrownBy(() -> S3Archives.of(wrong))
                .isInstanceOf(ExeuntException.class)
                .hasMessageContaining("bucket: \"?\" is no bucket's name")
                .hasMessageContaining("timeouts: PT0S");
    }
}
