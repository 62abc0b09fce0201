package dev.exeunt.examples.shop;

import dev.exeunt.map.AccountFlow;
import dev.exeunt.request.AccountRequests;
import dev.exeunt.request.NewRequest;
import dev.exeunt.request.Request;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import java.security.Principal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** Shows the shopper's page, and lets the shopper leave. */
@RestController
class ShopPages {

    private final ShopperRepository shoppers;
    private final AccountRequests requests;

    ShopPages(ShopperRepository shoppers, AccountRequests requests) {
        this.shoppers = shoppers;
        this.requests = requests;
    }

    @GetMapping("/")
    String home(Principal signedIn) {
        return "Welcome, " + shopper(signedIn).displayName() + ".";
    }

    // tag::leave[]
    @PostMapping("/leave")
    String leave(Principal signedIn, HttpServletRequest http) throws ServletException {
        String key = shopper(signedIn).key();
        Request request = requests.submit(NewRequest.self(AccountFlow.DEACTIVATE, key));
        http.logout();
        return "Your account is deactivated. We erase it on " + request.dueAt() + ".";
    }
    // end::leave[]

    private Shopper shopper(Principal signedIn) {
        return shoppers.findByEmail(signedIn.getName()).orElseThrow();
    }
}
