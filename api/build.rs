//! Tells cargo to embed the dashboard again when it was built anew.

fn main() {
    println!("cargo::rerun-if-changed=../web/dist");
}
