package dev.exeunt.spring.web;

import dev.exeunt.spring.settings.Settings;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Where the application runs on Tomcat in its own program. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnClass(name = "org.springframework.boot.tomcat.ConfigurableTomcatWebServerFactory")
public class TomcatSetup {

    @Bean
    @ConditionalOnMissingBean
    TomcatProblems exeuntTomcatProblems(Settings settings) {
        return TomcatProblems.of(settings);
    }
}
