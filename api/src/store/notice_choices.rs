//! What each person wants to be told.

use super::code::{from_json, json};
use super::entity::{notice_choice, user};
use super::people::record as person;
use super::{Store, StoreError, Tx, UserRecord};
use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::OnConflict;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use shared::api::notices::NoticeChoices;
use shared::ids::{AccountId, UserId};
use shared::time::Timestamp;
use std::collections::HashMap;

const NOTICE_CHOICES: &str = "notice_choices";

impl Store {
    /// What a person chose; `None` if they never did.
    pub async fn notice_choices(&self, id: UserId) -> Result<Option<NoticeChoices>, StoreError> {
        let row = notice_choice::Entity::find_by_id(id.to_string()).one(&self.db).await?;
        row.map(|row| from_json(&row.choices, NOTICE_CHOICES)).transpose()
    }
}

impl Tx {
    /// Keeps what a person chose.
    pub async fn set_notice_choices(
        &self,
        id: UserId,
        choices: &NoticeChoices,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        use notice_choice::Column::{Choices, ChosenAt, UserId};
        let row = notice_choice::ActiveModel {
            user_id: Set(id.to_string()),
            choices: Set(json(choices, NOTICE_CHOICES)?),
            chosen_at: Set(now.unix()),
        };
        let again = OnConflict::column(UserId).update_columns([Choices, ChosenAt]).to_owned();
        notice_choice::Entity::insert(row).on_conflict(again).exec_without_returning(&self.db).await?;
        Ok(())
    }

    /// An account's people, each with what they chose, if they did. Who joined first comes first.
    pub async fn readers(&self, id: AccountId) -> Result<Vec<(UserRecord, Option<NoticeChoices>)>, StoreError> {
        let people = user::Entity::find()
            .filter(user::Column::AccountId.eq(id.to_string()))
            .order_by_asc(user::Column::Id)
            .all(&self.db)
            .await?;
        let theirs = notice_choice::Column::UserId.is_in(people.iter().map(|row| row.id.as_str()));
        let chosen = notice_choice::Entity::find().filter(theirs).all(&self.db).await?;
        let mut chosen: HashMap<String, String> = chosen.into_iter().map(|row| (row.user_id, row.choices)).collect();
        let with = |row: &user::Model| {
            let choices = chosen.remove(&row.id).map(|text| from_json(&text, NOTICE_CHOICES)).transpose()?;
            Ok((person(row)?, choices))
        };
        people.iter().map(with).collect()
    }
}
