package dev.exeunt.spring.mail;

import dev.exeunt.map.AccountFlow;
import dev.exeunt.request.Request;
import dev.exeunt.support.event.OpenAnswers;
import dev.exeunt.support.message.MessageKind;
import dev.exeunt.support.message.OutgoingLink;
import dev.exeunt.support.message.OutgoingMessage;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.web.util.HtmlUtils;

/** Fills the texts of a message: with a date, a link and the name of the site. Nothing of the person's data stands in a message. */
final class MailComposer {

    private static final Pattern PLACE = Pattern.compile("\\{(date|link|minutes|site|until)}");

    /** No colours of its own: the mail program takes those of the light or the dark scheme. A long link breaks on a phone. */
    private static final String DOCUMENT = """
            <!DOCTYPE html>
            <html lang="%s" dir="%s" style="color-scheme: light dark">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="color-scheme" content="light dark">
            <meta name="supported-color-schemes" content="light dark">
            <title>%s</title>
            </head>
            <body style="margin: 0">
            <div style="max-width: 36em; margin: 0 auto; padding: 1em 1.25em; font: 1em/1.5 sans-serif; overflow-wrap: anywhere; word-break: break-word">
            %s
            </div>
            </body>
            </html>
            """;

    private final MailTexts texts;
    private final URI baseUrl;
    private final Function<Request, String> receiptSecret;
    private final Function<Request, OpenAnswers> openAnswers;

    /**
     * @param baseUrl the public address of the calls and the page
     * @param receiptSecret makes the secret part of a receipt's link
     * @param openAnswers says which systems still have to answer about the erasure of a request
     */
    MailComposer(
            MailTexts texts,
            URI baseUrl,
            Function<Request, String> receiptSecret,
            Function<Request, OpenAnswers> openAnswers) {
        this.texts = texts;
        this.baseUrl = baseUrl;
        this.receiptSecret = receiptSecret;
        this.openAnswers = openAnswers;
    }

    ComposedMail compose(OutgoingMessage message) {
        String language = known(message.language());
        Request request = message.request();
        AccountFlow flow = request == null ? null : request.flow();
        Instant until = message.kind() == MessageKind.DONE
                ? openAnswers.apply(Objects.requireNonNull(request)).until()
                : null;
        String body = texts.body(language, message.kind(), flow);
        return composed(
                language,
                texts.subject(language, message.kind(), flow),
                until == null ? body : afterFirst(body, texts.otherSystems(language)),
                Map.of(
                        "site", site(),
                        "link", link(message),
                        "date", date(message, language),
                        "until", date(until, Locale.forLanguageTag(language))));
    }

    /** Returns the text with one more paragraph behind its first. */
    private static String afterFirst(String body, String paragraph) {
        int end = body.indexOf("\n\n");
        return end < 0 ? body + "\n\n" + paragraph : body.substring(0, end) + "\n\n" + paragraph + body.substring(end);
    }

    /**
     * The message with a one-time link. The secret stands behind the #, which no server and no log sees.
     *
     * @param valid how long the link works
     */
    ComposedMail compose(OutgoingLink link, Duration valid) {
        String language = known(link.language());
        return composed(
                language,
                texts.linkSubject(language),
                texts.linkBody(language),
                Map.of(
                        "site",
                        site(),
                        "link",
                        baseUrl + "/page#enter=" + link.token(),
                        "minutes",
                        Long.toString(valid.toMinutes())));
    }

    private String known(String language) {
        return texts.languages().contains(language)
                ? language
                : texts.languages().get(0);
    }

    private String site() {
        return Objects.requireNonNull(baseUrl.getHost());
    }

    private ComposedMail composed(String language, String subject, String body, Map<String, String> values) {
        String filled = fill(subject, values);
        return new ComposedMail(
                language,
                filled,
                fill(body, values) + "\n",
                DOCUMENT.formatted(
                        language, texts.isRightToLeft(language) ? "rtl" : "ltr", escaped(filled), html(body, values)));
    }

    private String link(OutgoingMessage message) {
        Request request = message.request();
        return switch (message.kind()) {
            case DONE -> baseUrl + "/receipt/" + receiptSecret.apply(Objects.requireNonNull(request));
            case EXPORT_READY, SCHEDULED, REMINDER -> baseUrl.toString();
        };
    }

    private static String date(OutgoingMessage message, String language) {
        Request request = message.request();
        Instant moment = switch (message.kind()) {
            case EXPORT_READY -> message.expiresAt();
            case SCHEDULED, REMINDER -> Objects.requireNonNull(request).dueAt();
            case DONE -> Objects.requireNonNull(request).erasedAt();
        };
        return date(moment, Locale.forLanguageTag(language));
    }

    /** The person's time zone is not known. */
    private static String date(@Nullable Instant moment, Locale locale) {
        return moment == null
                ? ""
                : DateTimeFormatter.ofLocalizedDate(FormatStyle.LONG)
                                .withLocale(locale)
                                .format(moment.atOffset(ZoneOffset.UTC))
                        + DateTimeFormatter.ofPattern(", HH:mm 'UTC'", Locale.ROOT)
                                .format(moment.atOffset(ZoneOffset.UTC));
    }

    private static String html(String body, Map<String, String> values) {
        return Arrays.stream(body.split("\n\\s*\n"))
                .map(paragraph -> "<p>" + htmlParagraph(paragraph, values) + "</p>")
                .collect(Collectors.joining("\n"));
    }

    /** The places hold no character that the escape of the text around them would change. */
    private static String htmlParagraph(String paragraph, Map<String, String> values) {
        String link = escaped(Objects.requireNonNull(values.get("link")));
        Map<String, String> marked = new HashMap<>();
        values.forEach((name, value) -> marked.put(name, "<bdi>" + escaped(value) + "</bdi>"));
        marked.put("link", "<a href=\"" + link + "\">" + link + "</a>");
        return fill(escaped(paragraph).replace("\n", "<br>\n"), marked);
    }

    private static String fill(String text, Map<String, String> values) {
        return PLACE.matcher(text)
                .replaceAll(found -> Matcher.quoteReplacement(Objects.requireNonNull(values.get(found.group(1)))));
    }

    private static String escaped(String text) {
        return HtmlUtils.htmlEscape(text, "UTF-8");
    }
}
