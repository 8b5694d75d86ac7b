//! JSON taken for the types of the crate.

use std::fmt::Debug;
use std::io;
use std::sync::LazyLock;

use serde::Serialize;
use serde::de::DeserializeOwned;
use triglyph::format::Aligned;
use triglyph::format::jsonl::Record;
use triglyph::lexicon::Trainer;
use triglyph::{Aligner, Alignment, Article, Bead, Lang, Segment, Unit, Version, format};

use super::Input;
use super::laws::check_beads;

/// Segments above which nothing is aligned.
const MAX_ALIGNED: usize = 64;

/// An article that has nothing to do with what is read.
static OTHER: LazyLock<Article> =
    LazyLock::new(|| Article::detect(["A cat.\n\nA dog.", "Un chat.\n\nUn chien."]).unwrap());

/// Reads the bytes as the type that the first one tells, and works with what is read.
pub fn check(bytes: &[u8]) {
    let mut input = Input::new(bytes);
    let kind = input.choice(&[0, 1, 2, 3]);
    let bytes = input.rest();
    match kind {
        0 => read(bytes).iter().for_each(check_alignment),
        1 => read(bytes).iter().for_each(check_article),
        2 => read(bytes).iter().for_each(check_version),
        _ => {
            read::<Lang>(bytes);
            read::<Bead>(bytes);
            read::<Segment>(bytes);
        }
    }
}

/// The value, which is the same when it is written and read again.
fn read<T: DeserializeOwned + Serialize + PartialEq + Debug>(bytes: &[u8]) -> Option<T> {
    let value: T = serde_json::from_slice(bytes).ok()?;
    let json = serde_json::to_string(&value).unwrap();
    let again: T = serde_json::from_str(&json).unwrap();
    assert_eq!(value, again, "{json}");
    Some(value)
}

/// An alignment of an article that is not at hand, used with another one.
fn check_alignment(alignment: &Alignment) {
    assert!((0.0..=1.0).contains(&alignment.score()));
    let article = &*OTHER;
    for bead in alignment.beads(article) {
        assert!(bead.texts().len() <= article.versions().len());
        assert!(!bead.shape().to_string().is_empty());
    }
    let aligned = Aligned::new("a", article.clone(), alignment.clone());
    assert_eq!(write(article, alignment).is_ok(), aligned.is_ok());
    Trainer::new().alignment(article, alignment);
}

fn check_article(article: &Article) {
    article.versions().iter().for_each(check_version);
    for unit in [Unit::Paragraph, Unit::Sentence] {
        let segments = article.versions().iter().map(|v| v.segments(unit).len());
        if segments.sum::<usize>() > MAX_ALIGNED {
            return;
        }
        let aligner = Aligner::new().unit(unit).self_train(true).evidence(true);
        let alignment = aligner.align(article);
        check_beads(article, &alignment, unit);
        write(article, &alignment).unwrap();
        let json = serde_json::to_string(&alignment).unwrap();
        assert_eq!(
            serde_json::from_str::<Alignment>(&json).unwrap(),
            alignment,
            "{json}"
        );
    }
}

/// Checks that segments lie in the text: between them, anything may stand.
fn check_version(version: &Version) {
    for unit in [Unit::Paragraph, Unit::Sentence] {
        for segment in version.segments(unit) {
            assert!(!version.text_of(segment).is_empty());
            assert!(segment.paragraph() < version.segments(Unit::Paragraph).len());
        }
    }
    for segment in OTHER.versions()[0].segments(Unit::Sentence) {
        assert!(version.text_of(segment).len() <= segment.range().len());
    }
    let inside = (0..version.segments(Unit::Paragraph).len()).map(|p| version.sentences_of(p));
    let inside: usize = inside.map(|sentences| sentences.len()).sum();
    assert_eq!(inside, version.segments(Unit::Sentence).len());
}

/// Writes both; an error where they do not go together.
fn write(article: &Article, alignment: &Alignment) -> io::Result<()> {
    serde_json::to_string(&Record::new("a", article, alignment)).unwrap();
    format::tsv::write(io::sink(), article, alignment)
}
