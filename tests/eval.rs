//! Gold articles: found, and compared with alignments.
#![cfg(feature = "json")]

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::{from_value, json};
use triglyph::eval::{GoldArticle, GoldSet, Reliability};
use triglyph::{Aligner, Alignment, ErrorKind, Unit};

/// An empty folder of this name.
fn folder(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR"))
        .join("eval")
        .join(name);
    if folder.exists() {
        fs::remove_dir_all(&folder).unwrap();
    }
    fs::create_dir_all(&folder).unwrap();
    folder
}

#[test]
fn sets_are_found() {
    let top = folder("sets");
    for article in ["b/2", "b/1", "a/1", "mixed/own", "mixed/inner/1"] {
        fs::create_dir_all(top.join(article)).unwrap();
        fs::write(top.join(article).join("gold.json"), "[]").unwrap();
    }
    fs::create_dir_all(top.join("empty/empty")).unwrap();
    fs::write(top.join("README"), "").unwrap();
    for (place, expected) in [
        ("a/1", "1: a/1"),
        ("b", "b: b/1 b/2"),
        ("mixed", "mixed: mixed/own; inner: mixed/inner/1"),
        ("", "a: a/1; b: b/1 b/2; mixed: mixed/own"),
    ] {
        let sets = GoldSet::find(&top.join(place)).unwrap();
        let shown = sets.iter().map(|set| {
            let articles = set.articles.iter().map(|article| {
                let article = article.strip_prefix(&top).unwrap();
                format!(" {}", article.display())
            });
            format!("{}:{}", set.name, articles.collect::<String>())
        });
        let shown = shown.collect::<Vec<_>>().join("; ");
        assert_eq!(shown, expected, "{place}");
    }
    let above = GoldSet::find(&top.join("b/1/..")).unwrap();
    assert_eq!(above[0].name, "b");
}

#[test]
fn folders_without_gold() {
    let top = folder("none");
    let error = GoldSet::find(&top).unwrap_err();
    assert!(matches!(error.kind(), ErrorKind::NoGold { folder } if *folder == top));
    let expected = format!(
        "{}: no gold found, expected a folder with gold.json and <lang>.txt for every version, \
         or a folder of such folders",
        top.display()
    );
    assert_eq!(error.to_string(), expected);
    let error = GoldSet::find(&top.join("missing")).unwrap_err();
    assert!(matches!(error.kind(), ErrorKind::Io { path, .. } if path.ends_with("missing")));
}

#[test]
fn scores_are_judged() {
    let folder = folder("judged");
    let text = "One.\nTwo.\nThree.\nFour.\n";
    for file in ["en.txt", "fr.txt"] {
        fs::write(folder.join(file), text).unwrap();
    }
    let links = json!([
        {"en": [0], "fr": [0]}, {"en": [1, 2], "fr": [1]}, {"en": [3]}, {"fr": [2]}, {"fr": [3]},
    ]);
    fs::write(folder.join("gold.json"), links.to_string()).unwrap();
    let noise = json!({"en": {"3": "cookie"}, "fr": {"2": "cookie", "3": "teaser"}});
    fs::write(folder.join("noise.json"), noise.to_string()).unwrap();
    let gold = GoldArticle::read(&folder, Unit::Paragraph).unwrap();
    // Per case: the beads, all scored 0.9; how many links and how many of them right; and units.
    for (name, beads, links, nulls) in [
        (
            "all right",
            json!([[[0], [0]], [[1, 2], [1]], [[3], []], [[], [2]], [[], [3]]]),
            (2, 2),
            (3, 3),
        ),
        (
            "a unit short",
            json!([[[0], [0]], [[1], [1]], [[2], []], [[3], []], [[], [2, 3]]]),
            (2, 1),
            (4, 3),
        ),
        (
            "nothing linked",
            json!([[[0, 1, 2, 3], []], [[], [0, 1, 2, 3]]]),
            (0, 0),
            (8, 3),
        ),
        (
            "noise of one kind",
            json!([[[0], [0]], [[1, 2], [1]], [[3], [2]], [[], [3]]]),
            (2, 2),
            (3, 3),
        ),
        (
            "noise of two kinds",
            json!([[[0], [0]], [[1, 2], [1]], [[3], [3]], [[], [2]]]),
            (3, 2),
            (1, 1),
        ),
        (
            "all in one",
            json!([[[0, 1, 2, 3], [0, 1, 2, 3]]]),
            (1, 0),
            (0, 0),
        ),
    ] {
        let bead = |segments: &_| json!({"segments": segments, "score": 0.9});
        let beads: Vec<_> = beads.as_array().unwrap().iter().map(bead).collect();
        let alignment: Alignment =
            from_value(json!({"unit": "paragraph", "beads": beads})).unwrap();
        let counts = gold.compare(&alignment);
        for (what, found, (count, right)) in [
            ("links", counts.reliability, links),
            ("units", counts.null_reliability, nulls),
        ] {
            let scored = (0..count).map(|i| (0.9, i < right));
            let expected: Reliability = scored.collect();
            let found = (found.bins(), found.sure());
            assert_eq!(found, (expected.bins(), expected.sure()), "{name}: {what}");
        }
    }
}

#[test]
fn links_of_some_versions() {
    let folder = folder("some");
    for (file, text) in [
        ("en.txt", "One.\nTwo.\nThree.\n"),
        ("fr.txt", "Un.\nDeux.\n"),
        ("de.txt", "Eins.\nZwei.\n"),
    ] {
        fs::write(folder.join(file), text).unwrap();
    }
    let links = json!([{"en": [0], "fr": [0], "de": [0]}, {"en": [1, 2], "de": [1]}, {"fr": [1]}]);
    fs::write(folder.join("gold.json"), links.to_string()).unwrap();
    let noise = json!({"fr": {"1": "cookie"}});
    fs::write(folder.join("noise.json"), noise.to_string()).unwrap();
    // The versions are English, French and German.
    let gold = GoldArticle::read(&folder, Unit::Paragraph).unwrap();
    for (versions, expected) in [
        (
            &[0, 1, 2][..],
            json!([[[0], [0], [0]], [[1, 2], [], [1]], [[], [1], []]]),
        ),
        (&[2, 0], json!([[[0], [0]], [[1], [1, 2]]])),
        (&[1, 2], json!([[[0], [0]], [[], [1]], [[1], []]])),
    ] {
        let some = gold.select(versions).unwrap();
        assert_eq!(json!(some.links()), expected, "{versions:?}");
        let langs = |gold: &GoldArticle| -> Vec<String> {
            let versions = gold.article().versions().iter();
            versions.map(|v| v.lang().to_string()).collect()
        };
        let all = langs(&gold);
        let named: Vec<String> = versions.iter().map(|&v| all[v].clone()).collect();
        assert_eq!(langs(&some), named);
    }
    for (versions, expected) in [
        (&[0, 3][..], "invalid gold: no version 3, the article has 3"),
        (&[1], "an article needs at least two versions, found 1"),
    ] {
        assert_eq!(gold.select(versions).unwrap_err().to_string(), expected);
    }
}

/// In `tests/data`, units are found by their texts: what is made anew of the links must count the
/// same.
#[test]
fn links_are_those_that_were_read() {
    for folder in &GoldSet::find("tests/data".as_ref()).unwrap()[0].articles {
        let gold = GoldArticle::read(folder, Unit::Paragraph).unwrap();
        let again = GoldArticle::new(gold.article().clone(), gold.links()).unwrap();
        let alignment = Aligner::new().align(gold.article());
        let expected = gold.compare(&alignment);
        assert_eq!(again.compare(&alignment), expected, "{}", folder.display());
    }
}

/// Links and units are those that precision counts.
#[test]
fn share_right_is_precision() {
    for folder in &GoldSet::find("tests/data".as_ref()).unwrap()[0].articles {
        let gold = GoldArticle::read(folder, Unit::Paragraph).unwrap();
        let counts = gold.compare(&Aligner::new().align(gold.article()));
        for (reliability, tally) in [
            (counts.reliability, counts.strict),
            (counts.null_reliability, counts.null),
        ] {
            let right = reliability.all().share_right();
            assert_eq!(
                right.unwrap_or(1.0),
                tally.precision(),
                "{}",
                folder.display()
            );
        }
    }
}
