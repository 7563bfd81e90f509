//! The text of a database, as `pg_dump` writes it and `psql` reads it: statements, and rows after `COPY … FROM stdin`.
//! And the zip around it. Knows no database.

use std::io::{Cursor, Read as _, Write as _};

use serde_json::{Value, json};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipArchive, ZipWriter};

use super::failure::Raised;
use super::schema::{Column, Row, Table, Type};

/// A file's name and content.
pub(super) type File = (String, Vec<u8>);

/// A piece of a dump, in the order in which it is to be done.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Piece {
    /// Statements.
    Sql(String),
    /// A `COPY … FROM stdin` and its lines.
    Copy { statement: String, lines: String },
}

/// Writes tables and their rows.
pub(super) fn sql(tables: &[(&'static Table, Vec<Row>)], version: u8) -> String {
    let all = super::schema::TABLES.iter().map(|table| {
        let rows = tables.iter().find(|(of, _)| of.name == table.name).map_or(&[][..], |(_, rows)| rows);
        let columns: Vec<&Column> = table.columns(version).collect();
        let names: String = columns.iter().map(|column| format!(", \"{}\"", column.name)).collect();
        let lines: String = rows.iter().map(|row| line(row, &columns)).collect();
        let last = rows.iter().filter_map(|row| row.get("id")?.as_i64()).max();
        format!(
            "{ddl}COPY public.{name} (id{names}) FROM stdin;\n{lines}\\.\n\
             SELECT pg_catalog.setval('public.{name}_id_seq', {at}, {used});\n",
            ddl = table.ddl(version),
            name = table.name,
            at = last.unwrap_or(1),
            used = last.is_some(),
        )
    });
    all.collect()
}

fn line(row: &Row, columns: &[&Column]) -> String {
    let id = row.get("id").and_then(Value::as_i64).unwrap_or_default();
    let fields = columns.iter().map(|column| format!("\t{}", field(row.get(column.name))));
    format!("{id}{}\n", fields.collect::<String>())
}

fn field(value: Option<&Value>) -> String {
    let text = match value {
        None | Some(Value::Null) => return "\\N".to_owned(),
        Some(Value::Bool(true)) => "t".to_owned(),
        Some(Value::Bool(false)) => "f".to_owned(),
        Some(Value::String(text)) => text.clone(),
        Some(other @ (Value::Number(_) | Value::Array(_) | Value::Object(_))) => other.to_string(),
    };
    text.replace('\\', "\\\\").replace('\t', "\\t").replace('\n', "\\n").replace('\r', "\\r")
}

/// Takes a dump apart. What is for `psql` alone is left out.
pub(super) fn pieces(text: &str) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut sql = String::new();
    let mut rest = text.lines();
    while let Some(line) = rest.next() {
        if line.starts_with("COPY ") && line.ends_with("FROM stdin;") {
            pieces.push(Piece::Sql(std::mem::take(&mut sql)));
            let lines = rest.by_ref().take_while(|line| *line != "\\.").map(|line| format!("{line}\n")).collect();
            pieces.push(Piece::Copy { statement: line.trim_end_matches(';').to_owned(), lines });
        } else if !line.starts_with('\\') && !line.starts_with("--") {
            sql.push_str(line);
            sql.push('\n');
        }
    }
    pieces.push(Piece::Sql(sql));
    pieces.retain(|piece| !matches!(piece, Piece::Sql(text) if text.trim().is_empty()));
    pieces
}

/// Columns by name, in their order; those that are not played have no type.
type Columns = Vec<(String, Option<Type>)>;

/// The table that a `COPY` fills, and its columns.
pub(super) fn target(statement: &str, version: u8) -> Option<(&'static Table, Columns)> {
    let (name, rest) = statement.strip_prefix("COPY ")?.split_once(" (")?;
    let table = super::schema::table(name.trim_start_matches("public.").trim_matches('"'))?;
    let columns = rest.split(')').next()?.split(", ").map(|name| {
        let name = name.trim_matches('"').to_owned();
        let kind = if name == "id" { Some(Type::Int) } else { table.column(&name, version).map(|column| column.kind) };
        (name, kind)
    });
    Some((table, columns.collect()))
}

/// Reads one line after a `COPY`.
pub(super) fn row(line: &str, columns: &[(String, Option<Type>)]) -> Row {
    let fields = line.split('\t').zip(columns).filter_map(|(text, (name, kind))| {
        let value = match ((*kind)?, text) {
            (_, "\\N") => Value::Null,
            (Type::Bool, text) => json!(matches!(text, "t" | "true")),
            (Type::Int | Type::Of(_), text) => text.parse::<i64>().map_or(Value::Null, Value::from),
            (Type::Words, text) => serde_json::from_str(&unescaped(text)).unwrap_or_default(),
            (Type::Text | Type::Time, text) => Value::String(unescaped(text)),
        };
        Some((name.clone(), value))
    });
    fields.collect()
}

fn unescaped(text: &str) -> String {
    let mut out = String::new();
    let mut signs = text.chars();
    while let Some(sign) = signs.next() {
        out.push(match sign {
            '\\' => match signs.next() {
                Some('t') => '\t',
                Some('n') => '\n',
                Some('r') => '\r',
                Some(other) => other,
                None => '\\',
            },
            plain => plain,
        });
    }
    out
}

/// The zip that Odoo's backup gives: `dump.sql`, `manifest.json`, and the files under `filestore/`.
pub(super) fn pack(database: &str, version: u8, sql: &str, files: &[File]) -> Result<Vec<u8>, Raised> {
    let manifest = json!({ "odoo_dump": "1", "db_name": database, "version": format!("{version}.0"),
                           "version_info": [version, 0, 0, "final", 0, ""], "major_version": format!("{version}.0"),
                           "pg_version": "15.0", "modules": { "base": format!("{version}.0.1.3") } });
    let write = || -> zip::result::ZipResult<Vec<u8>> {
        let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
        let how = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
        let fixed = [
            ("dump.sql".to_owned(), sql.as_bytes().to_vec()),
            ("manifest.json".to_owned(), manifest.to_string().into_bytes()),
        ];
        let stored = files.iter().map(|(name, content)| (format!("filestore/{name}"), content.clone()));
        for (name, content) in fixed.into_iter().chain(stored) {
            zip.start_file(name, how)?;
            zip.write_all(&content)?;
        }
        Ok(zip.finish()?.into_inner())
    };
    write().map_err(|error| Raised::other(format!("Couldn't dump database: {error}")))
}

/// Reads such a zip: the text, and the files by their names in the filestore.
pub(super) fn unpack(packed: &[u8]) -> Result<(String, Vec<File>), Raised> {
    let read = || -> zip::result::ZipResult<(String, Vec<File>)> {
        let mut zip = ZipArchive::new(Cursor::new(packed))?;
        let (mut sql, mut files) = (String::new(), Vec::new());
        for at in 0..zip.len() {
            let mut file = zip.by_index(at)?;
            let name = file.name()?.into_owned();
            let Some(stored) = name.strip_prefix("filestore/") else {
                if name == "dump.sql" {
                    file.read_to_string(&mut sql)?;
                }
                continue;
            };
            // A name that leads out of the filestore is nobody's file.
            if file.is_file() && !stored.split('/').any(|part| part == "..") {
                let mut content = Vec::new();
                file.read_to_end(&mut content)?;
                files.push((stored.to_owned(), content));
            }
        }
        Ok((sql, files))
    };
    let (sql, files) = read().map_err(|error| Raised::other(format!("Couldn't restore database: {error}")))?;
    if sql.is_empty() {
        return Err(Raised::other("Couldn't restore database: there is no dump.sql"));
    }
    Ok((sql, files))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::odoo::schema::{USERS, row as object};

    // Harm prevented: a backup that was restored lacks a sign of somebody's name, or a row.
    #[test]
    fn what_is_written_is_read() {
        let user = object(json!({ "id": 7, "login": "a\tb\\N\nc", "active": true, "share": false, "partner_id": 3 }));
        let text = sql(&[(USERS, vec![user])], 17);
        let copies: Vec<_> = pieces(&text)
            .into_iter()
            .filter_map(|piece| match piece {
                Piece::Copy { statement, lines } if statement.contains("res_users ") => Some((statement, lines)),
                Piece::Copy { .. } | Piece::Sql(_) => None,
            })
            .collect();
        let [(statement, lines)] = &copies[..] else { panic!("{copies:?}") };
        let (table, columns) = target(statement, 17).unwrap_or_else(|| panic!("{statement}"));
        let read = row(lines.trim_end_matches('\n'), &columns);
        assert_eq!((table.name, &read["login"], &read["id"]), ("res_users", &json!("a\tb\\N\nc"), &json!(7)));
        assert_eq!((&read["active"], &read["share"], &read["oauth_uid"]), (&json!(true), &json!(false), &Value::Null));
        assert!(!text.contains("expiration_date") && sql(&[], 18).contains("expiration_date"));
    }
}
