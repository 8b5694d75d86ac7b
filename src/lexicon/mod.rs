//! Word translations: a [`Lexicon`] to look them up, and a [`Trainer`] that learns them.
//!
//! A lexicon holds `t(t|s)`, the probability that a word s becomes the word t in another
//! language, for stems in both directions, and how frequent each stem is. English, French and German come
//! embedded with the feature `lexicon` ([`Lexicon::embedded`]).

use std::borrow::Cow;
use std::fmt;
use std::path::Path;
use std::sync::Arc;

use crate::error::{Error, ErrorKind};
use crate::lang::Lang;

mod analyser;
mod bounds;
mod compound;
mod file;
pub(crate) mod model;
mod source;
pub(crate) mod stem;
mod train;
pub(crate) mod words;

pub(crate) use analyser::{Analyser, Known};
use file::Directory;
pub(crate) use file::{Place, Stems, Table};
pub use source::Lines;
pub use train::{Step, Trainer};

/// Translation probabilities between the words of some languages.
///
/// A lexicon is used in place: from the program itself, or as the bytes of one file, which clones
/// share.
#[derive(Clone)]
pub struct Lexicon(Shared);

/// What clones share.
#[derive(Clone)]
enum Shared {
    #[cfg(feature = "lexicon")]
    Embedded,
    Read(Arc<Cow<'static, [u8]>>),
}

/// The lexicon that comes with the crate.
#[cfg(feature = "lexicon")]
static EMBEDDED: &[u8] = include_bytes!("../../data/en-fr-de.lexicon");

/// A translation of a word.
#[derive(Clone, PartialEq, Debug)]
#[non_exhaustive]
pub struct Translation {
    /// The stem of the translation, without accents.
    pub stem: String,
    /// The probability of this translation, 0..1.
    pub probability: f32,
}

impl Lexicon {
    /// The lexicon of English, French and German that comes with the crate.
    #[cfg(feature = "lexicon")]
    #[must_use]
    pub const fn embedded() -> Self {
        Self(Shared::Embedded)
    }

    /// A lexicon from the bytes of a file, which are checked as a whole.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Invalid`] for anything that is not a whole lexicon of this version.
    pub fn from_bytes(bytes: impl Into<Cow<'static, [u8]>>) -> Result<Self, Error> {
        let bytes = bytes.into();
        if let Err(reason) = file::check(&bytes) {
            return Err(Error::invalid("lexicon", reason));
        }
        Ok(Self::of_checked(bytes))
    }

    /// Reads a lexicon from a file.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Io`] if the file cannot be read, and those of
    /// [`from_bytes`](Self::from_bytes).
    pub fn read(path: impl AsRef<Path>) -> Result<Self, Error> {
        let path = path.as_ref();
        let bytes = std::fs::read(path).map_err(|source| ErrorKind::Io {
            path: path.into(),
            source,
        })?;
        Self::from_bytes(bytes)
    }

    fn of_checked(bytes: Cow<'static, [u8]>) -> Self {
        Self(Shared::Read(Arc::new(bytes)))
    }

    /// The bytes of the lexicon, as a file holds them.
    #[must_use]
    pub fn as_bytes(&self) -> &[u8] {
        match &self.0 {
            #[cfg(feature = "lexicon")]
            Shared::Embedded => EMBEDDED,
            Shared::Read(bytes) => bytes,
        }
    }

    /// The languages that the lexicon knows words of.
    #[must_use]
    pub fn langs(&self) -> Vec<Lang> {
        self.directory().langs().flatten().collect()
    }

    /// The languages that it translates between, source and target.
    #[must_use]
    pub fn pairs(&self) -> Vec<(Lang, Lang)> {
        self.directory().pairs().flatten().collect()
    }

    /// The stems under which the lexicon knows a word in any form: one, those of the parts of a
    /// German compound of which it does not know the whole, or none.
    #[must_use]
    pub fn stems_of(&self, word: &str, lang: Lang) -> Vec<String> {
        let Some(stems) = self.stems(lang) else {
            return Vec::new();
        };
        let mut found = Vec::new();
        Analyser::new(lang).stems(word, &|stem| stems.find(stem), |stem, known| {
            found.extend(known.map(|_| stem.into()));
        });
        found
    }

    /// The translations of a word in any form, the most probable first; those of its first part
    /// for a compound; none for a word that the lexicon does not know.
    #[must_use]
    pub fn translations(&self, word: &str, from: Lang, to: Lang) -> Vec<Translation> {
        let stem = self.stems_of(word, from).into_iter().next();
        stem.map_or_else(Vec::new, |stem| self.translations_of_stem(&stem, from, to))
    }

    /// The translations of one of the [`stems_of`](Self::stems_of) a word, the most probable first.
    #[must_use]
    pub fn translations_of_stem(&self, stem: &str, from: Lang, to: Lang) -> Vec<Translation> {
        let mut found = Vec::new();
        let known = (self.stems(from).zip(self.stems(to))).zip(self.table(from, to));
        if let Some(((sources, targets), table)) = known
            && let Some(source) = sources.find(stem)
        {
            found.extend(
                table
                    .row(source.number)
                    .map(|(target, probability)| Translation {
                        stem: targets.stem(target).into(),
                        probability,
                    }),
            );
            found.sort_by(|x, y| {
                let by_probability = y.probability.total_cmp(&x.probability);
                by_probability.then_with(|| x.stem.cmp(&y.stem))
            });
        }
        found
    }

    /// The share of a stem among all words of the texts that the lexicon was trained from, 0..1; none
    /// for a stem that it does not know.
    #[must_use]
    pub fn frequency(&self, stem: &str, lang: Lang) -> Option<f32> {
        Some(self.stems(lang)?.find(stem)?.frequency)
    }

    /// How many stems of a language the lexicon knows.
    #[must_use]
    pub fn stem_count(&self, lang: Lang) -> usize {
        self.stems(lang).map_or(0, |stems| stems.len())
    }

    /// How many pairs of a stem and its translation the lexicon has from one language into another.
    #[must_use]
    pub fn translation_count(&self, from: Lang, to: Lang) -> usize {
        self.table(from, to).map_or(0, |table| table.len())
    }

    pub(crate) fn stems(&self, lang: Lang) -> Option<Stems<'_>> {
        self.stems_at(&self.place(lang)?)
    }

    /// Where the stems of a language are, if there are any.
    pub(crate) fn place(&self, lang: Lang) -> Option<Place> {
        self.directory().place(lang)
    }

    /// The stems of a language whose place is known.
    pub(crate) fn stems_at(&self, place: &Place) -> Option<Stems<'_>> {
        self.directory().stems_at(place)
    }

    pub(crate) fn table(&self, from: Lang, to: Lang) -> Option<Table<'_>> {
        self.directory().table(from, to)
    }

    fn directory(&self) -> Directory<'_> {
        Directory::new(self.as_bytes())
    }
}

impl fmt::Debug for Lexicon {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let pairs: Vec<String> = self
            .pairs()
            .iter()
            .map(|(s, t)| format!("{s}-{t}"))
            .collect();
        write!(f, "Lexicon({})", pairs.join(" "))
    }
}
