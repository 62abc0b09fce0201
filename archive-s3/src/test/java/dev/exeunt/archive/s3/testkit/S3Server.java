package dev.exeunt.archive.s3.testkit;

import dev.exeunt.archive.s3.S3Settings;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.gaul.s3proxy.blobstore.BlobStore;
import org.gaul.s3proxy.nio2blob.TransientNio2BlobStore;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;

/** A server for S3 in this JVM, which checks signatures, with one bucket. */
public final class S3Server implements AutoCloseable {

    public static final String BUCKET = "exports";
    public static final S3Settings.S3Credentials CREDENTIALS =
            new S3Settings.S3Credentials("key", "very-secret-indeed", null);

    private final BlobStore store;
    private final S3Proxy server;
    private int port;

    private S3Server(BlobStore store, int port) {
        this.store = store;
        this.server = S3Proxy.builder()
                .blobStore(store)
                .stopTimeout(0)
                .awsAuthentication(AuthenticationType.AWS_V4, CREDENTIALS.accessKey(), CREDENTIALS.secretKey())
                .endpoint(URI.create("http://127.0.0.1:" + port))
                .build();
    }

    /** In memory. */
    public static S3Server start() throws Exception {
        return start(new TransientNio2BlobStore());
    }

    public static S3Server start(BlobStore store) throws Exception {
        S3Server started = new S3Server(store, 0);
        store.createContainer(BUCKET);
        started.server.start();
        return started;
    }

    /** A server at the same port, with the same objects; this one has to be closed. */
    public S3Server again() throws Exception {
        S3Server started = new S3Server(store, port());
        started.server.start();
        return started;
    }

    public BlobStore store() {
        return store;
    }

    public int port() {
        port = port == 0 ? server.getPort() : port; // which a server that has stopped does not know any more
        return port;
    }

    /** Keys of objects, and of unfinished uploads with a plus before them; not what the server itself keeps beside those. */
    public List<String> lying() {
        List<String> objects = new ArrayList<>();
        String from = null;
        do {
            var page = store.list(ListObjectsV2Request.builder()
                    .bucket(BUCKET)
                    .continuationToken(from)
                    .build());
            page.contents().forEach(o -> objects.add(o.key()));
            from = page.nextContinuationToken();
        } while (from != null);
        objects.removeIf(key -> key.startsWith(".s3proxy-"));
        return Stream.concat(
                        objects.stream(),
                        store.listMultipartUploads(BUCKET).stream().map(u -> "+" + u.key()))
                .sorted()
                .toList();
    }

    public S3Settings settings() {
        return settings(URI.create("http://127.0.0.1:" + port()));
    }

    public static S3Settings settings(URI endpoint) {
        return new S3Settings(
                BUCKET,
                "shop",
                new S3Settings.S3Location(endpoint, null, null, true),
                S3Settings.S3Encryption.NONE,
                CREDENTIALS,
                S3Settings.S3Timeouts.USUAL);
    }

    @Override
    public void close() throws Exception {
        server.stop();
    }
}
