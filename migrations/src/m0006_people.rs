//! People: a second factor and its recovery codes, what browsers they are signed in with, who was asked to join an account and how
//! often, and who asked for a new password when.

pub(crate) const STATEMENTS: &[&str] = &[
    // Locked in the safe. It is in force once `second_factor_at` is set; `second_factor_step` is the last step whose code was used.
    "ALTER TABLE users ADD COLUMN second_factor TEXT",
    "ALTER TABLE users ADD COLUMN second_factor_at BIGINT",
    "ALTER TABLE users ADD COLUMN second_factor_step BIGINT",
    // Others name them, so that they stay; they sign in no more, and their address is anybody's to use.
    "ALTER TABLE users ADD COLUMN removed_at BIGINT",
    "CREATE INDEX users_account ON users (account_id) WHERE account_id IS NOT NULL",
    // Kept hashed, and gone once used.
    "CREATE TABLE recovery_codes (
        code_hash TEXT PRIMARY KEY,
        user_id TEXT NOT NULL REFERENCES users (id))",
    "CREATE INDEX recovery_codes_user ON recovery_codes (user_id)",
    "ALTER TABLE sessions ADD COLUMN browser TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE sessions ADD COLUMN last_seen_at BIGINT NOT NULL DEFAULT 0",
    // Until now each renewal was good for thirty days.
    "UPDATE sessions SET last_seen_at = COALESCE(
        (SELECT MAX(expires_at) - 2592000 FROM refresh_tokens WHERE session_id = sessions.id), created_at)",
    "CREATE INDEX sessions_user ON sessions (user_id) WHERE ended_at IS NULL",
    // Closed once somebody joined by it (`joined_by`), or it was revoked.
    "CREATE TABLE invitations (
        id TEXT PRIMARY KEY,
        account_id TEXT NOT NULL REFERENCES accounts (id),
        email TEXT NOT NULL,
        role TEXT NOT NULL CHECK (role IN ('owner', 'billing', 'viewer')),
        invited_by TEXT NOT NULL REFERENCES users (id),
        sent_at BIGINT NOT NULL,
        expires_at BIGINT NOT NULL,
        closed_at BIGINT,
        joined_by TEXT REFERENCES users (id),
        CHECK (joined_by IS NULL OR closed_at IS NOT NULL))",
    "CREATE UNIQUE INDEX invitations_open ON invitations (account_id, email) WHERE closed_at IS NULL",
    // Each time somebody was asked, whatever became of it: an account asks so often in a day.
    "CREATE TABLE invitation_tries (
        id TEXT PRIMARY KEY,
        account_id TEXT NOT NULL REFERENCES accounts (id),
        tried_at BIGINT NOT NULL)",
    "CREATE INDEX invitation_tries_account ON invitation_tries (account_id, tried_at)",
    // By address, whichever account asked: the next letter waits a while.
    "CREATE TABLE invitation_letters (
        email TEXT PRIMARY KEY,
        sent_at BIGINT NOT NULL)",
    // By address, whether anybody has it or not: the next letter waits a while.
    "CREATE TABLE reset_requests (
        email TEXT PRIMARY KEY,
        asked_at BIGINT NOT NULL)",
];
