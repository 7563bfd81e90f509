//! When the curtain rises and falls: a story is told on a fresh stage, and the stage is cleared however it ended.

use crate::database::Kind;
use crate::stage::Stage;
use std::future::Future;
use std::panic::resume_unwind;
use std::sync::Arc;
use tokio::runtime::Builder;

/// Plays a story. One that ended well must not leave behind work that is due.
pub fn play<F>(kind: Kind, story: impl FnOnce(Arc<Stage>) -> F)
where
    F: Future<Output = ()> + Send + 'static,
{
    let runtime = Builder::new_multi_thread().worker_threads(2).enable_all().build().expect("a runtime");
    runtime.block_on(async {
        let stage = Arc::new(Stage::open(kind).await);
        let told = tokio::spawn(story(Arc::clone(&stage))).await;
        let left = if told.is_ok() { stage.work_left().await } else { Vec::new() };
        stage.close().await;
        if let Err(failed) = told {
            resume_unwind(failed.into_panic());
        }
        assert!(left.is_empty(), "the story ended, and this is still to be done: {left:?}");
    });
}
