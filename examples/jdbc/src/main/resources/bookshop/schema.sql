CREATE TABLE customer (
    id bigint PRIMARY KEY,
    email text NOT NULL UNIQUE,
    name text,
    password_hash text NOT NULL,
    active boolean NOT NULL DEFAULT true,
    created_at timestamptz NOT NULL DEFAULT now()
);
CREATE TABLE delivery_address (
    id bigint PRIMARY KEY,
    customer_id bigint NOT NULL REFERENCES customer,
    street text NOT NULL,
    city text NOT NULL
);
CREATE TABLE invoice (
    id bigint PRIMARY KEY,
    customer_id bigint NOT NULL REFERENCES customer,
    total numeric NOT NULL,
    paid boolean NOT NULL,
    billing_address text NOT NULL
);
CREATE TABLE book_review (
    id bigint PRIMARY KEY,
    customer_id bigint NOT NULL REFERENCES customer,
    stars int NOT NULL,
    body text
);
CREATE INDEX ON delivery_address (customer_id);
CREATE INDEX ON invoice (customer_id);
CREATE INDEX ON book_review (customer_id);
