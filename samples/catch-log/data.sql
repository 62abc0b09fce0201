-- Three hundred anglers and everything they left behind, the same on every load: no random(), no now(), no
-- interval longer than hours (a day is not 24 hours in every time zone).
-- Person n has the key md5('profile-n')::uuid and the user name angler- with n in four digits, which is also the marker in
-- what they write, so a test can search for it. Person 42 is the one who leaves: rows in every table and role, most of
-- them written out at the end. Persons 1, 2 and 7 are admins.

insert into schema_migrations
select lpad(v::text, 4, '0') || '_step', timestamptz '2024-01-01 00:00:00+00' + v * interval '216 hours'
from generate_series(1, 12) v;

insert into species (id, common_name, latin_name, record_weight_kg) values
  (1, 'Common carp', 'Cyprinus carpio', 34.500), (2, 'Pike', 'Esox lucius', 25.000),
  (3, 'Perch', 'Perca fluviatilis', 2.900),      (4, 'Zander', 'Sander lucioperca', 11.480),
  (5, 'Tench', 'Tinca tinca', 6.890),            (6, 'Brown trout', 'Salmo trutta', null),
  (7, 'Barbel', 'Barbus barbus', 9.630),         (8, 'Roach', 'Rutilus rutilus', 1.960),
  (9, 'Bream', 'Abramis brama', 10.320),         (10, 'European eel', 'Anguilla anguilla', null);

insert into waters (id, name, kind, region)
select w, (array['Mill', 'Heron', 'Long', 'Black', 'Abbey'])[1 + w % 5] || ' '
          || (array['Water', 'Reach', 'Mere', 'Cut'])[1 + w % 4] || ' ' || w,
       (array['river', 'lake', 'canal', 'sea'])[1 + w % 4],
       (array['North', 'East', 'South', 'West'])[1 + w / 10]
from generate_series(1, 36) w;

-- People. Every tenth address is spelled with capitals, as people do.

insert into profiles (id, email, username, display_name, bio, avatar_path, phone, home_water, favourite_baits, settings,
                      signup_ip, created_at, last_seen_at, moderation_status, warn_count, suspended_until)
select md5('profile-' || n)::uuid,
       case when n % 10 = 5 then initcap(name) else name end || '@catchlog.example',
       name,
       (array['Ada', 'Bela', 'Cem', 'Dana', 'Emil', 'Femke', 'Goran'])[1 + n % 7] || ' '
         || (array['Brook', 'Carver', 'Dunn', 'Eder', 'Fisk'])[1 + n % 5] || ' ' || n,
       case when n % 6 <> 0 then 'Fishing since ' || 1960 + n % 50 || '. Ask for ' || name || ' at the bridge.' end,
       case when n % 4 <> 0 then 'avatars/' || md5('profile-' || n)::uuid || '.webp' end,
       case when n % 3 = 0 then '+00 555 ' || lpad(n::text, 6, '0') end,
       case when n % 5 <> 0 then 'Home bank of ' || name end,
       case when n % 2 = 0 then array['maggot', 'secret mix of ' || name] end,
       jsonb_build_object('units', case when n % 2 = 0 then 'metric' else 'imperial' end, 'nick', name, 'digest', n % 3 = 0),
       ('10.' || n / 200 || '.' || n % 200 || '.' || 1 + n % 250)::inet,
       timestamptz '2024-01-10 08:00:00+00' + n * interval '3 hours 7 minutes',
       case when n % 8 <> 0 then timestamptz '2025-02-01 12:00:00+00' + n * interval '11 minutes' end,
       (case when n % 60 = 59 then 'suspended' when n % 20 = 11 then 'warned' else 'active' end)::account_status,
       case when n % 60 = 59 then 3 when n % 20 = 11 then 1 else 0 end,
       case when n % 60 = 59 then timestamptz '2025-06-01 00:00:00+00' end
from (select n, 'angler-' || lpad(n::text, 4, '0') as name from generate_series(1, 300) n) people
order by n;

insert into admin_users (user_id, role, added_at)
select md5('profile-' || n)::uuid, (case when n = 1 then 'owner' else 'moderator' end)::admin_role,
       timestamptz '2024-02-01 09:00:00+00' + n * interval '24 hours'
from (values (1), (2), (7)) admins (n);

-- Catches 1 to 1200: catch i belongs to person (i - 1) % 300 + 1, so each person has four.

insert into catches (id, user_id, species_id, water_id, title, notes, spot, latitude, longitude, weight_kg, length_cm,
                     water_temp_c, method, media_paths, tags, metadata, visibility, caught_at, created_at, updated_at,
                     is_deleted, deleted_at)
select md5('catch-' || i)::uuid, md5('profile-' || n)::uuid, 1 + i % 10, case when i % 9 <> 0 then 1 + i % 36 end,
       'Catch ' || i || ' of ' || name,
       case when i % 4 <> 0 then 'Cloudy, light wind. Written by ' || name || '.' end,
       case when i % 3 = 0 then 'Third peg behind the shed of ' || name end,
       case when i % 2 = 0 then 47 + (i % 500) * 0.001371 end,
       case when i % 2 = 0 then 11 + (i % 700) * 0.002113 end,
       0.250 + (i * 37 % 9000) * 0.001, 18 + (i * 13 % 900) * 0.1,
       case when i % 5 <> 0 then 4 + (i % 190) * 0.1 end,
       (array['float', 'feeder', 'fly', 'spinning', 'trolling', 'ice'])[1 + i % 6]::fishing_method,
       case when i % 3 <> 0 then array['catches/' || md5('profile-' || n)::uuid || '/' || i || '-1.jpg',
                                       'catches/' || md5('profile-' || n)::uuid || '/' || i || '-2.jpg'] end,
       case when i % 4 <> 1 then array['session', 'by-' || name] end,
       case when i % 5 <> 2 then jsonb_build_object('device', 'phone of ' || name, 'pressure_hpa', 990 + i % 45, 'moon', null) end,
       (case when i % 97 = 0 then 'private' else (array['public', 'followers', 'public', 'private'])[1 + i % 4] end)::visibility,
       timestamptz '2024-03-01 05:30:00+00' + i * interval '5 hours',
       timestamptz '2024-03-01 19:00:00+00' + i * interval '5 hours',
       case when i % 6 = 0 then timestamptz '2024-03-03 10:00:00+00' + i * interval '5 hours' end,
       i % 97 = 0,
       case when i % 97 = 0 then timestamptz '2025-01-15 00:00:00+00' + i * interval '1 minute' end
from (select i, (i - 1) % 300 + 1 as n, 'angler-' || lpad(((i - 1) % 300 + 1)::text, 4, '0') as name
      from generate_series(1, 1200) i) made
order by i;

-- Comments 1 to 3600. Comments i and i + 1200 stand under the same catch, so the later one may answer the earlier one.
-- Those taken down by their authors keep their text in the table, as applications tend to.

insert into catch_comments (id, catch_id, user_id, parent_id, body, is_deleted, created_at, edited_at)
select i, md5('catch-' || i * 7 % 1200 + 1)::uuid, md5('profile-' || n)::uuid,
       case when i > 2400 and i % 3 = 0 or i between 1201 and 2400 and i % 2 = 0 then i - 1200 end,
       'Comment ' || i || ': well done, says angler-' || lpad(n::text, 4, '0'),
       i % 41 = 0,
       timestamptz '2024-12-01 00:00:00+00' + i * interval '17 minutes',
       case when i % 10 = 0 then timestamptz '2024-12-01 00:05:00+00' + i * interval '17 minutes' end
from (select i, (i * 13 + (i - 1) / 1200 * 71) % 300 + 1 as n from generate_series(1, 3600) i) made
order by i;

insert into catch_ratings (catch_id, user_id, stars, note, created_at)
select md5('catch-' || i)::uuid, md5('profile-' || n)::uuid, 1 + (i + k) % 5,
       case when i % 7 = 0 then 'Stars from angler-' || lpad(n::text, 4, '0') end,
       timestamptz '2025-01-01 00:00:00+00' + (i * 3 + k) * interval '9 minutes'
from (select i, k, (i - 1 + k * 37) % 300 + 1 as n from generate_series(1, 1200) i, generate_series(1, 3) k) made
order by i, k;

insert into catch_reactions (catch_id, user_id, kind, created_at)
select md5('catch-' || i)::uuid, md5('profile-' || (i - 1 + k * 53) % 300 + 1)::uuid,
       (array['like', 'wow', 'respect', 'laugh'])[1 + (i + k) % 4]::reaction_kind,
       timestamptz '2025-01-01 00:00:00+00' + (i * 2 + k) * interval '8 minutes'
from generate_series(1, 1200) i, generate_series(1, 2) k
order by i, k;

insert into profile_follows (follower_id, following_id, note, created_at)
select md5('profile-' || n)::uuid, md5('profile-' || (n - 1 + k * 29) % 300 + 1)::uuid,
       case when (n + k) % 5 = 0 then 'Private note of angler-' || lpad(n::text, 4, '0') end,
       timestamptz '2024-06-01 00:00:00+00' + (n * 8 + k) * interval '41 minutes'
from generate_series(1, 300) n, generate_series(1, 8) k
order by n, k;

-- Inboxes: a comment tells the owner of the catch, an answer tells the author of the comment, a follow tells the followed.

insert into notifications (user_id, actor_id, kind, catch_id, comment_id, message, data, read_at, created_at)
select c.user_id, m.user_id, 'comment', m.catch_id, m.id, a.display_name || ' (' || a.username || ') commented on your catch',
       case when m.id % 9 = 0 then jsonb 'null'
            when m.id % 9 <> 1 then jsonb_build_object('actor', a.username, 'preview', left(m.body, 40)) end,
       case when m.id % 2 = 0 then m.created_at + interval '1 hour' end, m.created_at
from catch_comments m join catches c on c.id = m.catch_id join profiles a on a.id = m.user_id
where m.user_id <> c.user_id
order by m.id;

insert into notifications (user_id, actor_id, kind, catch_id, comment_id, message, data, created_at)
select p.user_id, m.user_id, 'reply', m.catch_id, m.id, a.display_name || ' (' || a.username || ') answered you',
       jsonb_build_object('actor', a.username), m.created_at
from catch_comments m join catch_comments p on p.id = m.parent_id join profiles a on a.id = m.user_id
where m.user_id <> p.user_id
order by m.id;

insert into notifications (user_id, actor_id, kind, message, data, created_at)
select f.following_id, f.follower_id, 'follow', a.display_name || ' (' || a.username || ') follows you',
       jsonb_build_object('actor', a.username), f.created_at
from profile_follows f join profiles a on a.id = f.follower_id
order by f.created_at;

-- Reports: about a person, a catch or a comment in turn; every twentieth without a reporter.

insert into reports (reporter_id, reported_user_id, catch_id, comment_id, reason, details, snapshot, status, created_at, closed_at)
select case when i % 20 <> 0 then md5('profile-' || reporter)::uuid end, coalesce(c.user_id, m.user_id, p.id), c.id, m.id,
       (array['spam', 'harassment', 'false_record', 'animal_welfare', 'privacy', 'other'])[1 + i % 6]::report_reason,
       case when i % 7 <> 0 then 'Report ' || i || ': please look at this' end,
       case when c.id is not null then jsonb_build_object('title', c.title, 'notes', c.notes)
            when m.id is not null then jsonb_build_object('body', m.body) end,
       (array['open', 'upheld', 'dismissed'])[1 + i % 3]::report_status,
       timestamptz '2025-02-01 00:00:00+00' + i * interval '2 hours',
       case when i % 3 <> 0 then timestamptz '2025-02-02 00:00:00+00' + i * interval '2 hours' end
from (select i, i * 17 % 300 + 1 as reporter from generate_series(1, 240) i) made
join profiles p on p.id = md5('profile-' || i * 19 % 300 + 1)::uuid
left join catches c on i % 3 = 1 and c.id = md5('catch-' || i * 11 % 1200 + 1)::uuid
left join catch_comments m on i % 3 = 2 and m.id = i * 23 % 3600 + 1
where md5('profile-' || reporter)::uuid <> coalesce(c.user_id, m.user_id, p.id)
order by i;

insert into user_warnings (user_id, issued_by, severity, reason, details, created_at, acknowledged_at)
select md5('profile-' || n)::uuid, md5('profile-' || (array[1, 2, 7])[1 + i % 3])::uuid,
       (array['notice', 'warning', 'final'])[1 + i % 3]::warning_severity,
       (array['Tone of comments', 'Repeated posting', 'Unproven record'])[1 + i % 3],
       case when i % 4 <> 0 then 'Warning ' || i || ' to angler-' || lpad(n::text, 4, '0') end,
       timestamptz '2025-02-10 00:00:00+00' + i * interval '7 hours',
       case when i % 2 = 0 then timestamptz '2025-02-11 00:00:00+00' + i * interval '7 hours' end
from (select i, i * 31 % 290 + 10 as n from generate_series(1, 60) i) made
order by i;

-- Moderation: about a person (with user_id), about a catch or a comment only (without), some by a rule instead of an admin.

insert into moderation_log (user_id, catch_id, comment_id, admin_id, action, details, metadata, created_at)
select case when i % 3 = 0 then md5('profile-' || n)::uuid end,
       case when i % 3 = 1 then md5('catch-' || i * 11 % 1200 + 1)::uuid end,
       case when i % 3 = 2 then i * 23 % 3600 + 1 end,
       case when i % 5 <> 0 then md5('profile-' || (array[1, 2, 7])[1 + i % 4 % 3])::uuid end,
       (array['note', 'hide_catch', 'hide_comment'])[1 + i % 3]::moderation_action,
       'Entry ' || i, case when i % 4 <> 0 then jsonb_build_object('rule', 'R' || i % 12, 'previous', 'active') end,
       timestamptz '2025-02-15 00:00:00+00' + i * interval '3 hours'
from (select i, i * 29 % 290 + 10 as n from generate_series(1, 300) i) made
order by i;

-- Person 42, by hand, with values that break careless exporters: quotes, line breaks, commas, backslashes, formulas,
-- emoji, right-to-left text, JSON null beside SQL NULL, empty arrays beside NULL, a sensor that reported NaN.

update profiles set
  display_name = 'Zoë "Line" O''Malley, 釣り人 🎣',
  bio = 'I am angler-0042.
I said: "one more cast", and stayed; then, of course, it rained.
	Path: C:\boat\new, 50 % of the time. =cmd()',
  phone = '+00 555 000042',
  home_water = 'Mill Water, angler-0042''s bank',
  favourite_baits = array['corn, sweet', 'angler-0042 "special"', '', null, 'back\slash', '{curly}', '🐛'],
  settings = '{"nick": "angler-0042", "digest": null, "theme": {"name": "dusk", "tabs": ["\t", "\u00e9", "\\"]}, "big": 12345678901234567890.123456789}',
  moderation_status = 'warned', warn_count = 2,
  moderation_note = 'Second warning given to angler-0042; watch the tone'
where id = md5('profile-42')::uuid;

insert into catches (id, user_id, species_id, water_id, title, notes, spot, latitude, longitude, weight_kg, length_cm, water_temp_c,
                     method, media_paths, tags, metadata, visibility, caught_at, created_at, is_deleted, deleted_at) values
  (md5('catch-1201')::uuid, md5('profile-42')::uuid, 1, 3, '=cmd()|'' /C calc''!A0', 'angler-0042 wrote:
"first line", then
second line with a trailing backslash \', 'Under the "old" bridge, left', 48.208176, 11.373819, 12.500, 81.0, 'NaN',
   'feeder', array['catches/42/a "quoted", path.jpg', 'catches/42/back\slash.jpg'], array['big', 'by-angler-0042', 'a,b', '"q"', null, ''],
   'null', 'public', '2024-07-01 04:15:00.123456+02', '2024-07-01 20:00:00+00', false, null),
  (md5('catch-1202')::uuid, md5('profile-42')::uuid, 2, null, 'Ünïcödé 🐟 דג by angler-0042', null, null, null, null, 3.000, null, null,
   null, '{}', '{}', null, 'followers', '2024-02-29 23:59:59+00', '2024-03-01 00:00:00+00', false, null),
  (md5('catch-1203')::uuid, md5('profile-42')::uuid, 3, 5, '+1, @here, -2', '', 'NULL', 0, -180.000000, 0.001, 0.1, -0.5,
   'ice', null, array['by-angler-0042'], '{"owner": "angler-0042", "none": null, "list": [null, "null", {}], "s": "say \"hi\"\nback\\"}',
   'private', '2025-01-06 07:00:00-05', '2025-01-06 13:00:00+00', false, null),
  (md5('catch-1204')::uuid, md5('profile-42')::uuid, 4, 6, 'Taken down by angler-0042 long ago', 'Blurred anyway, angler-0042', null, null, null, 1.250,
   44.0, 9.5, 'spinning', array['catches/42/blurred.jpg'], null, '{}', 'private', '2024-08-01 06:00:00+00', '2024-08-01 20:00:00+00',
   true, '2024-09-01 00:00:00+00');

-- Two threads: under their own catch (1201) and under the catch of person 99 (99). 17 and 99 answer them and are answered.

insert into catch_comments (id, catch_id, user_id, parent_id, body, is_deleted, created_at, edited_at) values
  (3601, md5('catch-1201')::uuid, md5('profile-17')::uuid, null, 'What a fish, @angler-0042! (angler-0017)', false, '2025-03-01 10:00:00+00', null),
  (3602, md5('catch-1201')::uuid, md5('profile-42')::uuid, 3601, 'Thanks, "friend"
it took an hour; angler-0042', false, '2025-03-01 10:05:00+00', '2025-03-01 10:06:00+00'),
  (3603, md5('catch-1201')::uuid, md5('profile-17')::uuid, 3602, 'An hour? says angler-0017', false, '2025-03-01 10:10:00+00', null),
  (3604, md5('catch-1201')::uuid, md5('profile-42')::uuid, 3603, '=HYPERLINK("http://angler-0042.example";"click")', false, '2025-03-01 10:15:00+00', null),
  (3605, md5('catch-99')::uuid, md5('profile-42')::uuid, null, 'angler-0042 doubts it, \ and says so: 🐟🐟', false, '2025-03-02 08:00:00+00', null),
  (3606, md5('catch-99')::uuid, md5('profile-99')::uuid, 3605, 'Come and see it then. angler-0099', false, '2025-03-02 08:30:00+00', null),
  (3607, md5('catch-99')::uuid, md5('profile-42')::uuid, 3606, 'Harsh words of angler-0042, since taken down', true, '2025-03-02 08:45:00+00', null),
  (3608, md5('catch-99')::uuid, md5('profile-200')::uuid, 3607, 'Calm, both of you. angler-0200', false, '2025-03-02 09:00:00+00', null),
  (3609, md5('catch-99')::uuid, md5('profile-42')::uuid, 3605, '[deleted]', false, '2025-03-02 09:30:00+00', null),
  (3610, md5('catch-1201')::uuid, md5('profile-150')::uuid, 3602, 'Abuse by angler-0150, hidden by a moderator', false, '2025-03-03 09:00:00+00', null);

insert into catch_ratings (catch_id, user_id, stars, note, created_at) values
  (md5('catch-1201')::uuid, md5('profile-99')::uuid, 5, 'Fine fish, angler-0099', '2025-03-01 12:00:00+00'),
  (md5('catch-1201')::uuid, md5('profile-42')::uuid, 5, 'angler-0042 rates "own" fish; \ why not', '2025-03-01 12:01:00+00'),
  (md5('catch-99')::uuid, md5('profile-42')::uuid, 1, '-1, says angler-0042', '2025-03-02 08:01:00+00');

insert into catch_reactions (catch_id, user_id, kind, created_at) values
  (md5('catch-1201')::uuid, md5('profile-99')::uuid, 'respect', '2025-03-01 12:02:00+00'),
  (md5('catch-99')::uuid, md5('profile-42')::uuid, 'laugh', '2025-03-02 08:02:00+00'),
  (md5('catch-99')::uuid, md5('profile-42')::uuid, 'wow', '2025-03-02 08:03:00+00');

insert into profile_follows (follower_id, following_id, note, created_at) values
  (md5('profile-42')::uuid, md5('profile-99')::uuid, 'angler-0042: keep an eye on "99"', '2025-03-02 08:04:00+00'),
  (md5('profile-99')::uuid, md5('profile-42')::uuid, 'angler-0099: the one who doubts me', '2025-03-02 08:35:00+00');

-- Inbox of 42 (from a person, from no person, from themself) and inboxes of others that 42 caused.

insert into notifications (user_id, actor_id, kind, catch_id, comment_id, message, data, read_at, created_at) values
  (md5('profile-42')::uuid, md5('profile-17')::uuid, 'reply', md5('catch-1201')::uuid, 3603, 'angler-0017 answered you, "friend"', '{"actor": "angler-0017", "preview": null}', null, '2025-03-01 10:10:00+00'),
  (md5('profile-42')::uuid, null, 'moderation', md5('catch-942')::uuid, null, 'Your catch was hidden, angler-0042', 'null', '2025-03-04 00:00:00+00', '2025-03-03 23:00:00+00'),
  (md5('profile-42')::uuid, md5('profile-42')::uuid, 'milestone', md5('catch-1201')::uuid, null, 'Personal best, angler-0042 🎉', null, null, '2024-07-01 20:00:01+00'),
  (md5('profile-17')::uuid, md5('profile-42')::uuid, 'reply', md5('catch-1201')::uuid, 3602, 'angler-0042 answered you', '{"actor": "angler-0042", "preview": "Thanks, \"friend\""}', '2025-03-01 11:00:00+00', '2025-03-01 10:05:00+00'),
  (md5('profile-99')::uuid, md5('profile-42')::uuid, 'comment', md5('catch-99')::uuid, 3605, 'Zoë "Line" O''Malley, 釣り人 🎣 (angler-0042) commented on your catch', 'null', null, '2025-03-02 08:00:00+00'),
  (md5('profile-99')::uuid, md5('profile-42')::uuid, 'rating', md5('catch-99')::uuid, null, 'angler-0042 gave you one star', null, null, '2025-03-02 08:01:00+00'),
  (md5('profile-99')::uuid, md5('profile-42')::uuid, 'follow', null, null, 'angler-0042 follows you', '{"actor": "angler-0042"}', null, '2025-03-02 08:04:00+00');

-- 42 reports 99 (as a person, a catch, a comment) and is reported by 99, by 17 and by an unknown person. The reporters
-- name themselves in their words, which the export of 42 must not show.

insert into reports (reporter_id, reported_user_id, catch_id, comment_id, reason, details, snapshot, status, created_at, closed_at) values
  (md5('profile-42')::uuid, md5('profile-99')::uuid, null, null, 'harassment', 'Follows me around; "see it then", he says', null, 'open', '2025-03-02 10:00:00+00', null),
  (md5('profile-42')::uuid, md5('profile-99')::uuid, md5('catch-99')::uuid, null, 'false_record', '=1+1, not that heavy
by half', '{"title": "Catch 99 of angler-0099"}', 'dismissed', '2025-03-02 10:05:00+00', '2025-03-04 10:00:00+00'),
  (md5('profile-42')::uuid, md5('profile-99')::uuid, null, 3606, 'harassment', null, '{"body": "Come and see it then. angler-0099"}', 'dismissed', '2025-03-02 10:10:00+00', '2025-03-04 10:00:00+00'),
  (md5('profile-99')::uuid, md5('profile-42')::uuid, null, null, 'harassment', 'It is me, angler-0099, whom angler-0042 insults', null, 'upheld', '2025-03-02 11:00:00+00', '2025-03-04 10:00:00+00'),
  (md5('profile-99')::uuid, md5('profile-42')::uuid, null, 3607, 'harassment', 'Signed, angler-0099', '{"body": "Harsh words of angler-0042, since taken down"}', 'upheld', '2025-03-02 11:05:00+00', '2025-03-04 10:00:00+00'),
  (md5('profile-17')::uuid, md5('profile-42')::uuid, md5('catch-942')::uuid, null, 'animal_welfare', 'The fish lay on gravel. angler-0017', '{"title": "Catch 942 of angler-0042"}', 'upheld', '2025-03-03 20:00:00+00', '2025-03-03 22:00:00+00'),
  (null, md5('profile-42')::uuid, md5('catch-1201')::uuid, null, 'other', null, 'null', 'open', '2025-03-05 00:00:00+00', null);

insert into user_warnings (user_id, issued_by, severity, reason, details, created_at, acknowledged_at) values
  (md5('profile-42')::uuid, md5('profile-1')::uuid, 'notice', 'Fish on gravel', 'To angler-0042: use a mat, please', '2025-03-03 22:30:00+00', '2025-03-03 23:30:00+00'),
  (md5('profile-42')::uuid, md5('profile-7')::uuid, 'warning', 'Tone of comments', 'To angler-0042: "harsh words",
see the rules', '2025-03-04 10:00:00+00', null);

-- Entries about 42 as a person, about a catch or a comment of theirs only, about both at once; the last two hang off
-- their catch but are about the comment of person 150, so they are not theirs.

insert into moderation_log (user_id, catch_id, comment_id, admin_id, action, details, metadata, created_at) values
  (md5('profile-42')::uuid, null, null, md5('profile-7')::uuid, 'warn', 'Second warning to angler-0042', '{"previous": "active", "next": "warned", "until": null}', '2025-03-04 10:00:01+00'),
  (null, md5('catch-942')::uuid, null, md5('profile-1')::uuid, 'hide_catch', 'Fish on gravel, catch of angler-0042', 'null', '2025-03-03 22:00:00+00'),
  (null, null, 3607, null, 'hide_comment', 'Word filter, comment of angler-0042', '{"rule": "R3", "words": ["harsh"]}', '2025-03-02 08:45:01+00'),
  (md5('profile-42')::uuid, md5('catch-942')::uuid, null, md5('profile-2')::uuid, 'restore_catch', 'angler-0042 cut the picture, "fine" now', null, '2025-03-06 09:00:00+00'),
  (md5('profile-150')::uuid, md5('catch-1201')::uuid, 3610, md5('profile-7')::uuid, 'hide_comment', 'Abuse by angler-0150', '{"rule": "R1"}', '2025-03-03 09:10:00+00'),
  (null, md5('catch-1201')::uuid, 3610, null, 'note', 'Word filter, comment of angler-0150', null, '2025-03-03 09:00:01+00');

alter table catch_comments alter column id restart with 3611;
analyze;
