//! Floors of accuracy on the dev gold, where it is: the folder that `TRIGLYPH_DATA` names, or
//! `../shared` beside the repository. Without it, these tests pass and say so.
#![cfg(all(feature = "json", feature = "lexicon"))]

use std::fs;
use std::path::PathBuf;

use triglyph::eval::{Counts, GoldArticle};
use triglyph::{Aligner, Lock, Unit};

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

/// What is decided by the gold stands as it was decided, and helps the rest: one bead in ten is locked.
#[test]
fn locked_gold() {
    let Some(gold) = data("gold") else { return };
    for (set, unit) in [
        ("debian-news-div-noisy", Unit::Paragraph),
        ("newstest-para-heavy", Unit::Paragraph),
        ("newstest-para-light", Unit::Paragraph),
        ("ntrex-para-heavy", Unit::Paragraph),
        ("osguide-noisy", Unit::Paragraph),
        ("textberg", Unit::Sentence),
    ] {
        let aligner = Aligner::new().unit(unit);
        let [mut free, mut locked] = [Counts::default(), Counts::default()];
        for entry in fs::read_dir(gold.join(set)).expect("the set is there") {
            let folder = entry.expect("the set can be read").path();
            let gold = GoldArticle::read(&folder, unit).expect("gold can be read");
            let links = gold.links().into_iter().skip(3).step_by(10);
            let links: Vec<Vec<Vec<usize>>> = links.collect();
            let locks = links
                .iter()
                .map(|link| Lock::new(link.iter().cloned().map(Some)));
            let article = gold.article().clone().with_locks(unit, locks);
            let alignment = aligner.align(&article.expect("gold is sound"));
            for link in &links {
                let holds = |bead: &triglyph::Bead| bead.confirmed() && bead.segments() == link;
                let name = folder.display();
                assert!(alignment.iter().any(holds), "{name}: {link:?} was locked");
            }
            locked += gold.compare(&alignment);
            free += gold.compare(&aligner.align(gold.article()));
        }
        let [free, locked] = [free, locked].map(|counts| counts.strict.f1());
        assert!(
            locked >= free,
            "{set}: strict F1 {locked:.4}, {free:.4} without locks"
        );
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
