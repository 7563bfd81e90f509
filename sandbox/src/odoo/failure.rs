//! What Odoo's server raises, under the names by which its callers know it. Knows no wire.

use super::faults::Step;

/// An exception of the server, as `error.data` of an answer tells it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{name}: {message}")]
pub struct Raised {
    /// The class, with its module: `odoo.exceptions.AccessDenied`.
    pub name: &'static str,
    /// What it says.
    pub message: String,
}

impl Raised {
    fn new(name: &'static str, message: impl Into<String>) -> Self {
        Self { name, message: message.into() }
    }

    /// A wrong master password, user or key; or the management of databases is switched off.
    pub(super) fn denied() -> Self {
        Self::new("odoo.exceptions.AccessDenied", "Access Denied")
    }

    /// Signed in, and not allowed to.
    pub(super) fn access(message: impl Into<String>) -> Self {
        Self::new("odoo.exceptions.AccessError", message)
    }

    pub(super) fn exists(database: &str) -> Self {
        Self::new("odoo.service.db.DatabaseExists", format!("database '{database}' already exists!"))
    }

    /// No such database.
    pub(super) fn missing(database: &str) -> Self {
        let message = format!("connection to server failed: FATAL:  database \"{database}\" does not exist\n");
        Self::new("psycopg2.OperationalError", message)
    }

    /// It takes no new connections.
    pub(super) fn closed(database: &str) -> Self {
        let message = format!(
            "connection to server failed: FATAL:  database \"{database}\" is not currently accepting connections\n"
        );
        Self::new("psycopg2.OperationalError", message)
    }

    /// A connection, or what else the database said.
    pub(super) fn connection(message: impl Into<String>) -> Self {
        Self::new("psycopg2.OperationalError", message)
    }

    /// What the database refused.
    pub(super) fn database(class: &'static str, message: impl Into<String>) -> Self {
        Self::new(class, message)
    }

    /// A value that is there already and must be there once.
    pub(super) fn twice(message: impl Into<String>) -> Self {
        Self::new("odoo.exceptions.ValidationError", message)
    }

    pub(super) fn no_method(method: &str) -> Self {
        Self::new("builtins.KeyError", format!("Method not found: {method}"))
    }

    pub(super) fn no_model(model: &str) -> Self {
        Self::new("builtins.KeyError", model)
    }

    pub(super) fn no_attribute(model: &str, method: &str) -> Self {
        Self::new("builtins.AttributeError", format!("The method '{model}.{method}' does not exist"))
    }

    pub(super) fn arguments(message: impl Into<String>) -> Self {
        Self::new("builtins.TypeError", message)
    }

    pub(super) fn value(message: impl Into<String>) -> Self {
        Self::new("builtins.ValueError", message)
    }

    pub(super) fn no_record(model: &str) -> Self {
        Self::new("odoo.exceptions.MissingError", format!("Record does not exist or has been deleted. ({model})"))
    }

    pub(super) fn other(message: impl Into<String>) -> Self {
        Self::new("builtins.Exception", message)
    }

    /// What a switched fault makes of a step of the server.
    pub(super) fn fault(step: Step) -> Self {
        match step {
            Step::Init => Self::new("builtins.IndexError", "tuple index out of range"),
            Step::Dump => Self::new("builtins.OSError", "[Errno 28] No space left on device"),
        }
    }
}
