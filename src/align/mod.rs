//! [`Aligner`]: from an article to its alignment.
//!
//! 1. Every sentence of every version is read once ([`Features`]).
//! 2. For each pair of versions, without a pivot, the sentences are linked along the best path
//!    through the lattice of the two (`pair`, `lattice`), blocks that stand elsewhere among what is
//!    left (`moves`), and quotations that stand twice, twice (`echo`).
//! 3. What the other versions say strengthens or weakens each link (`consistency`).
//! 4. Segments that share enough linked text are joined into beads over all versions (`groups`).

use crate::alignment::Alignment;
use crate::article::{Article, Unit, Version};
use crate::constants::Constants;
use crate::features::{Features, Vocabulary};
use crate::lang::Lang;
use crate::lexicon::Lexicon;

mod band;
mod consistency;
mod echo;
mod groups;
mod lattice;
mod moves;
mod pair;

use consistency::{Matrix, Posteriors};
use groups::Sentences;

/// Aligns the versions of an article.
///
/// # Which options should I use?
///
/// * Paragraphs or sentences? Paragraphs hold whole thoughts and their beads are right more often;
///   sentences are what most training corpora want. Both come from the same links.
/// * Every line of the input one segment already? [`Source::lines`](crate::Source::lines): then
///   nothing is guessed about the layout.
/// * The language known, or none of English, French and German?
///   [`Source::lang`](crate::Source::lang), [`Segmenter::languages`](crate::Segmenter::languages).
///
/// # Examples
///
/// ```
/// use triglyph::{Aligner, Article};
///
/// let article = Article::detect([
///     "The museum\n\nIt is open from 9 to 17 o’clock. On Mondays it is closed.",
///     "Le musée\n\nIl est ouvert de 9 à 17 heures.\n\nLe lundi, il est fermé.",
///     "Das Museum\n\nEs ist von 9 bis 17 Uhr geöffnet. Montags ist es geschlossen.",
/// ])?;
/// let alignment = Aligner::new().align(&article);
/// let shapes: Vec<String> = alignment.iter().map(|b| b.shape().to_string()).collect();
/// assert_eq!(shapes, ["1:1:1", "1:2:1"]);
/// # Ok::<(), triglyph::Error>(())
/// ```
#[derive(Clone, Debug)]
pub struct Aligner {
    unit: Unit,
    lexicons: Vec<Lexicon>,
    #[cfg(feature = "lexicon")]
    embedded: bool,
    self_train: bool,
    constants: Constants,
}

#[cfg(feature = "lexicon")]
static EMBEDDED: Lexicon = Lexicon::embedded();

impl Aligner {
    /// An aligner of paragraphs.
    #[must_use]
    pub const fn new() -> Self {
        Self {
            unit: Unit::Paragraph,
            lexicons: Vec::new(),
            #[cfg(feature = "lexicon")]
            embedded: true,
            self_train: false,
            constants: Constants::FITTED,
        }
    }

    /// Sets what is aligned: paragraphs or sentences.
    #[must_use]
    pub const fn unit(mut self, unit: Unit) -> Self {
        self.unit = unit;
        self
    }

    /// Adds a lexicon to those that words are looked up in. Where several know a translation, the
    /// highest probability counts.
    #[must_use]
    pub fn lexicon(mut self, lexicon: Lexicon) -> Self {
        self.lexicons.push(lexicon);
        self
    }

    /// Sets whether words are looked up in the lexicon that comes with the crate; true by default.
    /// Where neither that one nor one that was added covers a pair of languages, see
    /// [`self_train`](Self::self_train).
    #[cfg(feature = "lexicon")]
    #[must_use]
    pub const fn embedded(mut self, embedded: bool) -> Self {
        self.embedded = embedded;
        self
    }

    /// Sets whether every pair of versions is aligned a second time, with a lexicon learnt from its
    /// first alignment. Pairs of languages that no lexicon covers always are.
    #[must_use]
    pub const fn self_train(mut self, self_train: bool) -> Self {
        self.self_train = self_train;
        self
    }

    /// Replaces the constants that were fitted to data, to measure others.
    #[must_use]
    pub const fn constants(mut self, constants: Constants) -> Self {
        self.constants = constants;
        self
    }

    /// Aligns all versions of the article at once.
    ///
    /// The order of the versions makes no difference but to the order of the result, unless two of
    /// them are the same text. The scores
    /// come from the margin by which the best path beats the best one without the bead; they are
    /// not calibrated yet: beads scored 0.9 need not be right nine times in ten.
    #[must_use]
    pub fn align(&self, article: &Article) -> Alignment {
        let lexicons = self.lexicons();
        let mut vocabulary = Vocabulary::new(lexicons.clone());
        let langs: Vec<Lang> = article.versions().iter().map(Version::lang).collect();
        let learns = |a: usize, b: usize| {
            let covers = |l: &&Lexicon| l.table(langs[a], langs[b]).is_some();
            self.self_train || !lexicons.iter().any(covers)
        };
        let features: Vec<Features> = (article.versions().iter())
            .map(|version| Features::read(version, &mut vocabulary))
            .collect();
        let count = features.len();
        let mut all: Matrix = vec![vec![Posteriors::default(); count]; count];
        let order = canonical(article);
        for (rank, &b) in order.iter().enumerate() {
            for &a in &order[..rank] {
                let [forth, back] = pair::links(
                    &features[a],
                    &features[b],
                    &vocabulary,
                    learns(a, b),
                    &self.constants,
                );
                all[a][b] = forth;
                all[b][a] = back;
            }
        }
        let links = consistency::consistent(&all, self.constants.least);
        let sentences: Vec<Sentences> = (article.versions().iter().zip(&features))
            .map(|(version, features)| self.sentences(version, features))
            .collect();
        Alignment::new(self.unit, groups::join(&sentences, &links))
            .expect("groups put every segment into exactly one bead")
    }

    /// The lexicons that words are looked up in.
    fn lexicons(&self) -> Vec<&Lexicon> {
        let lexicons = self.lexicons.iter();
        #[cfg(feature = "lexicon")]
        let lexicons = lexicons.chain(self.embedded.then_some(&EMBEDDED));
        lexicons.collect()
    }

    /// The segments that the sentences of a version stand in.
    fn sentences(&self, version: &Version, features: &Features) -> Sentences {
        let segments = version.segments(Unit::Sentence).iter();
        Sentences {
            segment: match self.unit {
                Unit::Paragraph => segments.map(|s| s.paragraph()).collect(),
                Unit::Sentence => (0..segments.len()).collect(),
            },
            chars: (features.sentences().iter())
                .map(|s| s.chars as f32)
                .collect(),
        }
    }
}

impl Default for Aligner {
    fn default() -> Self {
        Self::new()
    }
}

/// The versions in an order that is the same however they were given, so that equal choices fall
/// the same way.
fn canonical(article: &Article) -> Vec<usize> {
    let versions = article.versions();
    let mut order: Vec<usize> = (0..versions.len()).collect();
    order.sort_by_key(|&v| (versions[v].lang(), versions[v].text()));
    order
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Lang, Source};

    #[cfg(feature = "lexicon")]
    #[test]
    fn lexicons_are_those_asked_for() {
        let own = crate::lexicon::Trainer::new().train(|_| {});
        for (added, embedded, expected) in
            [(0, true, 1), (0, false, 0), (1, true, 2), (1, false, 1)]
        {
            let mut aligner = Aligner::new().embedded(embedded);
            for _ in 0..added {
                aligner = aligner.lexicon(own.clone());
            }
            let found = aligner.lexicons();
            let crates = found.iter().filter(|l| l.as_bytes() == EMBEDDED.as_bytes());
            assert_eq!(found.len(), expected, "{added} added, embedded {embedded}");
            assert_eq!(crates.count(), usize::from(embedded), "embedded {embedded}");
        }
    }

    #[test]
    fn versions_are_put_in_one_order() {
        let texts = [(Lang::FR, "b"), (Lang::EN, "z"), (Lang::FR, "a")];
        for (given, expected) in [([0, 1, 2], [1, 2, 0]), ([2, 1, 0], [1, 0, 2])] {
            let sources = given.map(|t: usize| Source::new(texts[t].1).lang(texts[t].0));
            let article = Article::detect(sources).unwrap();
            assert_eq!(canonical(&article), expected, "{given:?}");
        }
    }
}
