package dev.exeunt.internal.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.exeunt.archive.directory.DirectoryArchives;
import dev.exeunt.export.ExportJobs;
import dev.exeunt.export.ExportRefusedException;
import dev.exeunt.internal.delivery.ExportTestApplication;
import dev.exeunt.internal.map.SubjectKind;
import dev.exeunt.internal.map.read.MapReader;
import dev.exeunt.internal.reach.SubjectKey;
import dev.exeunt.map.AccountFlow;
import dev.exeunt.map.ExportSettings;
import dev.exeunt.request.AccountRequests.ReapResult;
import dev.exeunt.request.Actor;
import dev.exeunt.request.GateDecision;
import dev.exeunt.request.NewRequest;
import dev.exeunt.request.Request;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests that nothing a person asks for touches a subject of another kind that has the same key. */
class SubjectKindTest extends GuildTestCase {

    private static final String COMPANIES = """
            INSERT INTO exeunt.request (kind, state, subject, subject_kind, requested_at, requested_by, reason, due_at)
            VALUES ('deactivate', 'scheduled', '{1}', 'company', '2026-02-01Z', 'self', 'ours', '2026-02-02Z'),
                ('delete-account', 'scheduled', '{2}', 'company', '2026-02-01Z', 'self', 'ours', '2026-02-02Z'),
                ('export', 'ready', '{1}', 'company', '2026-03-02Z', 'self', NULL, NULL),
                ('export', 'expired', '{1}', 'company', '2026-02-01Z', 'self', NULL, NULL);
            INSERT INTO exeunt.export (request, format, object, bytes, ready_at, expires_at)
            SELECT id, 'zip', CASE state WHEN 'ready' THEN repeat('a', 40) ELSE repeat('b', 40) END, 7, '2026-02-01Z', '2026-02-02Z'
            FROM exeunt.request WHERE kind = 'export' AND subject_kind = 'company';
            INSERT INTO exeunt.erased (hash, key_id, erased_at, row_stays, subject_kind)
            VALUES (decode('%s', 'hex'), '%s', '2026-02-01Z', true, 'company');
            """;

    private List<?> before;

    @BeforeEach
    void addCompanies() {
        SubjectKey one = new SubjectKey(List.of("1"));
        String hash =
                HexFormat.of().formatHex(GuildTestApplication.KEY.hash(new SubjectKind("company").text(), one.parts()));
        guilds.database().execute(COMPANIES.formatted(hash, GuildTestApplication.KEY.id()));
        before = companies();
    }

    private List<?> companies() {
        return guilds.database()
                .rows("SELECT r::text AS row FROM exeunt.request r WHERE subject_kind = 'company'"
                        + " UNION ALL SELECT e::text FROM exeunt.erased e WHERE subject_kind = 'company'"
                        + " UNION ALL SELECT x::text FROM exeunt.export x JOIN exeunt.request r ON r.id = x.request"
                        + " WHERE r.subject_kind = 'company' ORDER BY 1");
    }

    @Test
    void thePersonSeesNoneOfTheirRequests() {
        assertThat(requests.gate("1", null)).isEqualTo(GateDecision.ALLOWED);
        assertThat(requests.status("1").requests()).isEmpty();
        assertThat(requests.listRequests(true, null, 10).entries()).isEmpty();
        assertThat(requests.countRequests()).isEmpty();
        assertThat(requests.eraseDue("w")).isEqualTo(new ReapResult(0, 0, 0));
        assertThat(companies()).isEqualTo(before);
    }

    @Test
    void thePersonsRequestsLeaveTheirsAlone() {
        deactivate("1");
        requests.reactivate("1", Actor.SELF, null);
        Request request = requests.submit(NewRequest.staff(AccountFlow.DELETE_ACCOUNT, "1", "kim", "asked by mail")
                .overriding());
        guilds.clock().set(request.dueAt());
        assertThat(requests.eraseDue("w")).isEqualTo(new ReapResult(1, 0, 0));
        assertThat(requests.gate("1", null)).isEqualTo(GateDecision.ERASED);
        assertThat(companies()).isEqualTo(before);
        assertThat(guilds.database().column("SELECT DISTINCT subject_kind FROM exeunt.event"))
                .containsExactly("person");
    }

    @Test
    void thePersonHasNoneOfTheirExports(@TempDir Path directory) {
        ExportJobs exports = ExportTestApplication.exports(guilds.exeunt(), new DirectoryArchives(directory));
        for (String id : guilds.database().column("SELECT id::text FROM exeunt.request WHERE kind = 'export'")) {
            assertThatThrownBy(() -> exports.job("1", UUID.fromString(id))).isInstanceOf(ExportRefusedException.class);
            assertThatThrownBy(() -> exports.grantDownload("1", UUID.fromString(id)))
                    .isInstanceOf(ExportRefusedException.class);
        }
        assertThat(exports.status("1").jobs()).isEmpty();
        assertThat(exports.status("1").nextAllowedAt())
                .as("the limit is not used up")
                .isNull();
        guilds.clock().advance(Duration.ofDays(400));
        assertThat(exports.removeExpired()).isEqualTo(new ExportJobs.CleanupResult(0, 0, 0));
        assertThat(companies()).isEqualTo(before);
    }

    @Test
    void thePersonsBundleTellsOfNoneOfTheirRequests() {
        deactivate("1");
        ByteArrayOutputStream bundle = new ByteArrayOutputStream();
        guilds.exeunt()
                .export(
                        MapReader.read(GuildTestApplication.MAP, "exeunt.yaml"),
                        "1",
                        bundle,
                        ExportSettings.BundleFormat.JSON);
        assertThat(bundle.toString(StandardCharsets.UTF_8))
                .contains("deactivate")
                .doesNotContain("ours");
    }

    @Test
    void aCompanyThatLeavesIsNoPersonWhoLeaves() {
        assertThat(requests.previewRequest(AccountFlow.DEACTIVATE, "1").obstacles())
                .as("the company 2 is leaving; person 2, the other owner of the guild, is not")
                .isEmpty();
        assertThat(companies()).isEqualTo(before);
    }
}
