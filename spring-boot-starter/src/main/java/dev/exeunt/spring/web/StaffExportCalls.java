package dev.exeunt.spring.web;

import dev.exeunt.delivery.Exports;
import dev.exeunt.delivery.Handover;
import dev.exeunt.spring.settings.Settings;
import dev.exeunt.spring.signin.Caller;
import dev.exeunt.spring.signin.Door;
import dev.exeunt.spring.signin.Door.Recent;
import dev.exeunt.spring.signin.Door.Who;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestAttribute;
import org.springframework.web.bind.annotation.RestController;

/** For staff who answer somebody that cannot sign in: what staff have asked for, and nothing that the person has. */
@RestController
final class StaffExportCalls implements Calls {

    private final Exports exports;
    private final Settings settings;
    private final Clock clock;

    StaffExportCalls(Exports exports, Settings settings, Clock clock) {
        this.exports = exports;
        this.settings = settings;
        this.clock = clock;
    }

    @GetMapping("/admin/{subject}/export/{id}")
    @Door(Who.STAFF)
    ResponseEntity<byte[]> one(@PathVariable String subject, @PathVariable String id, HttpServletRequest request) {
        return Reply.ok(ExportJson.forStaff(request, settings.path(), subject, clock.instant())
                .job(exports.job(subject, ExportCalls.id(id))));
    }

    @GetMapping("/admin/{subject}/export/{id}/download")
    @Door(value = Who.STAFF, recent = Recent.DOWNLOAD)
    ResponseEntity<Void> download(
            @RequestAttribute(Caller.ATTRIBUTE) Caller caller,
            @PathVariable String subject,
            @PathVariable String id,
            HttpServletRequest request) {
        Handover handover = exports.handOver(subject, ExportCalls.id(id), caller.asStaff());
        return ExportCalls.to(handover, request.getContextPath() + settings.path());
    }
}
