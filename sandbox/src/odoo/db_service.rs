//! The RPC service `db`: thirteen functions, most of them behind the master password. Knows no HTTP.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};

use super::countries::{COUNTRIES, LANGUAGES};
use super::databases::NewDatabase;
use super::failure::Raised;
use super::rpc::text;
use super::server::Server;

/// Calls one. Nothing is checked about a name.
pub(super) async fn call(server: &Server, method: &str, args: &[Value]) -> Result<Value, Raised> {
    let databases = &server.databases;
    match method {
        "server_version" => return Ok(json!(format!("{}.0", server.version()))),
        "list_lang" => return Ok(pairs(&LANGUAGES)),
        // Whoever asks is told, also where listing is switched off.
        "db_exist" => return Ok(json!(databases.store.can_connect(text(args, 0)?).await)),
        "list" => {
            server.check_list_db()?;
            return Ok(json!(databases.list().await?));
        }
        "create_database"
        | "duplicate_database"
        | "drop"
        | "rename"
        | "dump"
        | "restore"
        | "change_admin_password"
        | "migrate_databases"
        | "list_countries" => {}
        unknown => return Err(Raised::no_method(unknown)),
    }
    server.check_master(text(args, 0)?)?;
    if method == "list_countries" {
        return Ok(pairs(&COUNTRIES));
    }
    server.check_list_db()?;
    let flag = |at: usize| args.get(at).and_then(Value::as_bool).unwrap_or_default();
    let optional = |at: usize| args.get(at).and_then(Value::as_str).filter(|text| !text.is_empty()).map(str::to_owned);
    match method {
        "create_database" => {
            let wanted = NewDatabase {
                name: text(args, 1)?.to_owned(),
                lang: text(args, 3)?.to_owned(),
                password: optional(4).unwrap_or_else(|| "admin".to_owned()),
                login: optional(5).unwrap_or_else(|| "admin".to_owned()),
                country_code: optional(6),
                phone: optional(7),
            };
            databases.create(&wanted).await?;
        }
        "duplicate_database" => databases.duplicate(text(args, 1)?, text(args, 2)?, flag(3)).await?,
        "drop" => return Ok(json!(databases.drop(text(args, 1)?).await?)),
        "rename" => databases.rename(text(args, 1)?, text(args, 2)?).await?,
        "dump" => {
            if args.get(2).is_some_and(|format| format != "zip") {
                return Err(Raised::other("only zip dumps are played"));
            }
            return Ok(json!(STANDARD.encode(databases.dump(text(args, 1)?).await?)));
        }
        "restore" => {
            let packed = STANDARD.decode(text(args, 2)?).map_err(|error| Raised::value(error.to_string()))?;
            databases.restore(text(args, 1)?, &packed, flag(3), false).await?;
        }
        "change_admin_password" => server.set_master(text(args, 1)?),
        // There is nothing to upgrade.
        _ => {}
    }
    Ok(json!(true))
}

fn pairs(all: &[(&str, &str)]) -> Value {
    all.iter().map(|(code, name)| json!([code, name])).collect()
}
