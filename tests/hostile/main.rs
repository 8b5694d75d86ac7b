//! Hostile input: whatever text, file or folder is handed in, nothing panics and every law holds.
//!
//! The checks are those of the fuzz targets in `fuzz`. Here they are made of inputs that are drawn
//! alike each time, and of those that are kept in `inputs`, a folder a check: seeds, which show
//! what an input looks like, and what once broke a law. `fuzz/README.md` says how more are found.

#[expect(
    unreachable_pub,
    reason = "the fuzz targets use the checks as a library"
)]
mod checks;
mod nasty;

use std::fs;
use std::path::Path;

use proptest::prelude::*;
use proptest::test_runner::RngSeed;

/// Makes a check of all inputs that are kept for it.
fn replay(name: &str, check: fn(&[u8])) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/hostile/inputs");
    let files = fs::read_dir(folder.join(name)).unwrap();
    let mut files: Vec<_> = files.map(|file| file.unwrap().path()).collect();
    files.sort();
    assert!(!files.is_empty(), "no input is kept for {name}");
    for file in files {
        println!("{}", file.display());
        check(&fs::read(file).unwrap());
    }
}

macro_rules! replayed {
    ($($(#[$attribute:meta])* $check:ident)*) => {$(
        $(#[$attribute])*
        #[test]
        fn $check() {
            super::replay(stringify!($check), super::checks::$check::check);
        }
    )*};
}

/// What is kept; a failing test prints the file.
mod kept {
    replayed! {
        align
        #[cfg(feature = "json")] gold
        #[cfg(feature = "formats")] intertext
        lexicon
        #[cfg(feature = "json")] lines
        #[cfg(all(feature = "html", feature = "markdown"))] markup
        #[cfg(feature = "report")] patch
        segment
        #[cfg(feature = "serde")] serde
        sources
        #[cfg(feature = "formats")] tmx
        vectors
        #[cfg(feature = "formats")] xces
    }
}

fn config(cases: u32) -> ProptestConfig {
    ProptestConfig {
        rng_seed: RngSeed::Fixed(19),
        failure_persistence: None,
        ..ProptestConfig::with_cases(cases)
    }
}

proptest! {
    #![proptest_config(config(256))]

    #[test]
    fn segment(input in nasty::texts(4, 1..2)) {
        checks::segment::check(&input);
    }

    #[test]
    fn lexicon(input in nasty::lexicon()) {
        checks::lexicon::check(&input);
    }

    #[test]
    fn sources(input in nasty::tables(2)) {
        checks::sources::check(&input);
    }

    #[test]
    fn vectors(input in nasty::vectors()) {
        checks::vectors::check(&input);
    }
}

#[cfg(feature = "formats")]
proptest! {
    #![proptest_config(config(256))]

    #[test]
    fn tmx(input in nasty::tmx()) {
        checks::tmx::check(&input);
    }

    #[test]
    fn xces(input in nasty::xces()) {
        checks::xces::check(&input);
    }

    #[test]
    fn intertext(input in nasty::intertext()) {
        checks::intertext::check(&input);
    }
}

#[cfg(feature = "serde")]
proptest! {
    #![proptest_config(config(256))]

    #[test]
    fn serde(input in nasty::json()) {
        checks::serde::check(&input);
    }
}

proptest! {
    #![proptest_config(config(128))]

    #[test]
    fn align(input in nasty::texts(7, 2..5)) {
        checks::align::check(&input);
    }
}

#[cfg(all(feature = "html", feature = "markdown"))]
proptest! {
    #![proptest_config(config(256))]

    #[test]
    fn markup(input in nasty::markup()) {
        checks::markup::check(&input);
    }
}

#[cfg(feature = "json")]
proptest! {
    #![proptest_config(config(256))]

    #[test]
    fn lines(input in nasty::lines()) {
        checks::lines::check(&input);
    }
}

#[cfg(feature = "json")]
proptest! {
    #![proptest_config(config(128))]

    #[test]
    fn gold(input in nasty::gold()) {
        checks::gold::check(&input);
    }
}

#[cfg(feature = "report")]
proptest! {
    #![proptest_config(config(256))]

    #[test]
    fn patch(input in nasty::patches()) {
        checks::patch::check(&input);
    }
}
