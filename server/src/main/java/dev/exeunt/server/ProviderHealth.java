package dev.exeunt.server;

import dev.exeunt.spring.provider.IdentityProvider;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/** Whether tokens can be verified; what is wrong with the identity provider; whether tokens tell when their person signed in. */
final class ProviderHealth implements HealthIndicator {

    private final IdentityProvider provider;

    ProviderHealth(IdentityProvider provider) {
        this.provider = provider;
    }

    @Override
    public Health health() {
        Health.Builder health = provider.usable() ? Health.up() : Health.down();
        provider.fault().ifPresent(fault -> health.withDetail("cause", fault));
        return health.withDetail("signInTime", provider.signInTime().word()).build();
    }
}
