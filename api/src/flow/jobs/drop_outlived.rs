//! Copies that are not to be kept any longer are deleted.

use crate::app::App;
use crate::flow::FlowError;

/// Deletes at most `limit` of them. One that the shelf does not confirm is tried again.
pub async fn drop_outlived(app: &App, limit: u64) -> Result<usize, FlowError> {
    let now = app.wall.now();
    let outlived = app.store.outlived_backups(now, limit).await?;
    for id in &outlived {
        app.shelf.delete(*id).await?;
        let tx = app.store.begin().await?;
        tx.backup_deleted(*id, now).await?;
        tx.commit().await?;
    }
    Ok(outlived.len())
}
