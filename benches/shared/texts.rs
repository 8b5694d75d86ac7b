//! Texts to measure on.

use triglyph::{Aligner, Alignment, Article, Lang, Segmenter, Source, Unit};

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

    /// Each version as it is given to the crate, its language not told yet.
    pub(crate) fn sources(&self) -> impl Iterator<Item = (Lang, Source)> {
        self.versions.iter().map(|(lang, text)| {
            let source = match self.unit {
                Unit::Sentence => Source::new(text).lines(Unit::Sentence),
                _ => Source::new(text),
            };
            (*lang, source)
        })
    }

    /// The article, with all languages told.
    pub(crate) fn told(&self) -> Article {
        let sources = self.sources().map(|(lang, source)| source.lang(lang));
        Segmenter::new().article(sources).expect("two versions")
    }

    pub(crate) fn aligner(&self) -> Aligner {
        Aligner::new().unit(self.unit)
    }
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
        let article = texts.told();
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
}
