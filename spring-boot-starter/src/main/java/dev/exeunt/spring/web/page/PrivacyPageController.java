package dev.exeunt.spring.web.page;

import dev.exeunt.spring.signin.CallAccess;
import dev.exeunt.spring.signin.CallAccess.CallerKind;
import dev.exeunt.spring.web.call.ExeuntController;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

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

    private final PageFile page = new PageFile(HERE + "page.html", "text/html");
    private final PageFile style = new PageFile(HERE + "page.css", "text/css");
    private final PageFile script = new PageFile("/dev/exeunt/page/exeunt.js", "text/javascript");

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
