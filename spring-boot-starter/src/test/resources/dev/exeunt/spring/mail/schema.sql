-- People with an address and a language. A deletion of the account hides the address at once.
create table person (
  id      bigint primary key,
  handle  text not null unique,
  address text,
  locale  text,
  left_at timestamptz
);

create table letter (
  id         bigint generated always as identity primary key,
  person_id  bigint not null references person (id),
  body       text not null,
  hidden_at  timestamptz
);
create index letter_person_idx on letter (person_id);
