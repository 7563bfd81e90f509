//! The customer's dashboard, compiled to WASM. On any other target this program is empty: what can be tested without a
//! browser lives in the library.

fn main() {
    #[cfg(target_arch = "wasm32")]
    web::start_dashboard();
}
