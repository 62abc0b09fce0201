package dev.exeunt.examples.shop;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import org.jspecify.annotations.Nullable;

/** A person with an account. */
@Entity
@Table(name = "shopper")
public class Shopper {

    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    private @Nullable Long id;

    @Column(nullable = false, unique = true)
    private String email;

    private @Nullable String displayName;

    @Column(nullable = false)
    private String passwordHash;

    @SuppressWarnings("NullAway.Init") // Hibernate sets the fields
    protected Shopper() {}

    public Shopper(String email, String displayName, String passwordHash) {
        this.email = email;
        this.displayName = displayName;
        this.passwordHash = passwordHash;
    }

    /** Returns the key by which Exeunt knows the person. */
    public String key() {
        return String.valueOf(id);
    }

    public String email() {
        return email;
    }

    public @Nullable String displayName() {
        return displayName;
    }

    public String passwordHash() {
        return passwordHash;
    }
}
