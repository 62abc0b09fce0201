package dev.exeunt.spring.external;

import dev.exeunt.spring.external.DeliveryOutcome.Failed;
import dev.exeunt.spring.external.DeliveryOutcome.Taken;
import dev.exeunt.spring.external.http.CallFailedException;
import dev.exeunt.spring.external.http.GuardedHttpClient;
import dev.exeunt.spring.external.http.GuardedHttpClient.CallLimits;
import dev.exeunt.spring.external.http.GuardedHttpClient.HttpAnswer;
import dev.exeunt.spring.settings.ExternalSystemSettings;
import dev.exeunt.support.event.OutgoingEvent;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Objects;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;

/** Sends events to the address of a system, signed. */
final class WebhookReceiver implements EventReceiver {

    private static final int MOST_BYTES = 16 * 1024;

    private final URI address;
    private final WebhookSignature signature;
    private final Clock clock;
    private final GuardedHttpClient client;

    WebhookReceiver(ExternalSystemSettings system, CallLimits time, Clock clock) {
        this.address = Objects.requireNonNull(system.url(), "the settings have an address");
        this.signature = new WebhookSignature(system.secrets());
        this.clock = clock;
        this.client = new GuardedHttpClient(system.name(), system.privateAddress(), time);
    }

    @Override
    public DeliveryOutcome deliver(OutgoingEvent event, String content) {
        byte[] body = content.getBytes(StandardCharsets.UTF_8);
        long now = clock.instant().getEpochSecond();
        String id = event.id().toString();
        HttpPost post = new HttpPost(address);
        post.setEntity(new ByteArrayEntity(body, ContentType.APPLICATION_JSON));
        post.setHeader("Accept", "application/json");
        post.setHeader(WebhookSignature.ID, id);
        post.setHeader(WebhookSignature.TIMESTAMP, Long.toString(now));
        post.setHeader(WebhookSignature.SIGNATURE, signature.sign(id, now, body));
        try {
            HttpAnswer answer = client.send(post, MOST_BYTES);
            if (!answer.isSuccess()) {
                return Failed.of(CallFailedException.ofStatus(answer.status()));
            }
            return new Taken(answer.body() == null ? null : AnswerJson.read(answer.body()));
        } catch (CallFailedException e) {
            return Failed.of(e);
        }
    }

    @Override
    public void close() {
        client.close();
    }
}
