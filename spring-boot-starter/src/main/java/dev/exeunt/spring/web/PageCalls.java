package dev.exeunt.spring.web;

import dev.exeunt.spring.signin.Door;
import dev.exeunt.spring.signin.Door.Who;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * A plain page for people who come by a link of the application's. It knows nothing of anybody: who has a session sees there what
 * the calls beside it say.
 */
@RestController
final class PageCalls implements Calls {

    /** Its own script and style, and what it asks of the calls beside it; nothing from elsewhere, and nothing around it. */
    private static final String POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self';"
            + " base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    @GetMapping("/page")
    @Door(Who.ANYONE)
    void page(HttpServletResponse response) throws IOException {
        response.setHeader("Content-Security-Policy", POLICY);
        write(response, "page.html", "text/html");
    }

    @GetMapping("/page.js")
    @Door(Who.ANYONE)
    void script(HttpServletResponse response) throws IOException {
        write(response, "page.js", "text/javascript");
    }

    @GetMapping("/page-words.js")
    @Door(Who.ANYONE)
    void words(HttpServletResponse response) throws IOException {
        write(response, "page-words.js", "text/javascript");
    }

    @GetMapping("/page.css")
    @Door(Who.ANYONE)
    void style(HttpServletResponse response) throws IOException {
        write(response, "page.css", "text/css");
    }

    private static void write(HttpServletResponse response, String file, String type) throws IOException {
        byte[] bytes = Resource.bytes("page/" + file);
        response.setContentType(type + ";charset=UTF-8");
        response.setContentLength(bytes.length);
        response.getOutputStream().write(bytes);
    }
}
