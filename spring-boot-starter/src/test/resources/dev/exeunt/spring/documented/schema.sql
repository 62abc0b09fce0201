-- What the examples of docs/reference/http.md presume: people with an address, known by a number.
create table person (
  id       bigint primary key,
  email    text not null unique,
  left_at  timestamptz
);

create table letter (
  id         bigint generated always as identity primary key,
  person_id  bigint not null references person (id),
  body       text not null
);
create index letter_person_idx on letter (person_id);
