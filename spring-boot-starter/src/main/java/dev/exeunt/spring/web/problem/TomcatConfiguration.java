package dev.exeunt.spring.web.problem;

import dev.exeunt.spring.settings.ExeuntSettings;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Declares the beans for an embedded Tomcat. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnClass(name = "org.springframework.boot.tomcat.ConfigurableTomcatWebServerFactory")
public class TomcatConfiguration {

    @Bean
    @ConditionalOnMissingBean
    TomcatProblemCustomizer exeuntTomcatProblems(ExeuntSettings settings) {
        return TomcatProblemCustomizer.of(settings);
    }
}
