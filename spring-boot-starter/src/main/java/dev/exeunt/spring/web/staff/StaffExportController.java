package dev.exeunt.spring.web.staff;

import dev.exeunt.export.ExportJobs;
import dev.exeunt.export.ExportJobs.DownloadGrant;
import dev.exeunt.spring.settings.ExeuntSettings;
import dev.exeunt.spring.signin.CallAccess;
import dev.exeunt.spring.signin.CallAccess.CallerKind;
import dev.exeunt.spring.signin.CallAccess.SignInAge;
import dev.exeunt.spring.signin.Caller;
import dev.exeunt.spring.web.call.ExeuntController;
import dev.exeunt.spring.web.call.ExportJson;
import dev.exeunt.spring.web.json.JsonResponse;
import dev.exeunt.spring.web.person.ExportController;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestAttribute;
import org.springframework.web.bind.annotation.RestController;

/** Shows and delivers the exports that staff have requested for a person. */
@RestController
public final class StaffExportController implements ExeuntController {

    private final ExportJobs exports;
    private final ExeuntSettings settings;
    private final Clock clock;

    public StaffExportController(ExportJobs exports, ExeuntSettings settings, Clock clock) {
        this.exports = exports;
        this.settings = settings;
        this.clock = clock;
    }

    @GetMapping("/admin/{subject}/export/{id}")
    @CallAccess(CallerKind.STAFF)
    ResponseEntity<byte[]> one(@PathVariable String subject, @PathVariable String id, HttpServletRequest request) {
        return JsonResponse.ok(ExportJson.forStaff(request, settings.path(), subject, clock.instant())
                .job(exports.job(subject, ExportController.id(id))));
    }

    @GetMapping("/admin/{subject}/export/{id}/download")
    @CallAccess(value = CallerKind.STAFF, recent = SignInAge.DOWNLOAD)
    ResponseEntity<Void> download(
            @RequestAttribute(Caller.ATTRIBUTE) Caller caller,
            @PathVariable String subject,
            @PathVariable String id,
            HttpServletRequest request) {
        DownloadGrant handover = exports.grantDownload(subject, ExportController.id(id), caller.asStaff());
        return ExportController.to(handover, request.getContextPath() + settings.path());
    }
}
