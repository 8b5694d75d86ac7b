//! Texts to measure on, and long ones made of them.

use triglyph::format::jsonl;
use triglyph::{Aligner, Alignment, Article, Lang, Segmenter, Source, Unit};
use unicode_segmentation::UnicodeSegmentation;

use super::made_up::Made;

/// Lines of the text that a long one is made of.
const TILE: usize = 500;

/// The versions of an article as they are given to the crate.
#[derive(Clone)]
pub(crate) struct Texts {
    pub(crate) versions: Vec<(Lang, String)>,
    /// What is aligned. Sentences stand on a line each; paragraphs are for the crate to find.
    pub(crate) unit: Unit,
}

impl Texts {
    pub(crate) fn bytes(&self) -> usize {
        self.versions.iter().map(|(_, text)| text.len()).sum()
    }

    /// The roofline: the words of all versions are found, once, and nothing is done with them.
    pub(crate) fn words(&self) -> usize {
        let versions = self.versions.iter();
        versions.map(|(_, text)| text.unicode_words().count()).sum()
    }

    pub(crate) fn segment(&self, languages: Languages) -> Article {
        let sources = self.versions.iter().map(|(lang, text)| {
            let source = match self.unit {
                Unit::Sentence => Source::new(text).lines(Unit::Sentence),
                _ => Source::new(text),
            };
            match languages {
                Languages::Told => source.lang(*lang),
                Languages::Detected => source,
            }
        });
        Segmenter::new().article(sources).expect("two versions")
    }

    pub(crate) fn aligner(&self) -> Aligner {
        Aligner::new().unit(self.unit)
    }
}

/// How the crate comes to know them.
#[derive(Clone, Copy)]
pub(crate) enum Languages {
    Told,
    Detected,
}

/// Texts that were read and aligned, so that every stage can be run on its own.
pub(crate) struct Aligned {
    pub(crate) texts: Texts,
    pub(crate) article: Article,
    pub(crate) alignment: Alignment,
}

impl Aligned {
    /// Expects that a quarter of the first version is linked, or more.
    pub(crate) fn new(texts: Texts) -> Self {
        let article = texts.segment(Languages::Told);
        let alignment = texts.aligner().align(&article);
        let segments = article.versions()[0].segments(texts.unit).len();
        let linked = alignment.iter().filter(|bead| !bead.is_null());
        let linked: usize = linked.map(|bead| bead.segments()[0].len()).sum();
        assert!(linked * 4 > segments, "{linked} of {segments} segments");
        Self {
            texts,
            article,
            alignment,
        }
    }

    /// The record of the alignment, as JSON.
    pub(crate) fn write(&self) -> Vec<u8> {
        let mut out = Vec::new();
        jsonl::write(&mut out, "article", &self.article, &self.alignment).expect("room in memory");
        out
    }
}

/// So many made-up sentences in English and so many or somewhat fewer in German, each on a line.
pub(crate) fn sentences(count: usize) -> Texts {
    let made = Made {
        langs: &[Lang::EN, Lang::DE],
        seed: 1,
        ..Made::default()
    };
    tiled(&made.sentences(count.min(TILE)), count)
}

/// Repeats the lines of a text until its first version has so many. Words of five letters and more
/// end in letters that tell their copy, the same in all versions, so that a word that is rare stays
/// rare and no copy is mistaken for another.
pub(crate) fn tiled(texts: &Texts, lines: usize) -> Texts {
    let own = texts.versions[0].1.lines().count();
    let copies = lines.div_ceil(own.max(1));
    let tile = |text: &String| {
        (0..copies)
            .map(|copy| marked(text, &letters(copy)))
            .collect()
    };
    Texts {
        versions: (texts.versions.iter())
            .map(|(lang, text)| (*lang, tile(text)))
            .collect(),
        unit: Unit::Sentence,
    }
}

/// None for the first copy, then a to z, aa, ab and so on.
fn letters(mut copy: usize) -> String {
    let mut letters = String::new();
    while copy > 0 {
        letters.insert(0, char::from(b'a' + ((copy - 1) % 26) as u8));
        copy = (copy - 1) / 26;
    }
    letters
}

fn marked(text: &str, mark: &str) -> String {
    let mut marked = String::with_capacity(text.len() * 5 / 4);
    for piece in text.split_inclusive(|c: char| !c.is_alphabetic()) {
        let word = piece.trim_end_matches(|c: char| !c.is_alphabetic());
        marked += word;
        if word.chars().nth(4).is_some() {
            marked += mark;
        }
        marked += &piece[word.len()..];
    }
    marked
}
