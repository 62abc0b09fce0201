insert into person (id, name) select n, 'Person ' || n from generate_series(1, 60) n;
insert into subscription (person_id, customer) select id, 'cus_' || id from person;
