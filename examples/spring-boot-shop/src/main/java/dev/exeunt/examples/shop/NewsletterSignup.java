package dev.exeunt.examples.shop;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

/** An address that receives the newsletter, with or without an account. */
@Entity
@Table(name = "newsletter_signup")
public class NewsletterSignup {

    @Id
    private String email;

    @Column(nullable = false)
    private String language;

    @SuppressWarnings("NullAway.Init") // Hibernate sets the fields
    protected NewsletterSignup() {}

    public NewsletterSignup(String email, String language) {
        this.email = email;
        this.language = language;
    }

    public String email() {
        return email;
    }

    public String language() {
        return language;
    }
}
