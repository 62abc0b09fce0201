package dev.exeunt.spring.web.page;

import dev.exeunt.spring.settings.ExeuntSettings;
import dev.exeunt.spring.signin.CallAccess;
import dev.exeunt.spring.signin.CallAccess.CallerKind;
import dev.exeunt.spring.web.call.ExeuntController;
import dev.exeunt.spring.web.json.HttpJson;
import dev.exeunt.support.security.Sha256;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.util.HtmlUtils;

/**
 * Serves the page for people, and the script whose elements also pages of the application embed. The files hold no personal data:
 * the elements ask the calls beside them, which answer to a session or a token.
 */
@RestController
public final class PrivacyPageController implements ExeuntController {

    /** Allows our own scripts, style and calls only, and no frame around the page; of scripts in the page the one with this digest. */
    private static final String POLICY = "default-src 'none'; script-src 'self' 'sha256-%s'; style-src 'self';"
            + " connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private static final Pattern SCRIPT = Pattern.compile("<script>(.*?)</script>", Pattern.DOTALL);

    private static final String HERE = "/dev/exeunt/spring/web/page/";

    private static final String ELEMENT = "<exeunt-page>";

    private final PageFile page;
    private final String policy;
    private final PageFile style = PageFile.of(HERE + "page.css", "text/css");
    private final PageFile script = PageFile.of("/dev/exeunt/page/exeunt.js", "text/javascript");

    public PrivacyPageController(ExeuntSettings settings, HostedPageTexts own) {
        StringBuilder element = new StringBuilder("<exeunt-page");
        ExeuntSettings.SignInSettings signIn = settings.signIn();
        if (signIn != null) {
            attribute(element, "sign-in", signIn.baseUrl() + "/sign-in"); // whatever host a request names
        }
        if (!own.texts().page().isEmpty()) {
            attribute(
                    element,
                    "texts",
                    HttpJson.MAPPER.writeValueAsString(own.texts().page()));
        }
        this.page = PageFile.of(HERE + "page.html", "text/html", html -> html.replace(ELEMENT, element.append('>')));
        this.policy = POLICY.formatted(digest(page.text()));
    }

    /** The SHA-256 of the one script in the page (Content Security Policy Level 3, hash sources). */
    private static String digest(String html) {
        Matcher script = SCRIPT.matcher(html);
        if (!script.find()) {
            throw new IllegalStateException("page.html has no script of its own");
        }
        return Base64.getEncoder().encodeToString(Sha256.digest(script.group(1)));
    }

    private static void attribute(StringBuilder element, String name, String value) {
        element.append(' ')
                .append(name)
                .append("=\"")
                .append(HtmlUtils.htmlEscape(value, "UTF-8"))
                .append('"');
    }

    @GetMapping("/page")
    @CallAccess(CallerKind.PUBLIC)
    void page(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.setHeader("Content-Security-Policy", policy);
        page.write(request, response);
    }

    @GetMapping("/page.css")
    @CallAccess(CallerKind.PUBLIC)
    void style(HttpServletRequest request, HttpServletResponse response) throws IOException {
        style.write(request, response);
    }

    @GetMapping("/exeunt.js")
    @CallAccess(CallerKind.PUBLIC)
    void script(HttpServletRequest request, HttpServletResponse response) throws IOException {
        script.write(request, response);
    }
}
