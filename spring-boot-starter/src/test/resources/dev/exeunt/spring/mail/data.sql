insert into person (id, handle, address, locale) values
  (1, 'anna', 'anna@example.org', 'de-AT'),
  (2, 'bob', 'bob@example.org', null),
  (3, 'dana', 'dana@example.org', 'ar_EG');
insert into person (id, handle, address)
select n, 'person-' || n, 'person-' || n || '@example.org' from generate_series(4, 40) n;
insert into letter (person_id, body) select id, 'Dear reader' from person;
