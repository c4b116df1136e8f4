//! Rebuilds when a migration is added.

fn main() {
    // sqlx::migrate! embeds the files; cargo must rebuild when one is added.
    println!("cargo:rerun-if-changed=../../migrations");
}
