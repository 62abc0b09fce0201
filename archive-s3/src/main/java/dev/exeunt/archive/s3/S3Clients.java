package dev.exeunt.archive.s3;

import dev.exeunt.ExeuntException;
import dev.exeunt.archive.Archives.SettingFault;
import dev.exeunt.archive.s3.S3Settings.S3Credentials;
import dev.exeunt.archive.s3.S3Settings.S3Location;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.regions.providers.DefaultAwsRegionProviderChain;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3Configuration;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;
import software.amazon.awssdk.utils.SdkAutoCloseable;

/**
 * The SDK, set up so that every store understands it: no chunked signatures, no checksums in trailers, no waiting for a
 * "continue". Each part is sent with its MD5 instead, which all of them check.
 */
record S3Clients(S3Client client, S3Presigner presigner, AwsCredentialsProvider credentials)
        implements SdkAutoCloseable {

    private static final int ATTEMPTS = 3;

    /**
     * Checks the settings first.
     *
     * @param withoutRegion what to say where no region is named anywhere
     * @throws ExeuntException with all {@link S3Settings#faults}, or where no region is named
     */
    static S3Clients checked(S3Settings settings, String withoutRegion) {
        List<SettingFault> faults = settings.faults();
        if (!faults.isEmpty()) {
            throw new ExeuntException(
                    faults.stream().map(SettingFault::toString).collect(Collectors.joining("\n")));
        }
        try {
            return of(settings);
        } catch (SdkClientException e) {
            throw new ExeuntException(withoutRegion);
        }
    }

    /** @throws SdkClientException where no region can be found */
    static S3Clients of(S3Settings settings) {
        S3Location place = settings.place();
        Region region = region(place);
        AwsCredentialsProvider credentials = credentials(settings.credentials());
        S3Configuration configuration = S3Configuration.builder()
                .pathStyleAccessEnabled(place.pathStyle())
                .chunkedEncodingEnabled(false)
                .expectContinueEnabled(false)
                .build();
        S3Client client = S3Client.builder()
                .endpointOverride(place.endpoint())
                .region(region)
                .credentialsProvider(credentials)
                .serviceConfiguration(configuration)
                .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
                .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED)
                .httpClientBuilder(UrlConnectionHttpClient.builder()
                        .connectionTimeout(settings.timeouts().connect())
                        .socketTimeout(settings.timeouts().read()))
                .overrideConfiguration(patience(settings))
                .build();
        S3Presigner presigner = S3Presigner.builder()
                .endpointOverride(place.downloads() == null ? place.endpoint() : place.downloads())
                .region(region)
                .credentialsProvider(credentials)
                .serviceConfiguration(configuration)
                .build();
        return new S3Clients(client, presigner, credentials);
    }

    private static ClientOverrideConfiguration patience(S3Settings settings) {
        return ClientOverrideConfiguration.builder()
                .apiCallAttemptTimeout(settings.timeouts().request())
                .retryStrategy(AwsRetryStrategy.standardRetryStrategy().toBuilder()
                        .maxAttempts(ATTEMPTS)
                        .build())
                .build();
    }

    /** Signatures name a region; stores that have none accept the oldest. */
    private static Region region(S3Location place) {
        if (place.region() != null) {
            return Region.of(place.region());
        }
        return place.endpoint() != null
                ? Region.US_EAST_1
                : Objects.requireNonNull(
                        DefaultAwsRegionProviderChain.builder().build().getRegion());
    }

    private static AwsCredentialsProvider credentials(@Nullable S3Credentials given) {
        if (given == null) {
            return DefaultCredentialsProvider.builder().build();
        }
        return StaticCredentialsProvider.create(
                given.sessionToken() == null
                        ? AwsBasicCredentials.create(given.accessKey(), given.secretKey())
                        : AwsSessionCredentials.create(given.accessKey(), given.secretKey(), given.sessionToken()));
    }

    @Override
    public void close() {
        presigner.close();
        client.close();
        if (credentials instanceof SdkAutoCloseable closeable) {
            closeable.close();
        }
    }
}
