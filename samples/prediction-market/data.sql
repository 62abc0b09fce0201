-- Six people, the same on every load: no random(), no now().
-- 1 Ada has rows in every table and role. 2 Ben stakes against her. 3 Cem has a wallet and no address. 6 Zoe has nothing.

insert into schema_migrations values ('1700000000000', '2025-01-01 00:00:00+00');

insert into users (id, email, username, wallet_address, display_name, bio, avatar_url, role, reputation, created_at, last_login_at, deleted_at) values
  (1, 'Ada@market.example', 'ada', 'GADA7Q4WALLET', 'Ada "the Seer" Ö.', E'Mostly right.\nSometimes not. 🎲', 'https://img.example/ada', 'user', 120, '2025-01-01 09:00:00+00', '2026-05-01 09:00:00+00', null),
  (2, 'ben@market.example', 'ben', 'GBEN7Q4WALLET', '', '', null, 'admin', -3, '2025-01-02 09:00:00+00', '2026-05-02 09:00:00+00', null),
  (3, null, 'cem', 'GCEM7Q4WALLET', null, null, null, 'user', 0, '2025-01-03 09:00:00+00', null, null),
  -- a person chose the name that an erased Ada would get
  (4, 'dana@market.example', 'deleted-1', null, 'Dana', null, '', 'user', 7, '2025-01-04 09:00:00+00', null, null),
  -- went before there was a map
  (5, null, 'deleted-5', null, 'Deleted user', null, null, 'user', 0, '2025-01-05 09:00:00+00', null, '2025-06-01 00:00:00+00'),
  (6, 'zoe@market.example', 'zoe', null, null, null, null, 'user', 0, '2025-01-06 09:00:00+00', null, null);

insert into user_profiles values
  (1, 'Ada Özdemir', 'AT', '1990-02-28', '+00 555 0001'), (2, '', null, null, ''), (3, null, 'TR', null, null);

insert into user_preferences values
  (1, '{"mail": true, "nick": "ada", "theme": null}'), (2, '{}'), (4, 'null');

insert into refresh_tokens (id, user_id, token_hash, ip, expires_at) values
  (1, 1, 'refresh-hash-ada-1', '192.0.2.11', '2026-06-01 00:00:00+00'),
  (2, 1, 'refresh-hash-ada-2', null, '2025-06-01 00:00:00+00'),
  (3, 2, 'refresh-hash-ben', '2001:db8::2', '2026-06-01 00:00:00+00');

insert into newsletter_subscribers values
  ('ADA@market.example', true), ('ben@market.example', false), ('stranger@elsewhere.example', true);

-- 1 and 4 are Ada's and on the chain, 5 is a draft of hers, 6 one that she gave up before it got there.
insert into markets (id, creator_id, title, description, status, on_chain_id, tx_hash, pool, created_at) values
  (1, 1,    'Rain on Sunday?',        'By the gauge on the roof', 'resolved', 'm-1', '0xm1', 175.5000001, '2025-03-01 00:00:00+00'),
  (2, 2,    'Will the lamp be lit?',  '',   'open',      'm-2', '0xm2', 60,   '2025-03-02 00:00:00+00'),
  (3, null, 'Snow in May?',           null, 'cancelled', 'm-3', '0xm3', 0,    '2025-03-03 00:00:00+00'),
  (4, 1,    'Tea or coffee?',         null, 'open',      'm-4', '0xm4', 12,   '2025-03-04 00:00:00+00'),
  (5, 1,    'Will Ada move to Graz?', 'Ask me, ada', 'draft', null, null, 0, '2025-03-05 00:00:00+00'),
  (6, 1,    '',                       '',   'cancelled', null, null, 0,      '2025-03-06 00:00:00+00');

-- 14 never reached the chain: its stake still counts in the market's book.
insert into predictions (id, market_id, user_id, outcome, stake, payout, tx_hash, rationale, created_at) values
  (10, 1, 1, 'yes', 100.0000001, 180, '0xp10', 'My knee says so. Ada', '2025-03-01 01:00:00+00'),
  (11, 1, 2, 'no',  75.5,  0,    '0xp11', 'Never rains, Ben', '2025-03-01 02:00:00+00'),
  (12, 2, 1, 'no',  10,    null, '0xp12', '', '2025-03-02 01:00:00+00'),
  (13, 2, 2, 'yes', 50,    null, '0xp13', null, '2025-03-02 02:00:00+00'),
  (14, 2, 1, 'no',  0.0000001, null, null, null, '2025-03-02 03:00:00+00'),
  (15, 4, 3, 'tea', 12,    null, '0xp15', '', '2025-03-04 01:00:00+00');

insert into chain_events values
  ('0xm1', 'GADA7Q4WALLET', 'create', null, 1001), ('0xm4', 'gada7q4wallet', 'create', null, 1004),
  ('0xm2', 'GBEN7Q4WALLET', 'create', null, 1002), ('0xp10', 'GADA7Q4WALLET', 'stake', 100.0000001, 1005),
  ('0xp11', 'GBEN7Q4WALLET', 'stake', 75.5, 1006), ('0xp12', 'GADA7Q4WALLET', 'stake', 10, 1007),
  ('0xp13', 'GBEN7Q4WALLET', 'stake', 50, 1008), ('0xp15', 'GCEM7Q4WALLET', 'stake', 12, 1009),
  ('0xw10', 'GADA7Q4WALLET', 'payout', 180, 1010);

-- Ada took 3 down herself. Ben answers her.
insert into market_comments (id, market_id, author_id, parent_id, body, created_at, deleted_at) values
  (1, 1, 1, null, 'Umbrellas, friends! Ada', '2025-03-01 03:00:00+00', null),
  (2, 1, 2, 1, 'Nonsense, says Ben', '2025-03-01 04:00:00+00', null),
  (3, 1, 1, 2, 'You will be wet. Ada', '2025-03-01 05:00:00+00', '2025-03-01 05:01:00+00'),
  (4, 4, 3, null, 'Tea', '2025-03-04 05:00:00+00', null);

insert into watchlist_items values (1, 2, 'keep an eye on Ben'), (1, 3, ''), (2, 1, null), (4, 1, null);

insert into competitions values
  (1, 1, 'Spring cup', '2026-06-01 00:00:00+00'), (2, 2, 'Autumn cup', '2026-10-01 00:00:00+00'), (3, null, 'Forever', '2099-01-01 00:00:00+00');

insert into competition_participants values (1, 1, 12.50), (1, 2, 11), (2, 1, 0), (2, 3, -4);

insert into leaderboard_entries values
  (2025, 1, 1, 'Ada "the Seer" Ö.', 69.9999999), (2025, 2, 3, 'cem', 0), (2025, 3, 2, '', -75.5), (2026, 1, 2, 'ben', 1);

insert into notifications (id, user_id, actor_id, message, payload, read_at) values
  (1, 1, 2, 'ben answered you', '{"comment": 2}', null),
  (2, 1, null, 'You won 180', 'null', '2025-04-01 00:00:00+00'),
  (3, 2, 1, 'ada staked against you', '{"actor": "ada"}', null),
  (4, 3, 1, 'ada opened a market', null, null),
  (5, 1, 1, 'Welcome, ada', '{}', null),
  (6, 3, 2, 'ben joined', null, null);

alter table refresh_tokens alter column id restart with 4;
alter table market_comments alter column id restart with 5;
alter table notifications alter column id restart with 7;
analyze;
