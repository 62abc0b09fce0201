package dev.exeunt.examples.shop;

import dev.exeunt.request.AccountRequests;
import dev.exeunt.request.GateDecision.GateState;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetails;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.core.userdetails.UsernameNotFoundException;
import org.springframework.stereotype.Component;

// tag::gated-login[]
/** Finds the shopper who signs in, and refuses those whom the gate does not admit. */
@Component
class GatedLogin implements UserDetailsService {

    private final AccountRequests requests;
    private final ShopperRepository shoppers;

    GatedLogin(AccountRequests requests, ShopperRepository shoppers) {
        this.requests = requests;
        this.shoppers = shoppers;
    }

    @Override
    public UserDetails loadUserByUsername(String email) {
        Shopper shopper = shoppers.findByEmail(email)
                .orElseThrow(() -> new UsernameNotFoundException("No shopper has the address."));
        GateState gate = requests.gate(shopper.key(), null).state();
        boolean admitted = gate == GateState.ALLOWED || gate == GateState.SCHEDULED;
        return User.withUsername(shopper.email())
                .password(shopper.passwordHash())
                .disabled(!admitted)
                .build();
    }
}
// end::gated-login[]
