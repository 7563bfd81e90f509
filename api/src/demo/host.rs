//! The made-up host: a sandbox Odoo with a template, managed as a real one is.

use crate::compose::StartError;
use crate::flow::servers::ensure::NamedServer;
use crate::port::host::ServerSecrets;
use sandbox::odoo::{NewDatabase, Odoo, OdooOptions};
use std::net::TcpListener;
use url::Url;

pub(super) const TEMPLATE: &str = "template";
const MASTER_PASSWORD: &str = "master of the demonstration";
const SERVICE_LOGIN: &str = "hourglass-service";
const SERVICE_PASSWORD: &str = "made up for the demonstration";

/// Starts it, with its template and no panels.
pub(super) async fn start(listener: TcpListener) -> Result<Odoo, StartError> {
    let options = OdooOptions { master_password: MASTER_PASSWORD.to_owned(), ..OdooOptions::default() };
    let odoo = Odoo::start_with(listener, options)?;
    let template = NewDatabase {
        name: TEMPLATE.to_owned(),
        login: "template@hourglass.example".to_owned(),
        password: "made up for the template".to_owned(),
        lang: "en_US".to_owned(),
        country_code: None,
        phone: None,
    };
    furnish(&odoo, &template).await.map_err(|raised| StartError::Io(std::io::Error::other(format!("{raised:?}"))))?;
    Ok(odoo)
}

async fn furnish(odoo: &Odoo, template: &NewDatabase) -> Result<(), sandbox::odoo::Raised> {
    let databases = odoo.databases();
    databases.create(template).await?;
    databases.add_user(TEMPLATE, SERVICE_LOGIN, SERVICE_PASSWORD, false).await?;
    databases.set_template(TEMPLATE, true).await?;
    databases.close(TEMPLATE, true).await
}

/// How the application knows it.
pub(super) fn named(url: Url) -> NamedServer {
    NamedServer {
        url,
        template: TEMPLATE.to_owned(),
        files_folder: None,
        secrets: ServerSecrets {
            admin_password: Some(MASTER_PASSWORD.to_owned()),
            service_login: Some(SERVICE_LOGIN.to_owned()),
            service_password: Some(SERVICE_PASSWORD.to_owned()),
            ..ServerSecrets::default()
        },
    }
}
