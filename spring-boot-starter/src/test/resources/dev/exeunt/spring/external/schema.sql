-- People with a subscription at a payment provider.
create table person (
  id      bigint primary key,
  name    text not null,
  left_at timestamptz
);

create table subscription (
  id        bigint generated always as identity primary key,
  person_id bigint not null references person (id),
  customer  text not null
);
create index subscription_person_idx on subscription (person_id);
