//! The audit log: who did what, when and why. Append-only.

use super::code::{parse, variant, word};
use super::entity::audit_row;
use super::{Store, StoreError, Tx};
use sea_orm::ActiveValue::Set;
use sea_orm::{ActiveModelTrait, ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use shared::api::history::{ActorKind, AuditView};
use shared::ids::{AccountId, AuditId, TenantId};
use shared::time::Timestamp;

const AUDIT: &str = "audit_log";

/// Who caused a change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Actor {
    /// Of what kind.
    pub kind: ActorKind,
    /// Which one: a person's id, or a gateway's name.
    pub id: Option<String>,
}

impl Actor {
    /// Hourglass itself, by its rules.
    pub const SYSTEM: Self = Self { kind: ActorKind::System, id: None };
}

/// A row to be kept.
#[derive(Debug, Clone)]
pub struct NewAudit {
    /// Its id.
    pub id: AuditId,
    /// About which tenant, if any.
    pub tenant_id: Option<TenantId>,
    /// About which account, if any.
    pub account_id: Option<AccountId>,
    /// When it holds from, by the billing clock.
    pub at: Timestamp,
    /// When it was noticed, by the billing clock.
    pub noticed_at: Timestamp,
    /// Who.
    pub actor: Actor,
    /// What, in snake case.
    pub what: String,
    /// The state before.
    pub from: Option<String>,
    /// The state after.
    pub to: Option<String>,
    /// Why, in snake case or in the person's words.
    pub why: Option<String>,
}

impl Store {
    /// What happened to a tenant: at most `limit` rows before `before`, newest first.
    pub async fn audit_of(
        &self,
        tenant_id: TenantId,
        before: Option<AuditId>,
        limit: u64,
    ) -> Result<Vec<AuditView>, StoreError> {
        let mut query = audit_row::Entity::find()
            .filter(audit_row::Column::TenantId.eq(tenant_id.to_string()))
            .order_by_desc(audit_row::Column::Id)
            .limit(limit);
        if let Some(before) = before {
            query = query.filter(audit_row::Column::Id.lt(before.to_string()));
        }
        query.all(&self.db).await?.into_iter().map(view).collect()
    }
}

fn view(row: audit_row::Model) -> Result<AuditView, StoreError> {
    Ok(AuditView {
        id: parse(&row.id, AUDIT)?,
        at: Timestamp::from_unix(row.at),
        actor: variant::<ActorKind>(&row.actor, AUDIT)?,
        what: row.what,
        from: row.from_state,
        to: row.to_state,
        why: row.why,
    })
}

impl Tx {
    /// Whether a row about this tenant says the same already: what happened, and why.
    pub async fn has_audit(&self, tenant_id: TenantId, what: &str, why: &str) -> Result<bool, StoreError> {
        let found = audit_row::Entity::find()
            .filter(audit_row::Column::TenantId.eq(tenant_id.to_string()))
            .filter(audit_row::Column::What.eq(what))
            .filter(audit_row::Column::Why.eq(why))
            .one(&self.db)
            .await?;
        Ok(found.is_some())
    }

    /// Adds a row.
    pub async fn insert_audit(&self, new: &NewAudit) -> Result<(), StoreError> {
        let row = audit_row::ActiveModel {
            id: Set(new.id.to_string()),
            tenant_id: Set(new.tenant_id.map(|id| id.to_string())),
            account_id: Set(new.account_id.map(|id| id.to_string())),
            at: Set(new.at.unix()),
            noticed_at: Set(new.noticed_at.unix()),
            actor: Set(word(&new.actor.kind, AUDIT)?),
            actor_id: Set(new.actor.id.clone()),
            what: Set(new.what.clone()),
            from_state: Set(new.from.clone()),
            to_state: Set(new.to.clone()),
            why: Set(new.why.clone()),
        };
        row.insert(&self.db).await?;
        Ok(())
    }
}
