//! What was written to whom, as the database has it: letters need not have been sent for that.

use crate::stage::Stage;
use serde_json::Value;

impl Stage {
    /// What was written to an address, oldest first.
    pub async fn letters_to(&self, address: &str) -> Vec<String> {
        let query = format!("SELECT body FROM letters WHERE to_address = '{address}' ORDER BY id");
        let rows = self.database.rows(&query).await;
        let kind = |row: &Value| -> String {
            let body: Value = serde_json::from_str(row["body"].as_str().expect("a body")).expect("JSON");
            body["letter"].as_str().expect("a kind").to_owned()
        };
        rows.iter().map(kind).collect()
    }

    /// What the link of the newest letter to an address carries that has one.
    pub async fn link_to(&self, address: &str) -> String {
        let with_link = format!("to_address = '{address}' AND link_id IS NOT NULL");
        let rows = self.database.rows(&format!("SELECT link_id FROM letters WHERE {with_link} ORDER BY id DESC")).await;
        let id = rows.first().and_then(|row| row["link_id"].as_str()).expect("a letter with a link");
        self.app.signer.link_token(id.parse().expect("an id"))
    }
}
