package dev.exeunt.spring.web;

import dev.exeunt.spring.settings.ExeuntSettings;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Keeps what our calls are about out of the debug log, where Logback writes it. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnClass(name = "ch.qos.logback.classic.turbo.TurboFilter")
public class DebugLogSetup {

    @Bean
    DebugLogFilter exeuntDebugLog(ExeuntSettings settings) {
        return new DebugLogFilter(settings).registered();
    }
}
