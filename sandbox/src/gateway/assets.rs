//! The styles, scripts and the one picture of the sandbox's own pages, under `/sandbox/`.

use actix_web::HttpResponse;
use actix_web::web::{self, ServiceConfig};

const FILES: [(&str, &str, &str); 5] = [
    ("/sandbox/pay.css", CSS, include_str!("pay.css")),
    ("/sandbox/pay.js", JS, include_str!("pay.js")),
    ("/sandbox/return.js", JS, "document.getElementById('return').submit();\n"),
    ("/sandbox/control.css", CSS, include_str!("control/control.css")),
    ("/sandbox/logo.svg", "image/svg+xml", LOGO),
];
const CSS: &str = "text/css; charset=utf-8";
const JS: &str = "text/javascript; charset=utf-8";
/// A plain mark, nobody's.
const LOGO: &str = "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 120 40\" role=\"img\" aria-label=\"Sandbox\">\
                    <rect width=\"120\" height=\"40\" rx=\"8\" fill=\"#14532d\"/><text x=\"60\" y=\"26\" fill=\"#fff\" \
                    font-family=\"sans-serif\" font-size=\"16\" text-anchor=\"middle\">Sandbox</text></svg>";

/// Serves each.
pub(super) fn routes(app: &mut ServiceConfig) {
    for (path, kind, text) in FILES {
        let give = move || async move {
            HttpResponse::Ok()
                .content_type(kind)
                .insert_header(("X-Content-Type-Options", "nosniff"))
                .insert_header(("Cache-Control", "no-cache"))
                .body(text)
        };
        app.route(path, web::get().to(give));
    }
}
