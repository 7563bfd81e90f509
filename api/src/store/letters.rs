//! Letters: what leaves by mail, kept until it was sent or given up.

use super::code::{count, from_json, json, parse, variant, word};
use super::due::Due;
use super::entity::letter;
use super::{StoreError, Tx};
use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::{Expr, ExprTrait};
use sea_orm::{ActiveModelTrait, ColumnTrait, EntityTrait, QueryFilter};
use shared::api::auth::Language;
use shared::ids::{AccountId, LetterId, LinkId, UserId};
use shared::time::Timestamp;
use shared::wording::letter::Letter;

const LETTERS: &str = "letters";
/// What leaves before everything else.
const URGENT: i64 = 0;
/// What everything else is.
const USUAL: i64 = 1;

/// One letter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LetterRecord {
    /// Its id: the name under which the outside knows it.
    pub id: LetterId,
    /// To whom; `None` for somebody who is not with us yet.
    pub user_id: Option<UserId>,
    /// On behalf of which account; `None` if of none.
    pub account_id: Option<AccountId>,
    /// The address.
    pub to_address: String,
    /// The reader's language.
    pub language: Language,
    /// What it tells. Holds no secret.
    pub letter: Letter,
    /// The one-time link in it, if it has one.
    pub link_id: Option<LinkId>,
    /// When it was written, by the wall clock.
    pub at: Timestamp,
    /// How often sending was tried.
    pub attempts: u32,
}

fn record(row: &letter::Model) -> Result<LetterRecord, StoreError> {
    Ok(LetterRecord {
        id: parse(&row.id, LETTERS)?,
        user_id: row.user_id.as_deref().map(|id| parse(id, LETTERS)).transpose()?,
        account_id: row.account_id.as_deref().map(|id| parse(id, LETTERS)).transpose()?,
        to_address: row.to_address.clone(),
        language: variant(&row.language, LETTERS)?,
        letter: from_json(&row.body, LETTERS)?,
        link_id: row.link_id.as_deref().map(|id| parse(id, LETTERS)).transpose()?,
        at: Timestamp::from_unix(row.at),
        attempts: count(row.attempts, LETTERS)?,
    })
}

impl Tx {
    /// Keeps a letter, to be sent from `due_at` of the wall clock on.
    pub async fn insert_letter(&self, new: &LetterRecord, due_at: Timestamp) -> Result<(), StoreError> {
        let row = letter::ActiveModel {
            id: Set(new.id.to_string()),
            user_id: Set(new.user_id.map(|id| id.to_string())),
            account_id: Set(new.account_id.map(|id| id.to_string())),
            to_address: Set(new.to_address.clone()),
            language: Set(word(&new.language, LETTERS)?),
            body: Set(json(&new.letter, LETTERS)?),
            link_id: Set(new.link_id.map(|id| id.to_string())),
            priority: Set(if new.letter.is_urgent() { URGENT } else { USUAL }),
            at: Set(new.at.unix()),
            due_at: Set(Some(due_at.unix())),
            attempts: Set(0),
            last_error: Set(None),
            sent_at: Set(None),
            given_up_at: Set(None),
        };
        row.insert(&self.db).await?;
        Ok(())
    }

    /// Takes at most `limit` letters that are due by the wall clock's `now`, urgent ones before all others and each oldest first, and
    /// puts them off to `again_at`: that is when another worker tries if this one dies.
    pub async fn claim_letters(
        &self,
        now: Timestamp,
        again_at: Timestamp,
        limit: u64,
    ) -> Result<Vec<LetterRecord>, StoreError> {
        use letter::Column::{Attempts, DueAt, Id, Priority};
        let due = Due::<letter::Entity> { id: Id, at: DueAt, tries: Attempts, first: &[Priority, Id] };
        let taken = due.claim(&self.db, now, again_at, limit).await?;
        let counted = |row: &letter::Model| {
            let before = record(row)?;
            Ok(LetterRecord { attempts: before.attempts + 1, ..before })
        };
        taken.iter().map(counted).collect()
    }

    /// Notes that a letter was sent. `false` if that, or that it was given up, is noted already.
    pub async fn letter_sent(&self, id: LetterId, now: Timestamp) -> Result<bool, StoreError> {
        self.letter_ended(id, letter::Column::SentAt, now, None).await
    }

    /// Notes that a letter is tried no more, and why. `false` if that, or that it was sent, is noted already.
    pub async fn letter_given_up(&self, id: LetterId, why: &str, now: Timestamp) -> Result<bool, StoreError> {
        self.letter_ended(id, letter::Column::GivenUpAt, now, Some(why)).await
    }

    async fn letter_ended(
        &self,
        id: LetterId,
        how: letter::Column,
        now: Timestamp,
        why: Option<&str>,
    ) -> Result<bool, StoreError> {
        let mut ended = letter::Entity::update_many()
            .col_expr(how, Expr::value(now.unix()))
            .col_expr(letter::Column::DueAt, Expr::value(None::<i64>));
        if let Some(why) = why {
            ended = ended.col_expr(letter::Column::LastError, Expr::value(why));
        }
        let open = letter::Column::Id.eq(id.to_string()).and(letter::Column::DueAt.is_not_null());
        Ok(ended.filter(open).exec(&self.db).await?.rows_affected == 1)
    }

    /// Notes a failed try and when the next one is due. `false` if it was sent or given up meanwhile.
    pub async fn letter_failed(&self, id: LetterId, why: &str, again_at: Timestamp) -> Result<bool, StoreError> {
        let open = letter::Column::Id.eq(id.to_string()).and(letter::Column::DueAt.is_not_null());
        let written = letter::Entity::update_many()
            .col_expr(letter::Column::LastError, Expr::value(why))
            .col_expr(letter::Column::DueAt, Expr::value(again_at.unix()))
            .filter(open)
            .exec(&self.db)
            .await?;
        Ok(written.rows_affected == 1)
    }

    /// Forgets letters that were sent or given up before `before`: they name people's addresses.
    pub async fn forget_letters(&self, before: Timestamp) -> Result<(), StoreError> {
        let sent = letter::Column::SentAt.lt(before.unix());
        let given_up = letter::Column::GivenUpAt.lt(before.unix());
        letter::Entity::delete_many().filter(sent.or(given_up)).exec(&self.db).await?;
        Ok(())
    }
}
