//! The checks of `tests/hostile`, for the fuzz targets: one copy of them serves both.

#[path = "../../tests/hostile/checks/mod.rs"]
pub mod checks;
