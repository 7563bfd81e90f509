//! The operator's desk, compiled to WASM: a program of its own, so that no customer downloads it. On any other target it is
//! empty.

fn main() {
    #[cfg(target_arch = "wasm32")]
    web::start_desk();
}
