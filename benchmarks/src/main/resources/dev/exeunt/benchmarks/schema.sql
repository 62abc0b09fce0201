-- An ordinary forum, indexed as one is: every foreign key, and what is listed by time.
CREATE TABLE users (
    id bigint PRIMARY KEY, email text NOT NULL UNIQUE, name text NOT NULL, bio text,
    created_at timestamptz NOT NULL, deleted_at timestamptz);
CREATE TABLE sessions (
    id bigint PRIMARY KEY, user_id bigint NOT NULL REFERENCES users, token_hash text NOT NULL UNIQUE,
    created_at timestamptz NOT NULL);
CREATE INDEX ON sessions (user_id);
CREATE TABLE groups (id bigint PRIMARY KEY, name text NOT NULL);
CREATE TABLE memberships (
    group_id bigint NOT NULL REFERENCES groups, user_id bigint NOT NULL REFERENCES users, joined_at timestamptz NOT NULL,
    PRIMARY KEY (group_id, user_id));
CREATE INDEX ON memberships (user_id);
CREATE TABLE posts (
    id bigint PRIMARY KEY, user_id bigint NOT NULL REFERENCES users, title text NOT NULL, body text NOT NULL,
    created_at timestamptz NOT NULL, deleted_at timestamptz);
CREATE INDEX ON posts (user_id);
CREATE INDEX ON posts (created_at);
CREATE TABLE comments (
    id bigint PRIMARY KEY, post_id bigint NOT NULL REFERENCES posts, author_id bigint REFERENCES users, body text NOT NULL,
    created_at timestamptz NOT NULL, hidden_at timestamptz);
CREATE INDEX ON comments (post_id);
CREATE INDEX ON comments (author_id);
CREATE TABLE reactions (
    id bigint PRIMARY KEY, post_id bigint NOT NULL REFERENCES posts, user_id bigint NOT NULL REFERENCES users,
    kind text NOT NULL, UNIQUE (post_id, user_id));
CREATE INDEX ON reactions (user_id);
CREATE TABLE notifications (
    id bigint PRIMARY KEY, user_id bigint NOT NULL REFERENCES users, text text NOT NULL, created_at timestamptz NOT NULL,
    read_at timestamptz);
CREATE INDEX ON notifications (user_id);
