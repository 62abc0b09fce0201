-- Eight people and what they left behind, the same on every load: no random(), no now().
-- 1001 Anna has rows in every table and every role, and took some down herself. 1002 Bruno answers her, leads a guild with her, and
-- moderates. 1003 Chiara leads two guilds alone. 1008 Zoe signed up and did nothing.

insert into schema_migrations values ('0001', '2025-01-01 00:00:00+00'), ('0002', '2025-03-01 00:00:00+00');

insert into users (id, email, handle, locale, created_at, last_seen_at) values
  (1001, 'Anna@guild.example',   'anna',   'de-AT', '2025-01-05 10:00:00+00', '2026-04-30 20:00:00+00'),
  (1002, 'bruno@guild.example',  'bruno',  'it',    '2025-01-06 10:00:00+00', '2026-05-01 20:00:00+00'),
  (1003, 'chiara@guild.example', 'chiara', '',      '2025-01-07 10:00:00+00', '2026-05-02 20:00:00+00'),
  (1004, 'dmitri@guild.example', 'dmitri', null,    '2025-01-08 10:00:00+00', null),
  (1005, 'elif@guild.example',   'elif',   'tr',    '2025-01-09 10:00:00+00', '2026-04-01 20:00:00+00'),
  (1006, 'femi@guild.example',   'femi',   'en',    '2025-01-10 10:00:00+00', '2026-04-02 20:00:00+00'),
  -- a person chose the handle that an erased Anna would get
  (1007, 'gus@guild.example',    'deleted-1001', 'en', '2025-01-11 10:00:00+00', '2026-04-03 20:00:00+00'),
  (1008, 'zoe@guild.example',    'zoe',    null,    '2025-01-12 10:00:00+00', null);

insert into user_identities (provider, provider_user_id, user_id, linked_at) values
  ('chat',  'c-881001', 1001, '2025-01-05 10:00:00+00'),
  ('games', 'g-771001', 1001, '2025-02-05 10:00:00+00'),
  ('chat',  'c-881002', 1002, '2025-01-06 10:00:00+00'),
  ('chat',  'c-881003', 1003, '2025-01-07 10:00:00+00'),
  ('chat',  'c-881008', 1008, '2025-01-12 10:00:00+00');

insert into web_sessions (id, user_id, token_hash, ip, user_agent, created_at) values
  ('00000000-0000-4000-8000-000000000001', 1001, 'hash-of-anna-1', '192.0.2.1',  'Firefox on Linux', '2026-04-01 08:00:00+00'),
  ('00000000-0000-4000-8000-000000000002', 1001, 'hash-of-anna-2', '2001:db8::1', null,              '2026-04-20 08:00:00+00'),
  ('00000000-0000-4000-8000-000000000003', 1002, 'hash-of-bruno',  '192.0.2.2',  'Safari',           '2026-04-21 08:00:00+00');

-- An empty bio is not a missing one.
insert into profiles (user_id, display_name, bio, time_zone, avatar_path, updated_at) values
  (1001, 'Anna "the Wall" Ö.', E'Tank, sometimes healer.\nAsk me anything, 🎮', 'Europe/Vienna', 'avatars/1001.webp', '2026-01-05 10:00:00+00'),
  (1002, 'Bruno',  '',   'Europe/Rome', null, '2026-01-06 10:00:00+00'),
  (1003, 'Chiara', null, null,          '',   '2026-01-07 10:00:00+00'),
  (1004, 'Dmitri', null, null,          null, '2026-01-08 10:00:00+00');

-- The Iron Owls keep no member of whom they store nothing; the Sunday Club does not mind. The Empty Hall has no leader.
insert into guilds (id, name, requires_data, founded_at) values
  (1, 'Iron Owls',   true,  '2025-01-20 00:00:00+00'),
  (2, 'Sunday Club', false, '2025-01-21 00:00:00+00'),
  (3, 'Night Shift', true,  '2025-01-22 00:00:00+00'),
  (4, 'Empty Hall',  true,  '2025-01-23 00:00:00+00');

insert into guild_members (guild_id, user_id, role, nickname, joined_at) values
  (1, 1001, 'leader',  'Wall', '2025-01-20 00:00:00+00'),
  (1, 1002, 'leader',  '',     '2025-01-20 00:00:01+00'),
  (1, 1004, 'member',  null,   '2025-02-01 00:00:00+00'),
  (1, 1005, 'officer', null,   '2025-02-02 00:00:00+00'),
  (2, 1001, 'member',  null,   '2025-02-03 00:00:00+00'),
  (2, 1003, 'leader',  'C.',   '2025-01-21 00:00:00+00'),
  (3, 1001, 'member',  null,   '2025-02-04 00:00:00+00'),
  (3, 1003, 'leader',  null,   '2025-01-22 00:00:00+00'),
  (3, 1006, 'member',  null,   '2025-02-05 00:00:00+00');

insert into guild_points (guild_id, user_id, points) values
  (1, 1001, 4200), (1, 1002, 0), (2, 1001, -5), (3, 1003, 77), (4, 1001, 1);

-- Three of Anna's, one of which she took down long ago.
insert into characters (id, user_id, guild_id, name, backstory, sheet, created_at, deleted_at) values
  (1, 1001, 1,    'Wallgard', 'Born under a bridge, like Anna', '{"class": "tank", "level": 60, "notes": null}', '2025-02-01 12:00:00+00', null),
  (2, 1001, null, 'Mosslet',  '',   'null', '2025-03-01 12:00:00+00', null),
  (3, 1001, 1,    'Oops',     'Anna''s first, a mistake', null, '2025-01-30 12:00:00+00', '2025-02-01 11:59:59+00'),
  (4, 1002, 1,    'Brunhild', null, '{}',   '2025-02-02 12:00:00+00', null);

-- Anna's 1, 3, 6, 8, 9; 6 she took down herself, 3 and 9 are cited by moderators. 9 answers 8, 2 and 5 answer her.
insert into messages (id, guild_id, author_id, reply_to, body, created_at, edited_at, deleted_at) values
  (1,  1, 1001, null, 'Raid on Friday? says anna', '2026-03-01 18:00:00+00', '2026-03-01 18:01:00+00', null),
  (2,  1, 1002, 1,    'I am in. bruno',            '2026-03-01 18:05:00+00', null, null),
  (3,  1, 1001, 2,    'Only fools come late, bruno. anna', '2026-03-01 18:06:00+00', null, null),
  (4,  1, 1004, 2,    'Me too. dmitri',            '2026-03-01 18:07:00+00', null, null),
  (5,  1, 1005, 3,    'Calm down, please. elif',   '2026-03-01 18:08:00+00', null, null),
  (6,  1, 1001, null, 'Forget what I said. anna',  '2026-03-01 18:09:00+00', null, '2026-03-01 18:10:00+00'),
  (7,  2, 1003, null, 'Tea at five. chiara',       '2026-03-02 15:00:00+00', null, null),
  (8,  2, 1001, 7,    'With milk, anna',           '2026-03-02 15:01:00+00', null, null),
  (9,  2, 1001, 8,    'And no fools. anna',        '2026-03-02 15:02:00+00', null, null),
  (10, 1, 1002, 6,    'She wrote worse, and took it down. bruno', '2026-03-01 18:11:00+00', null, null),
  (11, 3, null, null, 'The bot says: server restarts at four', '2026-03-03 03:00:00+00', null, null);

insert into guild_events (id, guild_id, organiser_id, title, starts_at, created_at) values
  (1, 1, 1001, 'Friday raid', '2026-05-08 18:00:00+00', '2026-03-01 18:00:00+00'),
  (2, 1, 1002, 'Training',    '2026-05-09 18:00:00+00', '2026-03-02 18:00:00+00'),
  (3, 2, null, 'Tea',         '2026-05-10 15:00:00+00', '2026-03-03 18:00:00+00');

insert into event_signups (event_id, user_id, status, note) values
  (1, 1001, 'yes', 'I bring the banner'), (1, 1002, 'yes', ''), (1, 1004, 'maybe', null),
  (2, 1001, 'no', null), (2, 1005, 'yes', null), (3, 1003, 'yes', null);

-- Anna was muted twice, and once muted another person herself. The second case rests on what Bruno wrote about a message she took down.
insert into infractions (id, guild_id, user_id, moderator_id, kind, reason, created_at) values
  (1, 1, 1001, 1002, 'mute', 'Insults in the raid channel', '2026-03-01 19:00:00+00'),
  (2, 2, 1001, null, 'note', 'Word filter',                 '2026-03-02 15:02:01+00'),
  (3, 1, 1004, 1001, 'note', 'Came late',                   '2026-03-06 19:00:00+00'),
  (4, 3, 1006, 1003, 'ban',  'Sold his account',            '2026-03-07 19:00:00+00');

insert into infraction_evidence (id, infraction_id, message_id, note) values
  (1, 1, 3,    'the message'),
  (2, 1, 10,   'a witness'),
  (3, 2, 9,    null),
  (4, 3, 4,    'Not even an excuse'),
  (5, 4, null, '');

alter table characters alter column id restart with 5;
alter table messages alter column id restart with 12;
alter table guild_events alter column id restart with 4;
alter table infractions alter column id restart with 5;
alter table infraction_evidence alter column id restart with 6;
analyze;
