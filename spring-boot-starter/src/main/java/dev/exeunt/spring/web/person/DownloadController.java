package dev.exeunt.spring.web.person;

import dev.exeunt.archive.Archives.ByteRange;
import dev.exeunt.export.ExportJobs;
import dev.exeunt.spring.signin.CallAccess;
import dev.exeunt.spring.signin.CallAccess.CallerKind;
import dev.exeunt.spring.web.call.ExeuntController;
import dev.exeunt.spring.web.problem.HttpProblem;
import dev.exeunt.spring.web.problem.ProblemType;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import org.springframework.http.HttpHeaders;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/**
 * Serves archives for signed download links, in whole or by range. The link is the credential: it was issued to a caller
 * who had signed in, opens one archive of one person, and expires.
 */
@RestController
public final class DownloadController implements ExeuntController {

    private final ExportJobs exports;

    public DownloadController(ExportJobs exports) {
        this.exports = exports;
    }

    @GetMapping("/download/{token}")
    @CallAccess(CallerKind.PUBLIC)
    void download(@PathVariable String token, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        ExportJobs.Download download = exports.download(token);
        String etag = "\"" + download.export() + "\"";
        response.setHeader(HttpHeaders.ETAG, etag);
        response.setHeader(HttpHeaders.ACCEPT_RANGES, "bytes");
        Optional<ByteRange> wanted = RangeHeader.wanted(range(request, etag), download.bytes());
        if (wanted.isEmpty()) {
            throw HttpProblem.of(ProblemType.RANGE, "There are " + download.bytes() + " bytes.")
                    .header(HttpHeaders.CONTENT_RANGE, RangeHeader.unsatisfied(download.bytes()))
                    .thrown();
        }
        write(download, wanted.get(), request, response);
    }

    /** Returns the Range header, unless If-Range names another version (RFC 9110, section 13.1.5). */
    private static @org.jspecify.annotations.Nullable String range(HttpServletRequest request, String etag) {
        String unless = request.getHeader(HttpHeaders.IF_RANGE);
        return unless == null || unless.equals(etag) ? request.getHeader(HttpHeaders.RANGE) : null;
    }

    private static void write(
            ExportJobs.Download download, ByteRange range, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        if (request.getMethod().equals("HEAD")) {
            head(download, range, response);
            return;
        }
        try (InputStream in = download.open(range)) {
            head(download, range, response);
            in.transferTo(response.getOutputStream());
        }
    }

    private static void head(ExportJobs.Download download, ByteRange range, HttpServletResponse response) {
        response.setStatus(range.partial() ? 206 : 200);
        response.setContentType(download.attachment().mediaType());
        response.setHeader(
                HttpHeaders.CONTENT_DISPOSITION, download.attachment().contentDisposition());
        if (range.partial()) {
            response.setHeader(HttpHeaders.CONTENT_RANGE, range.contentRange());
        }
        response.setContentLengthLong(range.length());
    }
}
