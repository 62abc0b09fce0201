-- Five people and three workspaces; the same on every load.

insert into users (id, name, email, phone, avatar_url, password_hash, locale, created_at, last_seen_at) values
  ('usr_mira00000000001', 'Mira Sand', 'mira@suite.example', '+49 30 1234567', 'https://cdn.suite.example/a/mira.png', 'pw-hash-mira', 'de', '2025-02-03T09:00Z', '2026-02-27T18:12Z'),
  ('usr_noor00000000002', 'Noor Haddad', 'noor@suite.example', null, null, 'pw-hash-noor', 'en', '2025-03-11T10:30Z', '2026-02-26T08:00Z'),
  ('usr_otis00000000003', 'Otis Brandt', 'otis@suite.example', null, null, null, 'en', '2025-06-21T14:00Z', null),
  ('usr_pia000000000004', 'Pia Lund', 'pia@suite.example', '+46 8 7654321', null, 'pw-hash-pia', 'sv', '2025-09-01T07:45Z', '2026-01-15T12:00Z'),
  ('usr_nobody000000005', null, 'nobody@suite.example', null, null, null, 'en', '2026-01-01T00:00Z', null);

insert into user_auth_providers (id, user_id, provider, provider_uid, refresh_token, connected_at) values
  (1, 'usr_mira00000000001', 'google', 'g-100200300', 'refresh-token-mira', '2025-02-03T09:01Z'),
  (2, 'usr_mira00000000001', 'apple', 'a-000777', null, '2025-08-19T20:15Z'),
  (3, 'usr_otis00000000003', 'microsoft', 'm-42', 'refresh-token-otis', '2025-06-21T14:00Z');

insert into user_notification_preferences (user_id, topic, by_email, by_push, updated_at) values
  ('usr_mira00000000001', 'comments', true, true, '2025-04-01T08:00Z'),
  ('usr_mira00000000001', 'orders', false, true, '2025-04-01T08:00Z'),
  ('usr_mira00000000001', 'product_news', false, false, '2025-02-03T09:00Z'),
  ('usr_noor00000000002', 'orders', true, false, '2025-03-11T10:30Z');

insert into user_security_events (id, user_id, kind, ip, user_agent, at) values
  (1, 'usr_mira00000000001', 'login', '203.0.113.7', 'Mozilla/5.0 (X11; Linux)', '2026-02-27T18:10Z'),
  (2, 'usr_mira00000000001', 'login_failed', '198.51.100.23', '=HYPERLINK("http://evil.example")', '2026-02-20T03:00Z'),
  (3, 'usr_mira00000000001', 'two_factor_on', '203.0.113.7', null, '2025-12-01T11:00Z'),
  (4, 'usr_noor00000000002', 'login', '2001:db8::1', 'Safari', '2026-02-26T08:00Z'),
  (5, null, 'login_failed', '192.0.2.99', 'curl', '2026-02-21T00:00Z');

insert into workspaces (id, name, plan, created_by, created_at) values
  ('ws_pottery', 'Sand & Fire Pottery', 'pro', 'usr_mira00000000001', '2025-02-03T09:05Z'),
  ('ws_bakery', 'Hearth Bakery', 'free', 'usr_noor00000000002', '2025-03-11T10:40Z'),
  ('ws_solo', 'Mira''s sketches', 'free', 'usr_mira00000000001', '2025-10-10T10:10Z');

insert into memberships (workspace_id, user_id, role, joined_at, invited_by) values
  ('ws_pottery', 'usr_mira00000000001', 'owner', '2025-02-03T09:05Z', null),
  ('ws_pottery', 'usr_noor00000000002', 'owner', '2025-05-02T12:00Z', 'usr_mira00000000001'),
  ('ws_pottery', 'usr_otis00000000003', 'editor', '2025-06-22T09:00Z', 'usr_mira00000000001'),
  ('ws_bakery', 'usr_noor00000000002', 'owner', '2025-03-11T10:40Z', null),
  ('ws_bakery', 'usr_mira00000000001', 'viewer', '2025-07-07T07:07Z', 'usr_noor00000000002'),
  ('ws_solo', 'usr_mira00000000001', 'owner', '2025-10-10T10:10Z', null),
  ('ws_solo', 'usr_pia000000000004', 'admin', '2025-10-11T10:10Z', 'usr_mira00000000001');

insert into blog_posts (id, workspace_id, author_id, title, body, published_at) values
  (1, 'ws_pottery', 'usr_mira00000000001', 'Glazing for beginners', 'Start with a clear glaze.', '2025-11-01T10:00Z'),
  (2, 'ws_pottery', 'usr_otis00000000003', 'Kiln diary', 'Cone six, again.', null),
  (3, 'ws_bakery', 'usr_noor00000000002', 'Our sourdough', 'It is eight years old.', '2025-04-04T04:04Z');

insert into shop_products (id, workspace_id, added_by, name, price_cents) values
  (1, 'ws_pottery', 'usr_mira00000000001', 'Blue bowl', 3400),
  (2, 'ws_pottery', 'usr_noor00000000002', 'Tea cup', 1800),
  (3, 'ws_bakery', 'usr_noor00000000002', 'Rye loaf', 620);

alter table user_auth_providers alter column id restart with 4;
alter table user_security_events alter column id restart with 6;
alter table blog_posts alter column id restart with 4;
alter table shop_products alter column id restart with 4;
