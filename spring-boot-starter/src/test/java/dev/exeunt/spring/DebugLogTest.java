package dev.exeunt.spring;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.filter.ThresholdFilter;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.core.AppenderBase;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** At DEBUG, no line tells whom a call is about, nor what opens anything. */
class DebugLogTest {

    private static final SpringTestApplication HOST =
            SpringTestApplication.of("workspace-suite", Map.of("logging.level.root", "DEBUG"));

    private static final String MIRA = "usr_mira00000000001";
    private static final String LONE = "usr_lone00000000009";
    private static final String NOOR = "usr_noor00000000002";

    /** Everything that is logged, with what its exceptions say. */
    private static final class Lines extends AppenderBase<ILoggingEvent> {
        private final Queue<String> lines = new ConcurrentLinkedQueue<>();

        @Override
        protected void append(ILoggingEvent event) {
            StringBuilder line = new StringBuilder(event.getLoggerName() + " " + event.getFormattedMessage());
            for (IThrowableProxy t = event.getThrowableProxy(); t != null; t = t.getCause()) {
                line.append(' ').append(t.getMessage());
            }
            if (!event.getLoggerName().startsWith("jdk.")) { // the caller's own client
                lines.add(line.toString());
            }
        }
    }

    @AfterAll
    static void close() {
        HOST.close();
        ((LoggerContext) LoggerFactory.getILoggerFactory()).getLogger("ROOT").setLevel(Level.WARN);
    }

    @Test
    void noUrlWithAKeyATokenOrAReceiptIsLogged() {
        Logger root = ((LoggerContext) LoggerFactory.getILoggerFactory()).getLogger("ROOT");
        Lines lines = new Lines();
        lines.setContext(root.getLoggerContext());
        lines.start();
        root.addAppender(lines);
        ThresholdFilter quiet = new ThresholdFilter();
        quiet.setLevel("WARN");
        quiet.start();
        root.getAppender("console").addFilter(quiet);
        Map<String, String> secrets = new LinkedHashMap<>();
        try {
            calls(secrets);
        } finally {
            root.detachAppender(lines);
        }
        List<String> told = new ArrayList<>();
        secrets.forEach((name, secret) -> lines.lines.stream()
                .filter(line -> line.contains(secret))
                .forEach(line -> told.add(name + " in " + line.substring(0, Math.min(200, line.length())))));
        assertThat(told).isEmpty();
        assertThat(secrets).hasSize(11);
        assertThat(lines.lines)
                .as("others are still logged at DEBUG")
                .anyMatch(line -> line.startsWith("org.springframework.") && line.contains("/elsewhere"))
                .anyMatch(line -> line.startsWith("org.apache."));
    }

    private static void calls(Map<String, String> secrets) {
        String mira = HOST.token(MIRA);
        String admin = HOST.admin(NOOR);
        secrets.put("a person's key", MIRA);
        secrets.put("a member of the staff's key", NOOR);
        secrets.put("a person's token", mira);
        secrets.put("a staff token", admin);
        secrets.put("the application's credential", SpringTestApplication.SERVICE);
        HOST.get("/elsewhere", null);
        HOST.get("/account", mira);
        for (String path : List.of("/account/admin/", "/account/%61dmin/", "/account//admin/")) {
            HOST.get(path + MIRA, admin);
            HOST.get(path + MIRA.replace("_", "%5F"), admin);
        }
        HOST.post("/account/admin/" + MIRA + "/export", admin, "{\"reason\":\"a letter\"}");
        HOST.post("/account/admin/" + MIRA + "/nothing", admin, "{}");
        HOST.get("/gate/" + MIRA, SpringTestApplication.SERVICE);
        HOST.get("/gate?subject=" + MIRA, SpringTestApplication.SERVICE);
        HOST.get("/gate/" + MIRA, null);
        HOST.post("/account/export", mira, "{}");
        HttpAnswer ready =
                PollingLoop.until(() -> HOST.get("/account/export", mira), a -> "ready".equals(a.at("latest.state")));
        String location = HOST.get(ready.at("latest.download"), mira).header("Location");
        secrets.put("a download link", location.substring(location.lastIndexOf('/') + 1));
        HOST.get(location, null);
        HOST.get(location + "x", null);
        String entry = AttackerAccount.entry(HOST, MIRA);
        secrets.put("a hand-off link", entry);
        HttpAnswer entered = HOST.get("/account/enter?token=" + entry, null);
        String cookie = entered.header("Set-Cookie").split(";")[0];
        secrets.put("a session", cookie.substring(cookie.indexOf('=') + 1));
        HOST.send("GET", "/account/session", null, null, "Cookie", cookie);
        HOST.database().execute("INSERT INTO users (id, email) VALUES ('" + LONE + "', 'lone@suite.test')");
        HttpAnswer asked = HOST.post("/account/admin/" + LONE + "/deletion", admin, "{\"reason\":\"a letter\"}");
        String receipt = asked.at("receipt");
        secrets.put("another person's key", LONE);
        secrets.put("a receipt", receipt.substring(receipt.lastIndexOf('/') + 1));
        HOST.get(receipt, null);
        secrets.put("a token in a receipt's place", HOST.token(MIRA, Map.of(), Duration.ofDays(1)));
        HOST.get("/account/receipt/" + secrets.get("a token in a receipt's place"), null);
    }
}
