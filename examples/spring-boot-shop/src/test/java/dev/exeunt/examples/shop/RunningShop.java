package dev.exeunt.examples.shop;

import dev.exeunt.testkit.SettableClock;
import dev.exeunt.testkit.TestDatabase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;

/** Runs the shop on an empty database, which Flyway fills, with a clock that a test sets. */
final class RunningShop implements AutoCloseable {

    private static final Pattern FORM_TOKEN = Pattern.compile("name=\"_csrf\"[^>]*value=\"([^\"]+)\"");

    final TestDatabase rows = TestDatabase.create();
    final SettableClock clock = new SettableClock(Instant.parse("2026-05-04T03:02:01Z"));
    private final ConfigurableApplicationContext context;

    RunningShop(Path archives) {
        this.context = new SpringApplicationBuilder(ShopApplication.class)
                .initializers((ApplicationContextInitializer<GenericApplicationContext>)
                        beans -> beans.registerBean("exeuntClock", Clock.class, () -> clock))
                .run(
                        "--server.port=0",
                        "--server.address=127.0.0.1",
                        "--spring.datasource.url=" + rows.jdbcUrl(),
                        "--spring.datasource.username=" + rows.user(),
                        "--spring.datasource.password=" + rows.password(),
                        "--exeunt.key=8899aabbccddeeff00112233445566778899aabbccddeeff0011223344556677",
                        "--exeunt.jwt.secret=a secret of the shop that is long enough",
                        "--exeunt.archive.directory=" + archives,
                        "--exeunt.worker.enabled=false");
    }

    <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    /** Returns the beans that Spring must make before this one. */
    List<String> beansBefore(String bean) {
        String[] before = context.getBeanFactory().getBeanDefinition(bean).getDependsOn();
        return before == null ? List.of() : List.of(before);
    }

    /** Opens a browser of its own, without a session. */
    Browser browser() {
        return new Browser("http://127.0.0.1:" + context.getEnvironment().getRequiredProperty("local.server.port"));
    }

    @Override
    public void close() {
        context.close();
        rows.close();
    }

    /** Sends requests with the cookies that it was given, as a browser does. */
    static final class Browser {
        private final HttpClient http = HttpClient.newBuilder()
                .cookieHandler(new CookieManager())
                .followRedirects(HttpClient.Redirect.NORMAL)
                .build();
        private final String address;

        private Browser(String address) {
            this.address = address;
        }

        /** Fills the login form in, and returns the page that follows. */
        String signIn(String email, String password) {
            return submit("/login", "username=" + encoded(email) + "&password=" + encoded(password) + "&");
        }

        /** Submits a form with the token that protects it. */
        String submit(String path, String fields) {
            Matcher token = FORM_TOKEN.matcher(send(HttpRequest.newBuilder(URI.create(address + "/login"))));
            if (!token.find()) {
                throw new IllegalStateException("The login page has no token.");
            }
            return send(HttpRequest.newBuilder(URI.create(address + path))
                    .header("Content-Type", "application/x-www-form-urlencoded")
                    .POST(HttpRequest.BodyPublishers.ofString(fields + "_csrf=" + encoded(token.group(1)))));
        }

        private String send(HttpRequest.Builder request) {
            try {
                return http.send(request.build(), HttpResponse.BodyHandlers.ofString())
                        .body();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }

        private static String encoded(String text) {
            return URLEncoder.encode(text, StandardCharsets.UTF_8);
        }
    }
}
