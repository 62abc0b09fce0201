package dev.exeunt.spring;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import dev.exeunt.spring.TestBrowser.Reader;
import jakarta.mail.internet.MimeMessage;
import java.nio.file.Path;
import java.util.List;

/** Keeps a picture of each message as a mail program shows it, with {@code -Dexeunt.screenshots=DIRECTORY}, and else does nothing. */
final class MailPictures {

    private static final List<Reader> READERS =
            List.of(new Reader("en-GB", false, 390), new Reader("en-GB", true, 390), new Reader("en-GB", false, 1000));

    private MailPictures() {}

    static void keep(MailHost host, List<MimeMessage> messages) throws Exception {
        String directory = System.getProperty("exeunt.screenshots");
        if (directory == null) {
            return;
        }
        try (TestBrowser browser = TestBrowser.start()) {
            for (Reader reader : READERS) {
                try (BrowserContext context =
                        browser.context(reader, host.application().clock().instant())) {
                    Page page = context.newPage();
                    for (MimeMessage message : messages) {
                        page.setContent(MailHost.part(message, "text/html"));
                        page.screenshot(new Page.ScreenshotOptions()
                                .setPath(Path.of(directory, name(host, message, reader) + ".png"))
                                .setFullPage(true));
                    }
                }
            }
        }
    }

    private static String name(MailHost host, MimeMessage message, Reader reader) throws Exception {
        String id = message.getMessageID().replaceFirst("<(.*)@.*", "$1");
        List<String> kind = host.database()
                .column(
                        "SELECT m.kind || '-' || r.kind FROM exeunt.message AS m JOIN exeunt.request AS r ON r.id = m.request"
                                + " WHERE m.id = '" + id + "'");
        return String.join(
                "-",
                "mail",
                kind.isEmpty() ? "one-time-link" : kind.get(0),
                message.getContentLanguage()[0],
                reader.dark() ? "dark" : "light",
                Integer.toString(reader.width()));
    }
}
