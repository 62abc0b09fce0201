package dev.exeunt.spring.web.page;

import dev.exeunt.spring.signin.CallAccess;
import dev.exeunt.spring.signin.CallAccess.CallerKind;
import dev.exeunt.spring.web.call.AcceptedLanguages;
import dev.exeunt.spring.web.call.ExeuntController;
import dev.exeunt.spring.web.call.JsonBody;
import dev.exeunt.spring.web.json.HttpJson;
import dev.exeunt.spring.web.json.JsonResponse;
import dev.exeunt.spring.web.problem.HttpProblem;
import dev.exeunt.spring.web.problem.ProblemType;
import dev.exeunt.support.message.LinkWish;
import dev.exeunt.support.message.OneTimeLinks;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * Takes the wishes of people who cannot sign in any more for a one-time link. The answer and the work are the same whether there is such a
 * person or not.
 */
@RestController
public final class LinkController implements ExeuntController {

    private final @Nullable OneTimeLinks links;
    private final Clock clock;

    /** @param links null where there are none */
    public LinkController(@Nullable OneTimeLinks links, Clock clock) {
        this.links = links;
        this.clock = clock;
    }

    /** Says whether links are sent, by which identifiers a person is known, and for how many minutes a link works. */
    @GetMapping("/link")
    @CallAccess(CallerKind.PUBLIC)
    ResponseEntity<byte[]> offer() {
        return JsonResponse.ok(HttpJson.object(
                "offered", links != null,
                "kinds", links == null ? List.of() : links.kinds(),
                "minutes", links == null ? 0 : links.valid().toMinutes()));
    }

    /** Writes down that a link was asked for. */
    @PostMapping("/link")
    @CallAccess(CallerKind.PUBLIC)
    ResponseEntity<byte[]> ask(HttpServletRequest request) throws IOException {
        if (links == null) {
            throw HttpProblem.of(ProblemType.NOT_OFFERED, "This application sends no links to sign in.")
                    .thrown();
        }
        links.ask(wish(links, request)).ifPresent(again -> {
            throw tooMany(again);
        });
        return JsonResponse.of(202, HttpJson.object("asked", true));
    }

    private static LinkWish wish(OneTimeLinks links, HttpServletRequest request) throws IOException {
        JsonBody body = JsonBody.of(request, Set.of("identifier", "kind"));
        String identifier = body.required("identifier", OneTimeLinks.LONGEST_IDENTIFIER);
        String kind = body.oneOf("kind", links.kinds());
        body.valid();
        return new LinkWish(
                kind,
                identifier,
                Locale.lookupTag(AcceptedLanguages.of(request), links.languages()),
                request.getRemoteAddr());
    }

    private RuntimeException tooMany(Instant again) {
        long seconds = Math.max(
                1, Duration.between(clock.instant(), again).plusMillis(999).toSeconds());
        return HttpProblem.of(ProblemType.LIMIT, "Links were asked for too often from here. Try again later.")
                .with("again", again.toString())
                .header(HttpHeaders.RETRY_AFTER, Long.toString(seconds))
                .thrown();
    }
}
