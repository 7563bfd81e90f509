//! What was written to whom: as the database has it, where letters need not have been sent; and as it came to its reader.

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

    /// The link to `page` in the newest letter that an address has got with one, as its reader follows it.
    #[must_use]
    pub fn mailed_link(&self, address: &str, page: &str) -> String {
        let letters = self.mailbox.letters_to(address);
        let mut newest_first = letters.iter().rev();
        let link = newest_first.find_map(|letter| letter.text.split_whitespace().find(|word| word.contains(page)));
        link.expect("a letter with a link that has come").to_owned()
    }
}
