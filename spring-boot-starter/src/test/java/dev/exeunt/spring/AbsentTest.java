package dev.exeunt.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.exeunt.Exeunt;
import dev.exeunt.spring.settings.Settings;
import org.junit.jupiter.api.Test;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;

/** An application that has the starter on its class path and has not asked for it. */
class AbsentTest {

    @Test
    void nothingRunsUnlessAMapIsNamed() {
        try (var context = new SpringApplicationBuilder(Host.Application.class)
                .web(WebApplicationType.NONE)
                .run("--spring.main.banner-mode=off")) {
            assertThat(context.getBeanNamesForType(Settings.class)).isEmpty();
            assertThat(context.getBeanNamesForType(Exeunt.class)).isEmpty();
            assertThat(context.getBeanNamesForType(BackgroundWork.class)).isEmpty();
        }
    }
}
