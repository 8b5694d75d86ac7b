//! The article in `tests/pages`, as three sites publish it.
#![cfg(all(feature = "html", feature = "json", feature = "lexicon"))]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;
use triglyph::eval::GoldArticle;
use triglyph::{Aligner, Article, Lang, Layout, Segmenter, Source, Unit, Version};

const LANGS: [Lang; 3] = [Lang::EN, Lang::FR, Lang::DE];

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/pages/allotment")
}

fn page(lang: Lang) -> String {
    fs::read_to_string(folder().join(format!("{lang}.html"))).unwrap()
}

fn read(source: Source) -> Version {
    Segmenter::new().version(source.html()).unwrap()
}

/// The paragraphs of a version, white space folded.
fn texts(version: &Version) -> Vec<String> {
    let segments = version.segments(Unit::Paragraph).iter();
    let words = segments.map(|segment| version.text_of(segment).split_whitespace());
    words
        .map(|words| words.collect::<Vec<_>>().join(" "))
        .collect()
}

/// The texts of the gold units of a version, each with whether it is noise.
fn units(lang: Lang) -> Vec<(String, bool)> {
    let json = |name: &str| fs::read(folder().join(name)).unwrap();
    let gold: Value = serde_json::from_slice(&json("gold.json")).unwrap();
    let noise: BTreeMap<String, BTreeMap<usize, String>> =
        serde_json::from_slice(&json("noise.json")).unwrap();
    let units = gold["versions"][lang.code()]
        .as_array()
        .unwrap()
        .iter()
        .enumerate();
    let noise = &noise[lang.code()];
    units
        .map(|(n, text)| (text.as_str().unwrap().to_owned(), noise.contains_key(&n)))
        .collect()
}

#[test]
fn every_paragraph_is_whole_marked_rightly_and_in_its_place() {
    for lang in LANGS {
        let page = page(lang);
        let version = read(Source::new(&page));
        assert_eq!((version.lang(), version.layout()), (lang, Layout::Markup));
        let units = units(lang);
        let expected: Vec<&str> = units.iter().map(|(text, _)| text.as_str()).collect();
        assert_eq!(texts(&version), expected);
        for (n, (segment, (text, noise))) in version
            .segments(Unit::Paragraph)
            .iter()
            .zip(&units)
            .enumerate()
        {
            assert_eq!(segment.boilerplate().is_some(), *noise, "{lang}: {text}");
            let place = version.place(Unit::Paragraph, n).unwrap();
            // What stands there, read as a page, is the paragraph.
            assert_eq!(texts(&read(Source::new(&page[place]))).join(" "), *text);
        }
    }
}

#[test]
fn the_main_content_is_the_article() {
    for lang in LANGS {
        let main = read(Source::new(page(lang)).main_content(true));
        let article = units(lang).into_iter().filter(|(_, noise)| !noise);
        let article: Vec<String> = article.map(|(text, _)| text).collect();
        assert_eq!(texts(&main), article, "{lang}");
    }
}

#[test]
fn pages_align() {
    let gold = GoldArticle::read(&folder(), Unit::Paragraph).unwrap();
    let counts = gold.compare(&Aligner::new().align(gold.article()));
    assert!(counts.strict.f1() >= 0.95, "{:?}", counts.strict);
    let mains = LANGS.map(|lang| read(Source::new(page(lang)).main_content(true)));
    let article = Article::new(mains.to_vec()).unwrap();
    let linked = Aligner::new().align(&article);
    assert!(linked.iter().filter(|bead| bead.is_null()).count() <= 1);
}
