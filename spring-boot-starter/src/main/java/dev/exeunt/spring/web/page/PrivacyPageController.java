package dev.exeunt.spring.web.page;

import dev.exeunt.spring.settings.ExeuntSettings;
import dev.exeunt.spring.signin.CallAccess;
import dev.exeunt.spring.signin.CallAccess.CallerKind;
import dev.exeunt.spring.web.call.ExeuntController;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.util.HtmlUtils;

/**
 * Serves the page for people, and the script whose elements also pages of the application embed. The files hold no personal data:
 * the elements ask the calls beside them, which answer to a session or a token.
 */
@RestController
public final class PrivacyPageController implements ExeuntController {

    /** Allows our own scripts, style and calls only, and no frame around the page. */
    private static final String POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self';"
            + " base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private static final String HERE = "/dev/exeunt/spring/web/page/";

    private static final String ELEMENT = "<exeunt-page>";

    private final PageFile page;
    private final PageFile style = PageFile.of(HERE + "page.css", "text/css");
    private final PageFile script = PageFile.of("/dev/exeunt/page/exeunt.js", "text/javascript");

    public PrivacyPageController(ExeuntSettings settings) {
        this.page = PageFile.of(HERE + "page.html", "text/html", html -> offering(html, settings.signIn()));
    }

    /** Tells the element where people sign in. The address is the operator's, whatever host a request names. */
    private static String offering(String html, ExeuntSettings.@Nullable SignInSettings signIn) {
        return signIn == null
                ? html
                : html.replace(
                        ELEMENT,
                        "<exeunt-page sign-in=\"" + HtmlUtils.htmlEscape(signIn.baseUrl() + "/sign-in", "UTF-8")
                                + "\">");
    }

    @GetMapping("/page")
    @CallAccess(CallerKind.PUBLIC)
    void page(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.setHeader("Content-Security-Policy", POLICY);
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
