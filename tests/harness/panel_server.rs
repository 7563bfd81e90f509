//! Further servers of panels: a second sandbox Odoo like the stage's own, and one whose databases are real ones of PostgreSQL
//! behind a line that can be cut.

use crate::line::Line;
use crate::persona::Persona;
use crate::stage::Stage;
use crate::{host, template};
use sandbox::odoo::{DatabaseView, Kind, NewDatabase, Odoo, OdooOptions};
use serde_json::{Value, json};
use std::net::TcpListener;
use std::path::PathBuf;

/// So much room that every new panel comes here.
const ROOMY: u32 = 100_000;
const TEMPLATE: &str = "mould";

impl Stage {
    /// A second server, with more room than the first: new panels go there. Like the stage's own it sets up nothing before its faults
    /// are ended.
    pub async fn roomier_server(&self) -> Odoo {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
        let odoo = host::odoo(listener, self.wall.clone()).await;
        let secrets = host::secrets();
        let new = json!({
            "name": "Another", "url": odoo.url(), "template": host::TEMPLATE, "capacity": ROOMY,
            "admin_password": secrets.admin_password, "service_login": secrets.service_login,
            "service_password": secrets.service_password,
        });
        register(self.operator().await, &new).await;
        odoo
    }
}

async fn register(operator: &Persona, new: &Value) -> Value {
    operator.post_json("/api/v1/servers", new).await.ok(201)
}

/// A server whose databases are real, and can be locked.
pub struct PanelServer {
    /// Its Odoo.
    pub odoo: Odoo,
    /// What Hourglass says to its PostgreSQL goes over this.
    pub line: Line,
    files: PathBuf,
    role: String,
}

impl PanelServer {
    /// Builds one with a template, and registers it: new panels go there. `name` is nobody else's on the tests' PostgreSQL.
    pub async fn open(stage: &Stage, operator: &Persona, name: &str) -> Self {
        let role = format!("role_{name}");
        let (cluster, url) = template::role(&role).await;
        let line = Line::to(cluster).await;
        let files = stage.database.folder.join("filestore");
        std::fs::create_dir(&files).expect("a folder for files");
        let options = OdooOptions {
            version: 19,
            master_password: "master of databases".to_owned(),
            filestore: Some(files.clone()),
            kind: Kind::Postgres { url: url(&cluster.to_string()) },
            ..OdooOptions::default()
        };
        let odoo = Odoo::start_with(TcpListener::bind("127.0.0.1:0").expect("a free port"), options);
        let odoo = odoo.expect("a sandbox Odoo");
        let template = format!("{TEMPLATE}-{name}");
        make_template(&odoo, &template).await;
        let new = json!({
            "name": "With locks", "url": odoo.url(), "template": template, "capacity": ROOMY,
            "files_folder": files.display().to_string(), "database_url": url(&line.address.to_string()),
        });
        let server = register(operator, &new).await;
        assert_eq!((&server["trouble"], &server["locks"]), (&Value::Null, &json!(true)), "{server}");
        Self { odoo, line, files, role }
    }

    /// The databases that are there besides the template, in the order of their names.
    pub async fn databases(&self) -> Vec<DatabaseView> {
        let all = self.odoo.databases().views().await.expect("the databases");
        all.into_iter().filter(|it| !it.name.starts_with(TEMPLATE)).collect()
    }

    /// The folders of files that are there besides the template's, in the order of their names.
    #[must_use]
    pub fn folders(&self) -> Vec<String> {
        let entries = std::fs::read_dir(&self.files).expect("the folder of files").flatten();
        let mut names: Vec<String> = entries.map(|entry| entry.file_name().to_string_lossy().into_owned()).collect();
        names.retain(|name| !name.starts_with(TEMPLATE));
        names.sort();
        names
    }

    /// Removes everything.
    pub async fn close(self) {
        self.odoo.stop().await;
        template::remove_role(&self.role).await;
    }
}

async fn make_template(odoo: &Odoo, name: &str) {
    let databases = odoo.databases();
    let wanted = NewDatabase {
        name: name.to_owned(),
        login: "template@operator.example".to_owned(),
        password: "made up for the template".to_owned(),
        lang: "en_US".to_owned(),
        country_code: None,
        phone: None,
    };
    databases.create(&wanted).await.expect("a template");
    databases.set_template(name, true).await.expect("a template");
    databases.close(name, true).await.expect("a closed template");
}
