//! Who is let in with which password, and what a database that is not there says to that.

use serde_json::{Value, json};

use super::driver::Site;
use super::line::Patience;
use super::rpc::{self, Fault};
use crate::port::Unknown;
use crate::port::host::HostError;

/// What came of trying.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum SignIn {
    /// They are let in: their row.
    Person(i64),
    /// The database is there, and does not let them in.
    Nobody,
    /// There is no such database.
    Gone,
    /// It is there, and open to nobody.
    Shut,
}

/// Tries to sign in. It leaves a row among the panel's sign-ins if it succeeds, so it is for what we have just made, and for those
/// who have no key.
pub(super) async fn sign_in(
    site: &Site,
    database: &str,
    login: &str,
    password: &str,
    patience: Patience,
) -> Result<SignIn, HostError> {
    let Site { access, line } = site;
    let args = json!([database, login, password, {}]);
    let told = rpc::call(line, access, ("common", "authenticate"), &args, patience).await;
    let told = match told {
        // No RPC here, or not any more: what the sign-in page of the mobile application asks, which is there to stay.
        Err(Fault::Absent) => in_a_session(site, database, login, password, patience).await,
        Err(Fault::Said { name, .. }) if name.ends_with("KeyError") || name.ends_with("NotFound") => {
            in_a_session(site, database, login, password, patience).await
        }
        told => told,
    };
    read(told)
}

async fn in_a_session(
    site: &Site,
    database: &str,
    login: &str,
    password: &str,
    patience: Patience,
) -> Result<Value, Fault> {
    let params = json!({ "db": database, "login": login, "password": password });
    let path = "/web/session/authenticate";
    let told = rpc::envelope(&site.line, &site.access, path, Some(database), &params, patience).await?;
    Ok(told.get("uid").cloned().unwrap_or(Value::Bool(false)))
}

fn read(told: Result<Value, Fault>) -> Result<SignIn, HostError> {
    match told {
        Ok(value) => Ok(value.as_i64().filter(|uid| *uid > 0).map_or(SignIn::Nobody, SignIn::Person)),
        Err(fault) if fault.is_denied() => Ok(SignIn::Nobody),
        // PostgreSQL's own words are the only sign of which of the two it is.
        Err(Fault::Said { name, message }) if name.ends_with("OperationalError") => {
            if message.contains("does not exist") {
                Ok(SignIn::Gone)
            } else if message.contains("not currently accepting connections") {
                Ok(SignIn::Shut)
            } else {
                Err(Unknown::new("the server cannot say whether the database is there").into())
            }
        }
        Err(fault) => Err(fault.told("signing in")),
    }
}
