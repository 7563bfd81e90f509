//! Who owns an account hears of it when others come to own it, or cease to: whoever took one owner's page over is seen by the rest.

use crate::app::App;
use crate::flow::FlowError;
use crate::flow::post::write::{Reader, write};
use crate::store::{Tx, UserRecord};
use shared::ids::AccountId;
use shared::wording::letter::Letter;

/// Writes the same letter to each of them.
pub(super) async fn tell_owners(app: &App, tx: &Tx, owners: &[&UserRecord], letter: &Letter) -> Result<(), FlowError> {
    for owner in owners {
        write(app, tx, &Reader::from(*owner), letter.clone(), None).await?;
    }
    Ok(())
}

/// A person in such a letter: names are anybody's choice, addresses are not.
pub(super) fn named(user: &UserRecord) -> String {
    format!("{} ({})", user.name, user.email)
}

/// What the account is called.
pub(super) async fn name_of(tx: &Tx, account_id: AccountId) -> Result<String, FlowError> {
    Ok(tx.account(account_id).await?.ok_or(FlowError::NotFound)?.name)
}
