-- What must remain of the catch log once angler-0042 has left, written by hand and without the product: the test compares
-- the whole database with what the map makes of it.
UPDATE catches SET visibility = 'private', is_deleted = true, deleted_at = '2026-05-04 03:02:01Z', title = '[deleted]',
  notes = NULL, spot = NULL, latitude = NULL, longitude = NULL, media_paths = NULL, tags = NULL, metadata = NULL
WHERE user_id = md5('profile-42')::uuid;
UPDATE catch_comments SET body = '[deleted]', is_deleted = true WHERE user_id = md5('profile-42')::uuid;
DELETE FROM catch_ratings WHERE user_id = md5('profile-42')::uuid;
DELETE FROM catch_reactions WHERE user_id = md5('profile-42')::uuid;
DELETE FROM profile_follows WHERE md5('profile-42')::uuid IN (follower_id, following_id);
DELETE FROM notifications WHERE user_id = md5('profile-42')::uuid;
UPDATE notifications SET actor_id = NULL, message = 'A person who has since left was here', data = NULL
WHERE actor_id = md5('profile-42')::uuid;
UPDATE reports SET reporter_id = NULL WHERE reporter_id = md5('profile-42')::uuid;
UPDATE profiles SET email = 'deleted-' || id || '@erased.invalid', username = 'deleted-' || id, display_name = 'Deleted user',
  bio = NULL, avatar_path = NULL, phone = NULL, home_water = NULL, favourite_baits = NULL, settings = NULL, signup_ip = NULL,
  last_seen_at = NULL, moderation_status = 'deleted', locked_for_deletion = true, is_deleted = true,
  deleted_at = '2026-05-04 03:02:01Z'
WHERE id = md5('profile-42')::uuid;
