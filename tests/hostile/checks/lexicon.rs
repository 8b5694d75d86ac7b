//! Bytes taken for a lexicon.

use std::sync::LazyLock;

use triglyph::{Aligner, Article, Lang, Lexicon, Unit};

use super::Input;
use super::laws::check_beads;

/// Where the checksum of a lexicon stands, and where begins what it covers.
const CHECKSUM: std::ops::Range<usize> = 12..16;
/// Words that are looked up in each language.
const MAX_WORDS: usize = 64;

static ARTICLE: LazyLock<Article> = LazyLock::new(|| {
    let article = Article::detect([
        "The cat sleeps.\n\nA dog and a cat.",
        "Le chat dort.\n\nUn chien et un chat.",
        "Die Katze schläft.\n\nEin Hund und eine Katze.",
    ]);
    article.unwrap()
});

/// Takes the bytes for a lexicon; the first one tells whether they get the checksum that they
/// should have.
pub fn check(bytes: &[u8]) {
    let mut input = Input::new(bytes);
    let sealed = input.choice(&[true, false]);
    let bytes = match sealed {
        true => with_checksum(input.rest()),
        false => input.rest().to_vec(),
    };
    match Lexicon::from_bytes(bytes.clone()) {
        Ok(lexicon) => {
            assert_eq!(lexicon.as_bytes(), bytes);
            look_up(&lexicon);
        }
        Err(error) => assert!(
            error.to_string().starts_with("invalid lexicon: "),
            "{error}"
        ),
    }
}

/// The bytes with the checksum that they should have.
pub fn with_checksum(bytes: &[u8]) -> Vec<u8> {
    let mut bytes = bytes.to_vec();
    if let Some((head, covered)) = bytes.split_at_mut_checked(CHECKSUM.end) {
        head[CHECKSUM].copy_from_slice(&crc32fast::hash(covered).to_le_bytes());
    }
    bytes
}

/// Looks up words of all kinds, those that stand in the lexicon among them.
pub fn look_up(lexicon: &Lexicon) {
    let text = String::from_utf8_lossy(lexicon.as_bytes());
    let own = text.split(|c: char| !c.is_alphabetic());
    let own = own.filter(|word| !word.is_empty()).take(MAX_WORDS);
    let odd = [
        "",
        "\0",
        "cat",
        "Katzentürschloss",
        "Ｅ\u{301}t\u{e9}",
        "\u{10ffff}",
    ];
    let words: Vec<&str> = own.chain(odd).collect();
    let langs = lexicon.langs();
    assert!(!format!("{lexicon:?}").is_empty());
    for &lang in langs.iter().chain(&[Lang::UND, Lang::DE]) {
        assert!(langs.contains(&lang) || lexicon.stem_count(lang) == 0);
        for word in &words {
            for stem in lexicon.stems_of(word, lang) {
                let frequency = lexicon.frequency(&stem, lang);
                assert!(
                    frequency.is_some_and(|f| (0.0..=1.0).contains(&f)),
                    "{stem:?}"
                );
            }
        }
    }
    for (from, to) in lexicon.pairs() {
        assert!(langs.contains(&from) && langs.contains(&to));
        for word in &words {
            let found = lexicon.translations(word, from, to);
            assert!(found.len() <= lexicon.translation_count(from, to));
            assert!(found.is_sorted_by(|x, y| x.probability >= y.probability));
            for translation in found {
                assert!((0.0..=1.0).contains(&translation.probability));
                assert!(lexicon.frequency(&translation.stem, to).is_some());
            }
        }
    }
    let alignment = Aligner::new().lexicon(lexicon.clone()).align(&ARTICLE);
    check_beads(&ARTICLE, &alignment, Unit::Paragraph);
}
