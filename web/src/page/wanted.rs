//! Pages about one panel: waiting for it, and what is shown when it cannot be had.

use crate::component::erased::{part, t};
use crate::component::heading::heading;
use crate::component::loading::loading;
use crate::component::trouble::load_failed;
use crate::i18n::Lang;
use crate::page::not_found;
use crate::present::problem::Failure;
use crate::store::panels::{Panel, panels};
use leptos::prelude::*;
use leptos::task::spawn_local;
use shared::api::problem::ErrorCode;
use shared::ids::TenantId;

/// Fetches a panel and draws `page` with it. `title` stands above a failure.
pub(crate) fn wanted(id: TenantId, title: fn(Lang) -> &'static str, page: fn(&Panel) -> AnyView) -> AnyView {
    let wanted = RwSignal::new_local(None::<Result<Panel, Failure>>);
    let panels = panels();
    let load = Callback::new(move |()| {
        spawn_local(async move {
            let answer = panels.one(id).await;
            let _ = wanted.try_set(Some(answer));
        });
    });
    load.run(());
    part(move || match wanted.get() {
        None => loading(1, load),
        Some(Err(failure)) if failure.code() == Some(ErrorCode::NotFound) => not_found::page(),
        Some(Err(failure)) => vec![heading(t(title), false), load_failed(failure, load)].into_any(),
        Some(Ok(panel)) => page(&panel),
    })
    .into_any()
}
