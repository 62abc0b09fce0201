package dev.exeunt.spring.web.page;

import dev.exeunt.spring.signin.CallAccess;
import dev.exeunt.spring.signin.CallAccess.CallerKind;
import dev.exeunt.spring.web.call.ExeuntController;
import dev.exeunt.spring.web.call.ResourceFile;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * Serves the privacy page with its scripts, texts and style. The files hold no personal data: the page asks the calls
 * beside it, which answer to a session.
 */
@RestController
public final class PrivacyPageController implements ExeuntController {

    /** Allows our own scripts, style and calls only, and no frame around the page. */
    private static final String POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self';"
            + " base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    @GetMapping("/page")
    @CallAccess(CallerKind.PUBLIC)
    void page(HttpServletResponse response) throws IOException {
        response.setHeader("Content-Security-Policy", POLICY);
        write(response, "page.html", "text/html");
    }

    @GetMapping("/page.js")
    @CallAccess(CallerKind.PUBLIC)
    void script(HttpServletResponse response) throws IOException {
        write(response, "page.js", "text/javascript");
    }

    @GetMapping("/page-view.js")
    @CallAccess(CallerKind.PUBLIC)
    void view(HttpServletResponse response) throws IOException {
        write(response, "page-view.js", "text/javascript");
    }

    @GetMapping("/page-words.js")
    @CallAccess(CallerKind.PUBLIC)
    void words(HttpServletResponse response) throws IOException {
        write(response, "page-words.js", "text/javascript");
    }

    @GetMapping("/page.css")
    @CallAccess(CallerKind.PUBLIC)
    void style(HttpServletResponse response) throws IOException {
        write(response, "page.css", "text/css");
    }

    private static void write(HttpServletResponse response, String file, String type) throws IOException {
        byte[] bytes = ResourceFile.bytes(PrivacyPageController.class, file);
        response.setContentType(type + ";charset=UTF-8");
        response.setContentLength(bytes.length);
        response.getOutputStream().write(bytes);
    }
}
