-- Seven people, the same on every load: no random(), no now().
-- ...0001 Ada has rows everywhere and owns Lighthouse together with Ben. ...0002 Ben owns Lighthouse with her. ...0003 Cleo
-- alone owns Solo, and an archived organisation. ...0007 has no rows elsewhere.

insert into schema_migrations values ('0013', '2025-01-01 00:00:00+00'), ('0014', '2025-06-01 00:00:00+00');

-- Ada's address is spelled with a capital here and without elsewhere, as people do. Ben's name is empty, Cleo's missing.
insert into users (id, email, name, avatar_url, settings, created_at) values
  ('a0000000-0000-4000-8000-000000000001', 'Ada@planner.example', 'Ada "L." Öztürk', 'https://img.example/ada.png', '{"theme": "dark", "nick": null}', '2025-01-01 09:00:00+00'),
  ('a0000000-0000-4000-8000-000000000002', 'ben@planner.example', '', null, '{}', '2025-01-02 09:00:00+00'),
  ('a0000000-0000-4000-8000-000000000003', 'cleo@planner.example', null, '', '{}', '2025-01-03 09:00:00+00'),
  ('a0000000-0000-4000-8000-000000000004', 'dan@planner.example', 'Dan', null, '{}', '2025-01-04 09:00:00+00'),
  ('a0000000-0000-4000-8000-000000000005', 'eva@planner.example', 'Eva', null, '{}', '2025-01-05 09:00:00+00'),
  ('a0000000-0000-4000-8000-000000000006', 'ada@planner.example.org', 'The other Ada', null, '{}', '2025-01-06 09:00:00+00'),
  ('a0000000-0000-4000-8000-000000000007', 'nobody@planner.example', null, null, '{}', '2025-01-07 09:00:00+00');

insert into sessions (id, user_id, token_hash, ip, user_agent, created_at, revoked_at) values
  ('50000000-0000-4000-8000-000000000001', 'a0000000-0000-4000-8000-000000000001', 'session-hash-ada-1', '192.0.2.7', 'Firefox', '2026-04-01 08:00:00+00', null),
  ('50000000-0000-4000-8000-000000000002', 'a0000000-0000-4000-8000-000000000001', 'session-hash-ada-2', null, null, '2026-01-01 08:00:00+00', '2026-02-01 08:00:00+00'),
  ('50000000-0000-4000-8000-000000000003', 'a0000000-0000-4000-8000-000000000002', 'session-hash-ben', '2001:db8::7', 'Safari', '2026-04-02 08:00:00+00', null);

insert into oauth_identities (provider, provider_user_id, user_id, linked_at) values
  ('github', '700001', 'a0000000-0000-4000-8000-000000000001', '2025-01-01 09:00:00+00'),
  ('google', '800001', 'a0000000-0000-4000-8000-000000000001', '2025-02-01 09:00:00+00'),
  ('github', '700003', 'a0000000-0000-4000-8000-000000000003', '2025-01-03 09:00:00+00');

insert into magic_links (id, user_id, token_hash, expires_at, used_at) values
  (1, 'a0000000-0000-4000-8000-000000000001', 'link-hash-ada-1', '2025-01-01 10:00:00+00', '2025-01-01 09:30:00+00'),
  (2, 'a0000000-0000-4000-8000-000000000001', 'link-hash-ada-2', '2026-05-05 10:00:00+00', null),
  (3, 'a0000000-0000-4000-8000-000000000004', 'link-hash-dan', '2026-05-05 10:00:00+00', null);

insert into orgs (id, slug, name, created_at, archived_at) values
  (1, 'lighthouse', 'Lighthouse', '2025-01-01 09:00:00+00', null),
  (2, 'solo', 'Solo & Sons', '2025-01-03 09:00:00+00', null),
  (3, 'old-solo', 'Old Solo', '2024-01-03 09:00:00+00', '2025-01-01 00:00:00+00');

insert into memberships (org_id, user_id, role, joined_at) values
  (1, 'a0000000-0000-4000-8000-000000000001', 'owner',  '2025-01-01 09:00:00+00'),
  (1, 'a0000000-0000-4000-8000-000000000002', 'owner',  '2025-01-02 09:00:00+00'),
  (1, 'a0000000-0000-4000-8000-000000000004', 'member', '2025-01-04 09:00:00+00'),
  (2, 'a0000000-0000-4000-8000-000000000001', 'member', '2025-01-05 09:00:00+00'),
  (2, 'a0000000-0000-4000-8000-000000000003', 'owner',  '2025-01-03 09:00:00+00'),
  (2, 'a0000000-0000-4000-8000-000000000005', 'admin',  '2025-01-06 09:00:00+00'),
  (3, 'a0000000-0000-4000-8000-000000000003', 'owner',  '2024-01-03 09:00:00+00');

-- Ada invited three, took the second invitation back herself, and was invited by Cleo, as ADA@...; the other Ada was invited too.
insert into invitations (id, org_id, invited_by_user_id, email, token_hash, created_at, accepted_at, suspended_at) values
  (1, 1, 'a0000000-0000-4000-8000-000000000001', 'dan@planner.example', 'invite-hash-1', '2025-01-03 09:00:00+00', '2025-01-04 09:00:00+00', null),
  (2, 1, 'a0000000-0000-4000-8000-000000000001', 'friend@elsewhere.example', 'invite-hash-2', '2026-04-03 09:00:00+00', null, '2026-04-04 09:00:00+00'),
  (3, 2, 'a0000000-0000-4000-8000-000000000003', 'ADA@planner.example', 'invite-hash-3', '2025-01-04 09:00:00+00', '2025-01-05 09:00:00+00', null),
  (5, 1, 'a0000000-0000-4000-8000-000000000001', 'other@elsewhere.example', 'invite-hash-5', '2026-04-05 09:00:00+00', null, null),
  (4, 2, 'a0000000-0000-4000-8000-000000000003', 'ada@planner.example.org', 'invite-hash-4', '2025-01-05 09:00:00+00', null, null);

insert into agents (id, org_id, created_by_user_id, name, created_at) values
  (1, 1, 'a0000000-0000-4000-8000-000000000001', 'Foreman', '2025-03-01 09:00:00+00'),
  (2, 2, 'a0000000-0000-4000-8000-000000000003', 'Clerk', '2025-03-02 09:00:00+00'),
  (3, 2, null, 'Built-in', '2025-03-03 09:00:00+00');

insert into agent_tokens (id, agent_id, token_hash, revoked_by_user_id, revoked_at) values
  (1, 1, 'agent-hash-1', 'a0000000-0000-4000-8000-000000000001', '2026-01-01 00:00:00+00'),
  (2, 1, 'agent-hash-2', null, null),
  (3, 2, 'agent-hash-3', 'a0000000-0000-4000-8000-000000000002', '2026-01-02 00:00:00+00');

insert into plans (id, org_id, title, body, approved_by_user_id, approved_at, created_at) values
  (1, 1, 'New lamp', 'Order, mount, light.', 'a0000000-0000-4000-8000-000000000001', '2026-02-01 09:00:00+00', '2026-01-31 09:00:00+00'),
  (2, 1, 'Paint', E'White,\nthen red', 'a0000000-0000-4000-8000-000000000002', '2026-02-02 09:00:00+00', '2026-01-31 10:00:00+00'),
  (3, 2, 'Accounts', '', null, null, '2026-02-03 09:00:00+00'),
  (4, 2, 'Move', 'To the shore', 'a0000000-0000-4000-8000-000000000001', '2026-02-05 09:00:00+00', '2026-02-04 09:00:00+00');

insert into tasks (id, plan_id, title, done_at) values
  (1, 1, 'Order the lamp', '2026-02-10 09:00:00+00'), (2, 1, 'Mount it', null), (3, 2, 'Buy paint', null), (4, 3, 'Sum up', null);

-- An agent wrote 3, so no person's key stands there; the author of 5 left long ago.
insert into task_comments (id, task_id, author_kind, author_user_id, body, created_at) values
  (1, 1, 'user',  'a0000000-0000-4000-8000-000000000001', 'Ordered. Ada', '2026-02-09 09:00:00+00'),
  (2, 1, 'user',  'a0000000-0000-4000-8000-000000000002', 'Thanks, Ada', '2026-02-09 10:00:00+00'),
  (3, 1, 'agent', null, 'Marked as done', '2026-02-10 09:00:00+00'),
  (4, 4, 'user',  'a0000000-0000-4000-8000-000000000001', '=1+1, "Ada"', '2026-02-11 09:00:00+00'),
  (5, 3, 'user',  null, 'Which red?', '2026-02-12 09:00:00+00');

insert into task_amendments (id, task_id, proposed_by_user_id, reason, change, created_at) values
  (1, 2, 'a0000000-0000-4000-8000-000000000001', 'Too heavy', '{"title": "Mount it by crane"}', '2026-02-12 09:00:00+00'),
  (2, 2, 'a0000000-0000-4000-8000-000000000002', null, '{"title": null}', '2026-02-13 09:00:00+00'),
  (3, 4, 'a0000000-0000-4000-8000-000000000001', '', '{}', '2026-02-14 09:00:00+00');

insert into agent_audit (id, agent_id, user_id, action, details, at) values
  (1, 1, 'a0000000-0000-4000-8000-000000000001', 'started', '{"plan": 1}', '2026-02-10 08:00:00+00'),
  (2, 1, null, 'finished', 'null', '2026-02-10 09:00:00+00'),
  (3, 2, 'a0000000-0000-4000-8000-000000000003', 'started', null, '2026-02-11 08:00:00+00'),
  (4, 2, 'a0000000-0000-4000-8000-000000000001', 'stopped', '{"why": "wrong sums"}', '2026-02-11 09:00:00+00');

-- Ada is on the list twice, in two spellings; the third row only looks like her.
insert into pro_waitlist (id, email, note, added_at) values
  (1, 'ada@planner.example', 'For the lighthouse', '2024-12-01 00:00:00+00'),
  (2, 'ADA@PLANNER.EXAMPLE', null, '2024-12-02 00:00:00+00'),
  (3, 'ada@planner.example.org', '', '2024-12-03 00:00:00+00'),
  (4, 'stranger@elsewhere.example', null, '2024-12-04 00:00:00+00');

insert into dsr_requests (id, user_id, kind, state, payload, requested_at) values
  (1, 'a0000000-0000-4000-8000-000000000001', 'export', 'completed', '{"bytes": 10231}', '2025-07-01 00:00:00+00'),
  (2, 'a0000000-0000-4000-8000-000000000001', 'delete', 'completed', null, '2025-08-01 00:00:00+00'),
  (3, 'a0000000-0000-4000-8000-000000000001', 'cancel_delete', 'completed', null, '2025-08-02 00:00:00+00'),
  (4, 'a0000000-0000-4000-8000-000000000002', 'export', 'failed', '{}', '2025-07-02 00:00:00+00');

alter table magic_links alter column id restart with 4;
alter table invitations alter column id restart with 6;
alter table agents alter column id restart with 4;
alter table agent_tokens alter column id restart with 4;
alter table plans alter column id restart with 5;
alter table tasks alter column id restart with 5;
alter table task_comments alter column id restart with 6;
alter table task_amendments alter column id restart with 4;
alter table agent_audit alter column id restart with 5;
alter table pro_waitlist alter column id restart with 5;
alter table dsr_requests alter column id restart with 5;
analyze;
