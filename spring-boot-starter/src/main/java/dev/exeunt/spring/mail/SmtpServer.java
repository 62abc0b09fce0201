package dev.exeunt.spring.mail;

import dev.exeunt.spring.mail.MailFailure.Cause;
import dev.exeunt.spring.settings.ExeuntSettings.SecretValue;
import dev.exeunt.spring.settings.MailSettings;
import dev.exeunt.spring.settings.MailSettings.Encryption;
import jakarta.mail.Address;
import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.UUID;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;
import org.eclipse.angus.mail.util.MailConnectException;
import org.jspecify.annotations.Nullable;

/** Hands messages over to a mail server by SMTP, each on a connection of its own. */
final class SmtpServer {

    private static final String CONNECT_MILLIS = "10000";
    private static final String READ_MILLIS = "30000";

    /** Faults of the connection, the most telling first. */
    private static final Map<Class<?>, String> WORDS = new LinkedHashMap<>();

    static {
        WORDS.put(AuthenticationFailedException.class, "sign-in");
        WORDS.put(SSLException.class, "tls");
        WORDS.put(SocketTimeoutException.class, "timeout");
        WORDS.put(MailConnectException.class, "unreachable");
    }

    private final MailSettings settings;
    private final Session session;

    SmtpServer(MailSettings settings) {
        this.settings = settings;
        this.session = Session.getInstance(properties(settings));
    }

    private static Properties properties(MailSettings settings) {
        boolean startTls = settings.encryption() == Encryption.STARTTLS;
        Properties properties = new Properties();
        properties.setProperty("mail.smtp.connectiontimeout", CONNECT_MILLIS);
        properties.setProperty("mail.smtp.timeout", READ_MILLIS);
        properties.setProperty("mail.smtp.writetimeout", READ_MILLIS);
        properties.setProperty("mail.smtp.starttls.enable", Boolean.toString(startTls));
        properties.setProperty("mail.smtp.starttls.required", Boolean.toString(startTls));
        properties.setProperty("mail.smtp.ssl.enable", Boolean.toString(settings.encryption() == Encryption.TLS));
        properties.setProperty("mail.smtp.ssl.checkserveridentity", "true");
        properties.setProperty("mail.smtp.auth", Boolean.toString(settings.user() != null));
        return properties;
    }

    /**
     * Sends a message to one address.
     *
     * @param id the same at each attempt, so that mail servers can recognize a message that they already have
     * @return why it was not sent; empty where the mail server has taken it
     */
    Optional<MailFailure> send(UUID id, String address, ComposedMail mail, Instant now) {
        try {
            MimeMessage message = message(id, address, mail, now);
            try (Transport transport = session.getTransport("smtp")) {
                transport.connect(settings.host(), settings.port(), settings.user(), password());
                transport.sendMessage(message, message.getAllRecipients());
            }
            return Optional.empty();
        } catch (MessagingException e) {
            return Optional.of(failure(e));
        }
    }

    private @Nullable String password() {
        SecretValue password = settings.password();
        return password == null ? null : password.value();
    }

    private MimeMessage message(UUID id, String address, ComposedMail mail, Instant now) throws MessagingException {
        String messageId = "<" + id + "@" + settings.baseUrl().getHost() + ">";
        MimeMessage message = new MimeMessage(session) {
            @Override
            protected void updateMessageID() throws MessagingException {
                setHeader("Message-ID", messageId);
            }
        };
        message.setFrom(new InternetAddress(settings.from(), true));
        message.setRecipients(MimeMessage.RecipientType.TO, new Address[] {new InternetAddress(address, true)});
        message.setSubject(mail.subject(), StandardCharsets.UTF_8.name());
        message.setSentDate(Date.from(now));
        message.setHeader("Auto-Submitted", "auto-generated"); // RFC 3834: no automatic answers
        message.setContentLanguage(new String[] {mail.language()});
        MimeBodyPart text = new MimeBodyPart();
        text.setText(mail.text(), StandardCharsets.UTF_8.name());
        MimeBodyPart html = new MimeBodyPart();
        html.setText(mail.html(), StandardCharsets.UTF_8.name(), "html");
        message.setContent(new MimeMultipart("alternative", text, html));
        message.saveChanges();
        return message;
    }

    /** The library's own text is left out everywhere: it quotes the address. */
    private static MailFailure failure(MessagingException e) {
        List<Throwable> chain = chain(e);
        Optional<SMTPAddressFailedException> refused = first(chain, SMTPAddressFailedException.class);
        if (refused.isPresent()) {
            return new MailFailure(Integer.toString(refused.get().getReturnCode()), cause(refused.get()));
        }
        Optional<SMTPSendFailedException> unsent = first(chain, SMTPSendFailedException.class);
        if (unsent.isPresent()) {
            boolean sender = String.valueOf(unsent.get().getCommand()).startsWith("MAIL");
            return new MailFailure(
                    Integer.toString(unsent.get().getReturnCode()), sender ? Cause.SERVER : Cause.MESSAGE);
        }
        String word = WORDS.entrySet().stream()
                .filter(known -> first(chain, known.getKey()).isPresent())
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse("protocol");
        return new MailFailure(word, Cause.SERVER);
    }

    private static <T> Optional<T> first(List<Throwable> chain, Class<T> type) {
        return chain.stream().filter(type::isInstance).map(type::cast).findFirst();
    }

    /** A refusal by policy (RFC 3463, X.7.X) is mostly one of the sender, which other settings mend. */
    private static Cause cause(SMTPAddressFailedException refused) {
        boolean lasting = refused.getReturnCode() / 100 == 5
                && !String.valueOf(refused.getMessage()).matches("(?s)\\d{3}[ -]5\\.7\\..*");
        return lasting ? Cause.RECIPIENT : Cause.MESSAGE;
    }

    private static List<Throwable> chain(MessagingException first) {
        return Stream.<Throwable>iterate(
                        first,
                        each -> each != null,
                        each -> each instanceof MessagingException m && m.getNextException() != null
                                ? m.getNextException()
                                : each.getCause())
                .limit(20)
                .toList();
    }
}
