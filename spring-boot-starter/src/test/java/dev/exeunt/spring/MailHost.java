package dev.exeunt.spring;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import dev.exeunt.Exeunt;
import dev.exeunt.map.AccountFlow;
import dev.exeunt.map.DataMap;
import dev.exeunt.request.AccountRequests;
import dev.exeunt.request.NewRequest;
import dev.exeunt.spring.mail.LinkDelivery;
import dev.exeunt.spring.mail.MailDelivery;
import dev.exeunt.testkit.TestDatabase;
import jakarta.mail.BodyPart;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/** Runs an application that sends messages, and the mail server that takes them. */
final class MailHost implements AutoCloseable {

    /** People with addresses and languages. A deletion of the account hides the address at once. */
    static final String SAMPLE = Path.of("src/test/resources/dev/exeunt/spring/mail")
            .toAbsolutePath()
            .toString();

    static final String BASE = "https://shop.example/account";

    private GreenMail server = listening(0);
    private final int port = server.getSmtp().getPort();
    private final SpringTestApplication application;

    private MailHost(Map<String, String> settings) {
        Map<String, String> all = new HashMap<>(Map.of(
                "exeunt.mail.host", "127.0.0.1",
                "exeunt.mail.port", Integer.toString(port),
                "exeunt.mail.encryption", "none",
                "exeunt.mail.from", "Shop <privacy@shop.example>",
                "exeunt.mail.base-url", BASE,
                "exeunt.mail.column", "address",
                "exeunt.mail.language-column", "locale",
                "exeunt.worker.enabled", "false",
                "exeunt.recent-sign-in", "off"));
        all.putAll(settings);
        all.values().removeIf(String::isEmpty);
        try {
            application = SpringTestApplication.of(SAMPLE, all);
        } catch (RuntimeException e) {
            server.stop();
            throw e;
        }
    }

    static MailHost start() {
        return start(Map.of());
    }

    /** @param settings besides or instead of the usual ones; an empty one takes a usual one away */
    static MailHost start(Map<String, String> settings) {
        return new MailHost(settings);
    }

    SpringTestApplication application() {
        return application;
    }

    TestDatabase database() {
        return application.database();
    }

    private static GreenMail listening(int port) {
        GreenMail server = new GreenMail(new ServerSetup(port, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
        server.start();
        return server;
    }

    void stopServer() {
        server.stop();
    }

    /** Starts another mail server at the address of the one that was stopped. */
    void startServer() {
        server = listening(port);
    }

    /** Sends what is due, as the worker does. */
    int deliver() {
        return application.bean(MailDelivery.class).deliverDue("worker-1");
    }

    /** Sends the one-time links that were asked for, as the worker does. */
    int deliverLinks() {
        return application.bean(LinkDelivery.class).deliverDue("worker-1");
    }

    /** Asks for a one-time link, as a person who is not signed in. */
    HttpAnswer askForLink(String identifier) {
        String json = JsonMapper.shared().writeValueAsString(Map.of("identifier", identifier));
        return application.send("POST", "/account/link", null, json, "Accept-Language", "en");
    }

    /** The secret of the one-time link in the last message. */
    String token() {
        String link = part(last(), "text/plain")
                .lines()
                .filter(line -> line.startsWith(BASE))
                .findFirst()
                .orElseThrow();
        return link.substring((BASE + "/page#enter=").length());
    }

    void advance(Duration by) {
        application.clock().advance(by);
    }

    int eraseDue() {
        return application.bean(AccountRequests.class).eraseDue("reaper-1").erased();
    }

    /** Submits a request over HTTP, in a language. */
    HttpAnswer ask(String call, String person, String json, String language) {
        return application.send(
                "POST", "/account/" + call, application.token(person), json, "Accept-Language", language);
    }

    /** Submits a deletion of the account past the calls, as a command does. */
    void askElsewhere(String person) {
        application
                .bean(Exeunt.class)
                .requests(application.bean(DataMap.class))
                .submit(NewRequest.self(AccountFlow.DELETE_ACCOUNT, person));
    }

    void setAddress(String person, String address) {
        try (PreparedStatement update =
                database().connection().prepareStatement("UPDATE person SET address = ? WHERE id = ?")) {
            update.setString(1, address);
            update.setLong(2, Long.parseLong(person));
            update.executeUpdate();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The addresses that are kept for messages. */
    List<String> addresses() {
        return database().column("SELECT address FROM exeunt.message WHERE address IS NOT NULL ORDER BY address");
    }

    /** The messages that the mail server has taken since it was emptied, the first one first. */
    List<MimeMessage> received() {
        return List.of(server.getReceivedMessages());
    }

    /** The last message that the mail server has taken. */
    MimeMessage last() {
        List<MimeMessage> all = received();
        return all.get(all.size() - 1);
    }

    static String subject(MimeMessage message) {
        try {
            return message.getSubject();
        } catch (MessagingException e) {
            throw new IllegalStateException(e);
        }
    }

    static String recipient(MimeMessage message) {
        try {
            return message.getAllRecipients()[0].toString();
        } catch (MessagingException e) {
            throw new IllegalStateException(e);
        }
    }

    /** @param type {@code text/plain} or {@code text/html} */
    static String part(MimeMessage message, String type) {
        try {
            MimeMultipart parts = (MimeMultipart) message.getContent();
            for (int i = 0; i < parts.getCount(); i++) {
                BodyPart part = parts.getBodyPart(i);
                if (part.isMimeType(type)) {
                    return (String) part.getContent();
                }
            }
            throw new AssertionError("no part of type " + type);
        } catch (MessagingException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        application.close();
        server.stop();
    }
}
