//! Gold articles: found, and compared with alignments.
#![cfg(feature = "json")]

use std::fs;
use std::path::{Path, PathBuf};

use triglyph::ErrorKind;
use triglyph::eval::GoldSet;

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
