package dev.exeunt.spring.web.person;

import dev.exeunt.export.ExportJobs;
import dev.exeunt.export.ExportJobs.DownloadGrant;
import dev.exeunt.export.ExportJobs.NewExport;
import dev.exeunt.map.ExportSettings.BundleFormat;
import dev.exeunt.request.Actor;
import dev.exeunt.spring.settings.ExeuntSettings;
import dev.exeunt.spring.signin.CallAccess;
import dev.exeunt.spring.signin.CallAccess.CallerKind;
import dev.exeunt.spring.signin.CallAccess.SignInAge;
import dev.exeunt.spring.signin.Caller;
import dev.exeunt.spring.web.call.ExeuntController;
import dev.exeunt.spring.web.call.ExportJson;
import dev.exeunt.spring.web.call.IdempotencyHeader;
import dev.exeunt.spring.web.call.JsonBody;
import dev.exeunt.spring.web.call.PersonStatus;
import dev.exeunt.spring.web.call.SubmittedExport;
import dev.exeunt.spring.web.json.HttpJson;
import dev.exeunt.spring.web.json.JsonResponse;
import dev.exeunt.spring.web.problem.HttpProblem;
import dev.exeunt.spring.web.problem.ProblemType;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestAttribute;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;

/** Handles export jobs of the calling person and streams small exports. */
@RestController
public final class ExportController implements ExeuntController {

    private final ExportJobs exports;
    private final PersonStatus status;
    private final ExeuntSettings settings;
    private final Clock clock;

    /** Limits streams: each holds a connection until its reader is done. Most connections stay free for other calls. */
    private final Semaphore direct;

    public ExportController(ExportJobs exports, PersonStatus status, ExeuntSettings settings, Clock clock) {
        this.exports = exports;
        this.status = status;
        this.settings = settings;
        this.clock = clock;
        this.direct = new Semaphore(Math.max(1, settings.database().connections() / 4));
    }

    private ExportJson json(HttpServletRequest request) {
        return new ExportJson(path(request), clock.instant());
    }

    private String path(HttpServletRequest request) {
        return request.getContextPath() + settings.path() + "/export";
    }

    @PostMapping("/export")
    @CallAccess(CallerKind.PERSON)
    ResponseEntity<byte[]> ask(@RequestAttribute(Caller.ATTRIBUTE) Caller caller, HttpServletRequest request)
            throws IOException {
        JsonBody body = JsonBody.of(request, Set.of("format", "sections"));
        BundleFormat format = body.format();
        List<String> sections = body.names("sections");
        body.valid();
        String known = IdempotencyHeader.key(request);
        SubmittedExport asked =
                SubmittedExport.submit(exports, new NewExport(caller.key(), format, Actor.SELF, null, known, sections));
        URI self = URI.create(path(request) + "/" + asked.job().id());
        return ResponseEntity.status(asked.status())
                .location(self)
                .contentType(org.springframework.http.MediaType.APPLICATION_JSON)
                .body(HttpJson.bytes(json(request).job(asked.job())));
    }

    @GetMapping("/export")
    @CallAccess(CallerKind.PERSON)
    ResponseEntity<byte[]> status(@RequestAttribute(Caller.ATTRIBUTE) Caller caller, HttpServletRequest request) {
        return JsonResponse.ok(status.exports(caller.key(), request));
    }

    @GetMapping("/export/{id}")
    @CallAccess(CallerKind.PERSON)
    ResponseEntity<byte[]> one(
            @RequestAttribute(Caller.ATTRIBUTE) Caller caller, @PathVariable String id, HttpServletRequest request) {
        return JsonResponse.ok(json(request).job(exports.job(caller.key(), id(id))));
    }

    @DeleteMapping("/export/{id}")
    @CallAccess(CallerKind.PERSON)
    ResponseEntity<byte[]> cancel(
            @RequestAttribute(Caller.ATTRIBUTE) Caller caller, @PathVariable String id, HttpServletRequest request) {
        return JsonResponse.ok(json(request).job(exports.cancel(caller.key(), id(id), Actor.SELF, null)));
    }

    /**
     * Checks the caller and the expiry, then redirects. The link itself works for a while without sign-in. A script, which can neither
     * see where a redirect leads nor save a file as browsers do, asks for JSON and gets the link.
     */
    @GetMapping("/export/{id}/download")
    @CallAccess(value = CallerKind.PERSON, recent = SignInAge.DOWNLOAD)
    ResponseEntity<?> download(
            @RequestAttribute(Caller.ATTRIBUTE) Caller caller,
            @PathVariable String id,
            @RequestHeader(value = HttpHeaders.ACCEPT, defaultValue = "") String accept,
            HttpServletRequest request) {
        DownloadGrant grant = exports.grantDownload(caller.key(), id(id));
        String path = request.getContextPath() + settings.path();
        return accept.equals(MediaType.APPLICATION_JSON_VALUE)
                ? JsonResponse.ok(HttpJson.object("link", link(grant, path).toString()))
                : to(grant, path);
    }

    /** Redirects to the object store, or to our own download link. */
    public static ResponseEntity<Void> to(DownloadGrant handover, String path) {
        return ResponseEntity.status(302).location(link(handover, path)).build();
    }

    private static URI link(DownloadGrant grant, String path) {
        URI store = grant.store();
        return store != null ? store : URI.create(path + "/download/" + grant.token());
    }

    @GetMapping("/data")
    @CallAccess(value = CallerKind.PERSON, counts = true, recent = SignInAge.DOWNLOAD)
    void data(
            @RequestAttribute(Caller.ATTRIBUTE) Caller caller,
            HttpServletRequest request,
            HttpServletResponse response) {
        if (!request.getMethod().equals("GET")) {
            throw HttpProblem.of(ProblemType.METHOD_NOT_ALLOWED, "That cannot be done here.")
                    .header(HttpHeaders.ALLOW, "GET")
                    .thrown(); // a HEAD would count as a request for the data
        }
        if (!direct.tryAcquire()) {
            throw HttpProblem.of(
                            ProblemType.UNAVAILABLE,
                            "Too many people are fetching their data at the moment. Try again soon, or ask for an export that is made"
                                    + " in the background.")
                    .with("link", path(request))
                    .header(HttpHeaders.RETRY_AFTER, "30")
                    .thrown();
        }
        try {
            exports.stream(caller.key(), settings.export().directRows(), attachment -> {
                response.setContentType(attachment.mediaType());
                response.setHeader(HttpHeaders.CONTENT_DISPOSITION, attachment.contentDisposition());
                return response.getOutputStream();
            });
        } finally {
            direct.release();
        }
    }

    /** Parses an export's id. Text that is no UUID is reported as not found, like another person's export. */
    public static UUID id(String text) {
        if (!text.matches("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")) {
            throw HttpProblem.of(ProblemType.NOT_FOUND, "There is no such export.")
                    .thrown();
        }
        return UUID.fromString(text);
    }
}
