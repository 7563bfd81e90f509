//! An account with very many panels, made in a moment: copies of a few real ones, row by row.

use crate::panels::{Terms, terms};
use crate::persona::Persona;
use crate::stage::Stage;
use std::fmt::Write as _;

impl Stage {
    /// Gives an account `count` panels: a quarter each with hours to spare, running low, expired, and never paid for. What
    /// has no page in a list of panels (orders, invoices, windows) only the first four have.
    pub async fn many_panels(&self, owner: &Persona, count: usize) {
        let hours = |included_hours| Terms { included_hours, ..terms() };
        let spare = self.active_panel(owner, "padma", hours(200)).await;
        let low = self.active_panel(owner, "meghna", hours(4)).await;
        let expired = self.expired_panel(owner, "surma").await;
        self.pass_hours(1).await;
        let pending = self.panel(owner, "muhuri", terms()).await;
        let first = [spare, low, expired, pending];
        // Rows of a table that has their shape, so that columns that are added later come along.
        let mut sql = String::from("BEGIN;");
        for at in first.len()..count {
            let (panel, id) = (&first[at % first.len()], format!("ten_{at:032x}"));
            let kept = &panel.id;
            write!(
                sql,
                "CREATE TABLE one AS SELECT * FROM tenants WHERE id = '{kept}';\
                 UPDATE one SET id = '{id}', name = 'Panel {at:04}', subdomain = 'p{at:04}';\
                 INSERT INTO tenants SELECT * FROM one; DROP TABLE one;\
                 CREATE TABLE one AS SELECT * FROM cycles WHERE tenant_id = '{kept}';\
                 UPDATE one SET tenant_id = '{id}', order_id = NULL;\
                 INSERT INTO cycles SELECT * FROM one; DROP TABLE one;"
            )
            .expect("a text");
        }
        sql.push_str("COMMIT;");
        self.database.meddle(&sql).await;
        self.app.live.refresh(&self.app.store).await.expect("the gate's memory");
    }
}
