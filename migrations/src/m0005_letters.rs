//! Letters: what leaves by mail, the one-time links that letters carry, what each person wants to be told by mail,
//! and which notices they have read.

pub(crate) const STATEMENTS: &[&str] = &[
    // What the link's address proves is made of the id and the deployment's secret, and is never kept. By the wall clock.
    "CREATE TABLE links (
        id TEXT PRIMARY KEY,
        purpose TEXT NOT NULL,
        user_id TEXT REFERENCES users (id) ON DELETE CASCADE,
        invitation_id TEXT,
        expires_at BIGINT NOT NULL,
        used_at BIGINT)",
    "CREATE INDEX links_user ON links (user_id) WHERE used_at IS NULL",
    "CREATE INDEX links_invitation ON links (invitation_id) WHERE used_at IS NULL",
    // A letter is due by the wall clock until it was sent or given up. `body` says what it tells, and holds no secret. The least
    // `priority` leaves first.
    "CREATE TABLE letters (
        id TEXT PRIMARY KEY,
        user_id TEXT REFERENCES users (id) ON DELETE CASCADE,
        account_id TEXT REFERENCES accounts (id),
        to_address TEXT NOT NULL,
        language TEXT NOT NULL,
        body TEXT NOT NULL,
        link_id TEXT REFERENCES links (id) ON DELETE CASCADE,
        priority BIGINT NOT NULL,
        at BIGINT NOT NULL,
        due_at BIGINT,
        attempts BIGINT NOT NULL,
        last_error TEXT,
        sent_at BIGINT,
        given_up_at BIGINT)",
    "CREATE INDEX letters_due ON letters (priority, id, due_at) WHERE due_at IS NOT NULL",
    "CREATE INDEX letters_user ON letters (user_id)",
    "CREATE INDEX letters_link ON letters (link_id)",
    // Whoever has no row wants what their role is told by default.
    "CREATE TABLE notice_choices (
        user_id TEXT PRIMARY KEY REFERENCES users (id) ON DELETE CASCADE,
        choices TEXT NOT NULL,
        chosen_at BIGINT NOT NULL)",
    // Whoever reads a notice has read it for themselves alone. One with `notices.read_at` was read before, which held for everybody.
    "CREATE TABLE notice_reads (
        user_id TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
        notice_id TEXT NOT NULL REFERENCES notices (id) ON DELETE CASCADE,
        read_at BIGINT NOT NULL,
        PRIMARY KEY (user_id, notice_id))",
];
