//! The house on a stage: one whole deployment in one process, on a database of its own, with clocks that stand still.
//!
//! Everything that a story does goes over real HTTP, as it would from outside. Only what has no address yet (a new
//! panel, the worker's turns) is done by hand, and only what nobody may see (the rows) is looked up by hand.

mod answer;
mod curtain;
mod database;
mod every_state;
mod host;
mod letterbox;
mod line;
mod notice;
mod panel_server;
mod panels;
mod persona;
mod plans;
mod process;
mod proxy;
mod socket;
mod stage;
mod template;
mod thousand;
mod upstream;

pub use answer::Answer;
pub use curtain::play;
pub use database::{Database, EVERYTHING, Kind, MONEY, NOT_ITS_PAYMENTS};
pub use host::{SERVICE_LOGIN, SERVICE_PASSWORD};
pub use line::{Line, Moment};
pub use notice::{Fields, resign, set, value};
pub use panel_server::PanelServer;
pub use panels::{Panel, Terms, terms};
pub use persona::{Keys, PASSWORD, Persona};
pub use plans::Plan;
pub use process::{Process, secret_file};
pub use proxy::{Brand, Proxy, Reply};
pub use socket::Socket;
pub use stage::{Stage, beginning};
pub use upstream::{GREETING, Heard, Upstream};

/// Plays each named story twice: on SQLite and on PostgreSQL.
#[macro_export]
macro_rules! stories {
    ($($name:ident),+ $(,)?) => {
        mod sqlite {
            $(#[test]
            fn $name() {
                $crate::play($crate::Kind::Sqlite, super::$name);
            })+
        }
        mod postgres {
            $(#[test]
            fn $name() {
                $crate::play($crate::Kind::Postgres, super::$name);
            })+
        }
    };
}
