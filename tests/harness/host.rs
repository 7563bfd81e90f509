//! The panels' server on the stage: a sandbox Odoo with a template. It sets up no panel before a story says so.

use crate::stage::Stage;
use hourglass::adapter::fast_clock::FastClock;
use hourglass::port::clock::Clock as _;
use hourglass::port::host::ServerSecrets;
use sandbox::odoo::{Fault, NewDatabase, Odoo, OdooOptions};
use std::net::TcpListener;
use std::sync::Arc;

/// The database that panels are copies of.
pub(crate) const TEMPLATE: &str = "template";
const MASTER_PASSWORD: &str = "master of the stage";
/// The service person, whom the template knows.
pub const SERVICE_LOGIN: &str = "hourglass-service";
/// Their password.
pub const SERVICE_PASSWORD: &str = "made up for the service";
/// What a new panel begins with.
const COPYING: &str = "db.duplicate_database";

/// What opens it.
pub(crate) fn secrets() -> ServerSecrets {
    ServerSecrets {
        admin_password: Some(MASTER_PASSWORD.to_owned()),
        service_login: Some(SERVICE_LOGIN.to_owned()),
        service_password: Some(SERVICE_PASSWORD.to_owned()),
        ..ServerSecrets::default()
    }
}

/// A server with a template, and nothing else.
pub(crate) async fn odoo(listener: TcpListener, wall: Arc<FastClock>) -> Odoo {
    let options = OdooOptions {
        master_password: MASTER_PASSWORD.to_owned(),
        clock: Arc::new(move || wall.now().unix()),
        ..OdooOptions::default()
    };
    let odoo = Odoo::start_with(listener, options).expect("a sandbox Odoo");
    let template = NewDatabase {
        name: TEMPLATE.to_owned(),
        login: "template@operator.example".to_owned(),
        password: "made up for the template".to_owned(),
        lang: "en_US".to_owned(),
        country_code: None,
        phone: None,
    };
    let databases = odoo.databases();
    databases.create(&template).await.expect("a template");
    databases.add_user(TEMPLATE, SERVICE_LOGIN, SERVICE_PASSWORD, false).await.expect("a service person");
    databases.set_template(TEMPLATE, true).await.expect("a template");
    databases.close(TEMPLATE, true).await.expect("a closed template");
    odoo.fault(dawdling());
    odoo
}

fn dawdling() -> Fault {
    Fault::HangUp { call: COPYING.to_owned(), times: None }
}

impl Stage {
    /// Five billing seconds later the host has set up whatever waited for that, and the worker has seen it.
    pub async fn set_up(&self) {
        self.skip(5);
        self.odoo.end_faults();
        // The worker looks again after a growing wait.
        self.wait(10);
        self.work().await;
        self.odoo.fault(dawdling());
    }
}
