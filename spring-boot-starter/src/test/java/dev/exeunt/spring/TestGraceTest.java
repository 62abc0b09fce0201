package dev.exeunt.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.exeunt.request.AccountRequests;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Tests that a test or a staging system need not wait for the map's grace period. */
class TestGraceTest {

    @Test
    void theSettingReplacesTheMapsGracePeriods() {
        try (SpringTestApplication host =
                SpringTestApplication.of("guild-platform", Map.of("exeunt.test-grace", "1h"))) {
            String bruno = host.token("1002");
            assertThat(host.get("/account/preview?flow=deactivate", bruno).at("grace"))
                    .isEqualTo("1h");
            HttpAnswer asked =
                    host.post("/account/admin/1002/deactivation", host.admin("1008"), "{\"reason\": \"a letter\"}");
            Instant due = host.clock().instant().plus(Duration.ofHours(1));
            assertThat(asked.at("dueAt")).as(asked.text()).isEqualTo(due.toString());
            host.clock().set(due);
            assertThat(host.bean(AccountRequests.class).eraseDue("test").erased())
                    .isEqualTo(1);
        }
    }
}
