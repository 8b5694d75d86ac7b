//! The stages that are measured by themselves, beside those of [`texts`](super::texts).

use triglyph::format::jsonl;
use triglyph::{Article, Segmenter};
use unicode_segmentation::UnicodeSegmentation;

use super::texts::{Aligned, Texts};

impl Texts {
    /// The roofline: the words of all versions are found, once, and nothing is done with them.
    pub(crate) fn words(&self) -> usize {
        let versions = self.versions.iter();
        versions.map(|(_, text)| text.unicode_words().count()).sum()
    }

    /// The article, with all languages found out.
    pub(crate) fn detected(&self) -> Article {
        let sources = self.sources().map(|(_, source)| source);
        Segmenter::new().article(sources).expect("two versions")
    }
}

impl Aligned {
    /// The record of the alignment, as JSON.
    pub(crate) fn write(&self) -> Vec<u8> {
        let mut out = Vec::new();
        jsonl::write(&mut out, "article", &self.article, &self.alignment).expect("room in memory");
        out
    }
}
