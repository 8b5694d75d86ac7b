//! Floors of accuracy on the dev gold, where it is: the folder that `TRIGLYPH_DATA` names, or
//! `../shared` beside the repository. Without it, these tests pass and say so.
#![cfg(all(feature = "json", feature = "lexicon"))]

use std::fs;
use std::path::PathBuf;

use triglyph::eval::{Counts, GoldArticle};
use triglyph::{Aligner, Unit};

/// A folder of the data, or nothing where there is none.
fn data(folder: &str) -> Option<PathBuf> {
    let root = std::env::var_os("TRIGLYPH_DATA").map_or_else(
        || PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../shared"),
        PathBuf::from,
    );
    let path = root.join(folder);
    if !path.is_dir() {
        eprintln!("skipped: no folder {folder} in the data");
        return None;
    }
    Some(path)
}

fn count(folder: PathBuf, unit: Unit) -> Counts {
    let gold = GoldArticle::read(&folder, unit).expect("gold can be read");
    gold.compare(&Aligner::new().unit(unit).align(gold.article()))
}

/// Sets on which scores are doubtful enough to be put to the test.
const NOISY: [&str; 5] = [
    "newstest-para-light",
    "newstest-para-heavy",
    "ntrex-para-heavy",
    "osguide-noisy",
    "debian-news-div-noisy",
];

#[test]
fn dev_gold() {
    let Some(gold) = data("gold") else { return };
    for (set, strict, pair) in [
        ("debian-handbook", 0.995, 0.997),
        ("debian-news", 0.988, 0.993),
        ("debian-news-div-noisy", 0.98, 0.992),
        ("devref", 0.995, 0.995),
        ("newstest-para-clean", 0.985, 0.99),
        ("newstest-para-light", 0.965, 0.99),
        ("newstest-para-heavy", 0.895, 0.966),
        ("ntrex-para-clean", 0.99, 0.99),
        ("ntrex-para-light", 0.97, 0.99),
        ("ntrex-para-heavy", 0.92, 0.97),
        ("osguide", 0.985, 0.992),
        ("osguide-noisy", 0.98, 0.992),
        ("textberg", 0.895, 0.935),
        ("udhr", 0.98, 0.99),
    ] {
        let unit = match set {
            "textberg" => Unit::Sentence,
            _ => Unit::Paragraph,
        };
        let articles = fs::read_dir(gold.join(set)).expect("the set is there");
        let counts: Counts = articles
            .map(|entry| count(entry.expect("the set can be read").path(), unit))
            .sum();
        let (found, pairs) = (counts.strict.f1(), counts.pair.f1());
        if NOISY.contains(&set) {
            let error = counts
                .reliability
                .calibration_error()
                .expect("there are beads");
            assert!(error <= 0.03, "{set}: calibration error {error:.4}");
            let sure = counts.reliability.sure().share_right();
            assert!(
                sure >= Some(0.95),
                "{set}: {sure:?} of what is scored 0.95 is right"
            );
        }
        assert!(
            found >= strict,
            "{set}: strict F1 {found:.4}, floor {strict}"
        );
        assert!(pairs >= pair, "{set}: pair F1 {pairs:.4}, floor {pair}");
    }
}

#[test]
fn column() {
    let Some(folder) = data("columns/coworker") else {
        return;
    };
    let counts = count(folder, Unit::Paragraph);
    let scores = [counts.strict.f1(), counts.pair.f1()];
    assert_eq!(scores, [1.0, 1.0], "{counts:?}");
}
