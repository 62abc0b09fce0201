package dev.exeunt.archive.s3;

import dev.exeunt.archive.ArchiveException;
import dev.exeunt.archive.ArchiveException.Why;
import dev.exeunt.archive.SettingFault;
import dev.exeunt.archive.internal.Storing;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import javax.net.ssl.SSLException;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.ApiCallAttemptTimeoutException;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * Why a store did not do what it was asked, for people: told by its error codes and by Java's classes, never by its words.
 *
 * @param setting which of the settings is most likely to blame
 */
record StoreFailure(String setting, Why why, String sentence) {

    /** @param settings of which the message shows where the store is */
    static StoreFailure of(SdkException e, S3Settings settings, Act act) {
        Store store = new Store(settings.shown(), act);
        return e instanceof AwsServiceException said ? answered(said, store) : silent(e, store);
    }

    ArchiveException exception() {
        return new ArchiveException(why, sentence);
    }

    SettingFault fault() {
        return new SettingFault(setting, sentence);
    }

    /** Others may be allowed: it is worth asking for them as well. */
    boolean isDenied() {
        return setting.equals("permissions");
    }

    private static StoreFailure answered(AwsServiceException e, Store store) {
        AwsErrorDetails details = e.awsErrorDetails();
        String code = details == null || details.errorCode() == null ? "" : details.errorCode();
        if (code.startsWith("KMS.")) {
            return store.refused("encryption", "cannot use the encryption key (" + code + "). Name one it may use.");
        }
        return switch (code) {
            case "NoSuchBucket" -> store.refused("bucket", "does not exist. Make it, or name another.");
            case "NoSuchKey" -> store.says("bucket", Why.ABSENT, "has nothing stored under that name.");
            case "InvalidRange" -> store.says("bucket", Why.DAMAGED, "holds less than was stored.");
            case "NoSuchUpload" ->
                store.says(
                        "bucket",
                        Why.LOST,
                        "no longer has what was being archived: whoever took the work over deleted it, or a rule of the store.");
            case "InvalidAccessKeyId",
                    "SignatureDoesNotMatch",
                    "InvalidToken",
                    "ExpiredToken",
                    "TokenRefreshRequired" ->
                store.refused("credentials", "does not accept the credentials (" + code + "). Give others.");
            case "RequestTimeTooSkewed" ->
                store.refused("credentials", "has another time than this machine. Set the clock of either.");
            case "PermanentRedirect", "AuthorizationHeaderMalformed", "IllegalLocationConstraintException" ->
                store.refused("region", "is in another region (" + code + "). Name that one.");
            case "QuotaExceeded", "XMinioStorageFull", "XMinioAdminBucketQuotaExceeded", "InsufficientCapacity" ->
                store.full();
            case "NotImplemented" -> store.refused("endpoint", "does not know how to do this. Is it a store for S3?");
            default -> byStatus(e.statusCode(), code, store);
        };
    }

    /** Answers to HEAD have no code. */
    private static StoreFailure byStatus(int status, String code, Store store) {
        return switch (status) {
            case 301, 307 -> store.refused("region", "is in another region. Name that one.");
            case 403 ->
                store.refused(
                        "permissions",
                        "may not be used to " + store.act().words() + " it: "
                                + store.act().permission() + " is missing.");
            case 404 -> store.says("bucket", Why.ABSENT, "has nothing stored under that name.");
            case 507 -> store.full();
            case 408, 429, 500, 502, 503, 504 ->
                store.says("endpoint", Why.UNREACHABLE, "cannot at the moment (" + status + ").");
            default -> store.refused("endpoint", "refused (" + status + (code.isEmpty() ? "" : " " + code) + ").");
        };
    }

    private static StoreFailure silent(SdkException e, Store store) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof AbortedException || cause instanceof InterruptedException) {
                return new StoreFailure("bucket", Why.INTERRUPTED, Storing.INTERRUPTED);
            }
            if (cause instanceof UnknownHostException) {
                return store.unreachable("has a host whose name nobody knows.");
            }
            if (cause instanceof SSLException) {
                return store.unreachable("does not prove to be itself: its certificate is not accepted.");
            }
            if (cause instanceof ConnectException || cause instanceof NoRouteToHostException) {
                return store.unreachable("takes no connection.");
            }
            if (cause instanceof SocketTimeoutException
                    || cause instanceof ApiCallAttemptTimeoutException
                    || cause instanceof ApiCallTimeoutException) {
                return store.unreachable("takes too long to answer.");
            }
        }
        return store.unreachable("cannot be spoken to.");
    }

    /** What the sentences are about. */
    private record Store(String shown, Act act) {

        StoreFailure says(String setting, Why why, String what) {
            return new StoreFailure(setting, why, "The object store's " + shown + " " + what);
        }

        StoreFailure refused(String setting, String what) {
            return says(setting, Why.REFUSED, what);
        }

        StoreFailure unreachable(String what) {
            return says("endpoint", Why.UNREACHABLE, what);
        }

        StoreFailure full() {
            return says("bucket", Why.FULL, "has no space left. Nothing was kept. Make room there.");
        }
    }
}
