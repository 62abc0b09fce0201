package dev.exeunt.examples.shop;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.Table;
import org.jspecify.annotations.Nullable;

/** An article that a shopper bought. */
@Entity
@Table(name = "purchase")
public class Purchase {

    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    private @Nullable Long id;

    @ManyToOne(optional = false)
    private Shopper shopper;

    @Column(nullable = false)
    private String article;

    private @Nullable String deliveryAddress;

    @SuppressWarnings("NullAway.Init") // Hibernate sets the fields
    protected Purchase() {}

    public Purchase(Shopper shopper, String article, String deliveryAddress) {
        this.shopper = shopper;
        this.article = article;
        this.deliveryAddress = deliveryAddress;
    }

    public @Nullable Long id() {
        return id;
    }

    public Shopper shopper() {
        return shopper;
    }

    public String article() {
        return article;
    }

    public @Nullable String deliveryAddress() {
        return deliveryAddress;
    }
}
