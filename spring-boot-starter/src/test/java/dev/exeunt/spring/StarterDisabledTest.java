package dev.exeunt.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.exeunt.Exeunt;
import dev.exeunt.spring.settings.ExeuntSettings;
import org.junit.jupiter.api.Test;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;

/** Tests that the starter does nothing unless a map is configured. */
class StarterDisabledTest {

    @Test
    void nothingRunsUnlessAMapIsNamed() {
        try (var context = new SpringApplicationBuilder(SpringTestApplication.BootApplication.class)
                .web(WebApplicationType.NONE)
                .run("--spring.main.banner-mode=off")) {
            assertThat(context.getBeanNamesForType(ExeuntSettings.class)).isEmpty();
            assertThat(context.getBeanNamesForType(Exeunt.class)).isEmpty();
            assertThat(context.getBeanNamesForType(WorkerLifecycle.class)).isEmpty();
        }
    }
}
