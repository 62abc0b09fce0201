package dev.exeunt.examples.shop;

import java.util.Optional;
import org.springframework.data.jpa.repository.JpaRepository;

/** Finds shoppers by their address. */
public interface ShopperRepository extends JpaRepository<Shopper, Long> {

    Optional<Shopper> findByEmail(String email);
}
