insert into person (id, email) select n, case n when 1 then 'anna@example.org' else 'person-' || n || '@example.org' end
from generate_series(1, 99) n;
insert into letter (person_id, body) select id, 'Dear ' || email from person;
analyze;
