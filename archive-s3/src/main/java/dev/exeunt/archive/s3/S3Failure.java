package dev.exeunt.archive.s3;

import dev.exeunt.archive.ArchiveException;
import dev.exeunt.archive.ArchiveException.ArchiveFailureReason;
import dev.exeunt.archive.Archives.SettingFault;
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
 * Explains a failed request to the object store in one sentence, by error code and exception class.
 *
 * @param setting which of the settings is most likely to blame
 */
record S3Failure(String setting, ArchiveFailureReason why, String sentence) {

    /** @param settings the settings, of which the message names bucket and endpoint */
    static S3Failure of(SdkException e, S3Settings settings, S3Operation act) {
        FailedOperation store = new FailedOperation(settings.shown(), act);
        return e instanceof AwsServiceException said ? answered(said, store) : silent(e, store);
    }

    ArchiveException exception() {
        return new ArchiveException(why, sentence);
    }

    SettingFault fault() {
        return new SettingFault(setting, sentence);
    }

    /** Whether the permission is missing. Other operations may be allowed, so they are tried as well. */
    boolean isDenied() {
        return setting.equals("permissions");
    }

    private static S3Failure answered(AwsServiceException e, FailedOperation store) {
        AwsErrorDetails details = e.awsErrorDetails();
        String code = details == null || details.errorCode() == null ? "" : details.errorCode();
        if (code.startsWith("KMS.")) {
            return store.refused("encryption", "cannot use the encryption key (" + code + "). Name one it may use.");
        }
        return switch (code) {
            case "NoSuchBucket" -> store.refused("bucket", "does not exist. Make it, or name another.");
            case "NoSuchKey" ->
                store.says("bucket", ArchiveFailureReason.ABSENT, "has nothing stored under that name.");
            case "InvalidRange" -> store.says("bucket", ArchiveFailureReason.DAMAGED, "holds less than was stored.");
            case "NoSuchUpload" ->
                store.says(
                        "bucket",
                        ArchiveFailureReason.LOST,
                        "no longer has the unfinished archive: the worker that took the work over deleted it, or a rule of the store did.");
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

    /** Explains by the status: answers to HEAD have no error code. */
    private static S3Failure byStatus(int status, String code, FailedOperation store) {
        return switch (status) {
            case 301, 307 -> store.refused("region", "is in another region. Name that one.");
            case 403 ->
                store.refused(
                        "permissions",
                        "may not be used to " + store.act().words() + " it: "
                                + store.act().permission() + " is missing.");
            case 404 -> store.says("bucket", ArchiveFailureReason.ABSENT, "has nothing stored under that name.");
            case 507 -> store.full();
            case 408, 429, 500, 502, 503, 504 ->
                store.says("endpoint", ArchiveFailureReason.UNREACHABLE, "cannot at the moment (" + status + ").");
            default -> store.refused("endpoint", "refused (" + status + (code.isEmpty() ? "" : " " + code) + ").");
        };
    }

    private static S3Failure silent(SdkException e, FailedOperation store) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof AbortedException || cause instanceof InterruptedException) {
                return new S3Failure(
                        "bucket",
                        ArchiveFailureReason.INTERRUPTED,
                        String.valueOf(ArchiveException.interrupted().getMessage()));
            }
            if (cause instanceof UnknownHostException) {
                return store.unreachable("has a host name that cannot be resolved.");
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

    /** Names the object store and the operation that failed, for error sentences. */
    private record FailedOperation(String shown, S3Operation act) {

        S3Failure says(String setting, ArchiveFailureReason why, String what) {
            return new S3Failure(setting, why, "The object store's " + shown + " " + what);
        }

        S3Failure refused(String setting, String what) {
            return says(setting, ArchiveFailureReason.REFUSED, what);
        }

        S3Failure unreachable(String what) {
            return says("endpoint", ArchiveFailureReason.UNREACHABLE, what);
        }

        S3Failure full() {
            return says("bucket", ArchiveFailureReason.FULL, "has no space left. Nothing was kept. Make room there.");
        }
    }
}
