//! [`Aligner`]: from an article to its alignment.
//!
//! 1. Every sentence of every version is read once ([`Features`]).
//! 2. For each pair of versions, without a pivot, evidence is gathered (`pair`), and a sum over all
//!    paths through the lattice of the two (`lattice`, `band`) gives each link a probability
//!    (`posterior`).
//! 3. What the other versions say strengthens or weakens each link (`consistency`).
//! 4. The links that hold are decoded (`decode`): along a path, then quotations that stand twice
//!    (`echo`), and blocks that stand elsewhere among what is left (`moves`).
//! 5. Segments that share enough linked text are joined into beads over all versions (`groups`), and
//!    judged (`score`).
//! 6. Where it is asked for, what each bead rests on is summed up again (`explain`).

use std::sync::OnceLock;

use crate::alignment::{Alignment, Fallback, Simplified};
use crate::article::{Article, Unit, Version};
use crate::constants::Constants;
use crate::error::{Error, ErrorKind};
use crate::evidence;
use crate::features::{self, Features, Vocabulary};
use crate::lang::Lang;
use crate::lexicon::Lexicon;
use crate::parallel;

mod band;
mod beads;
mod code;
mod consistency;
mod decode;
mod echo;
mod explain;
mod groups;
mod lattice;
mod limits;
mod links;
mod locks;
mod memories;
mod moves;
mod pair;
mod posterior;
mod scaled;
mod score;
#[cfg(feature = "report")]
mod survey;
mod window;
mod words;

use beads::Linked;
use code::WithoutCode;
pub use limits::Limits;
use links::{Links, matrix};
use locks::{Decided, Locked};
use memories::Memories;
use pair::{Given, Pair};
#[cfg(feature = "report")]
pub(crate) use survey::Survey;

pub use words::Words;

/// Aligns the versions of an article.
///
/// # Which options should I use?
///
/// Figures are strict F1 on the dev gold; what repeats them is named in `README.md` and `DESIGN.md`.
///
/// * **Paragraphs or sentences?** [`unit`](Self::unit). Paragraphs hold whole thoughts, and their beads
///   are right more often; sentences are what most training corpora want. Both come from the same
///   links, and no bead of sentences reaches over two of paragraphs.
/// * **Two versions or all that there are?** All: each is a witness for the others, and what a third
///   version shows cannot be had from two. On clean text it makes no difference.
///
///   | pair F1 | three pairs, joined | three versions at once |
///   |---|---|---|
///   | newstest-para-heavy | 0.967 | 0.970 |
///   | ntrex-para-heavy | 0.967 | 0.975 |
///   | osguide-noisy | 0.990 | 0.995 |
/// * **Every line of the input one segment already?** [`Source::lines`](crate::Source::lines): then
///   nothing is guessed about the layout.
/// * **The language known, or none of English, French and German?**
///   [`Source::lang`](crate::Source::lang), [`Segmenter::languages`](crate::Segmenter::languages).
/// * **A lexicon of your own?** [`lexicon`](Self::lexicon), where texts are of a trade, or of languages
///   that the crate has no words of. It matters most where versions differ much:
///
///   | strict F1 | lengths | + numbers, names | + lexicon |
///   |---|---|---|---|
///   | debian-handbook (manuals) | 0.892 | 0.988 | 0.997 |
///   | debian-news (press releases) | 0.828 | 0.991 | 0.994 |
///   | ntrex-para-heavy (much moved and missing) | 0.186 | 0.746 | 0.934 |
///   | textberg (sentences, free translation) | 0.315 | 0.766 | 0.900 |
/// * **[`self_train`](Self::self_train)?** Without a lexicon for long texts; below some hundred
///   sentences, a text teaches too little about its words. Beside a lexicon it gains and loses little.
///
///   | strict F1 | no lexicon | learnt | lexicon | lexicon and learnt |
///   |---|---|---|---|---|
///   | 5135 paragraphs, en-de | 0.988 | 0.998 | 0.998 | not measured |
///   | osguide-noisy (long articles) | 0.927 | 0.971 | 0.987 | 0.987 |
///   | newstest-para-heavy (short ones) | 0.707 | 0.705 | 0.904 | 0.912 |
///   | textberg (sentences) | 0.766 | 0.787 | 0.900 | 0.891 |
/// * **Texts whose words a lexicon would misread**, as those of another century or of a trade that has
///   taken everyday words for its own? [`words`](Self::words) leaves all lexicons out, `embedded` the
///   one of the crate, in favour of your own.
/// * **Sentence vectors at hand?** [`Version::with_vectors`], beside the words, where versions differ
///   much; alone, where no lexicon is.
///
///   | strict F1 | vectors | lexicon | both |
///   |---|---|---|---|
///   | newstest-para-heavy | 0.905 | 0.899 | 0.933 |
///   | osguide-noisy | 0.982 | 0.980 | 0.988 |
///   | textberg (sentences) | 0.843 | 0.900 | 0.883 |
/// * **Texts from anywhere, of any length?** [`limits`](Self::limits): what is too long or too much work
///   is aligned more simply, or refused by [`try_align`](Self::try_align).
/// * **Which score to cut at?** 0.95 leaves beads that are right at least 97 times in a hundred on the
///   noisy sets, at the price of 5 to 46 % of all; 0.5 leaves what is more likely right than
///   not. An article below 0.2 is most likely not parallel at all.
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
///
/// An aligner remembers the words it has met, so many articles are best given to one; it can be shared
/// between threads.
#[derive(Clone, Debug)]
pub struct Aligner {
    unit: Unit,
    words: Words,
    lexicons: Vec<Lexicon>,
    #[cfg(feature = "lexicon")]
    embedded: bool,
    self_train: bool,
    evidence: bool,
    align_code: bool,
    constants: Constants,
    limits: Limits,
    memories: Memories,
}

#[cfg(feature = "lexicon")]
static EMBEDDED: Lexicon = Lexicon::embedded();

impl Aligner {
    /// An aligner of paragraphs.
    #[must_use]
    pub const fn new() -> Self {
        Self {
            unit: Unit::Paragraph,
            words: Words::Translated,
            lexicons: Vec::new(),
            #[cfg(feature = "lexicon")]
            embedded: true,
            self_train: false,
            evidence: false,
            align_code: false,
            constants: Constants::FITTED,
            limits: Limits::new(),
            memories: Memories::new(),
        }
    }

    /// Sets what is aligned: paragraphs or sentences.
    #[must_use]
    pub const fn unit(mut self, unit: Unit) -> Self {
        self.unit = unit;
        self
    }

    /// Sets which words count as evidence; all kinds by default.
    ///
    /// Fewer are of use to measure what the others add, and for texts that a lexicon would mislead.
    /// [`Words::Ignored`] leaves only lengths and layout: order and proportion, good enough for
    /// versions that follow each other paragraph by paragraph.
    ///
    /// # Examples
    ///
    /// Either paragraph is as long as the German one; numbers tell which it translates.
    ///
    /// ```
    /// use triglyph::{Aligner, Article, Lang, Source, Unit, Words};
    ///
    /// let lines = |text, lang| Source::new(text).lines(Unit::Paragraph).lang(lang);
    /// let article = Article::detect([
    ///     lines("He was gone for many days.\nSold in 1931 for 40 marks.", Lang::EN),
    ///     lines("1931 für 40 Mark verkauft.", Lang::DE),
    /// ])?;
    /// let alignment = Aligner::new().words(Words::Shared).align(&article);
    /// assert_eq!(alignment.iter().last().map(|b| b.shape().to_string()), Some("1:1".into()));
    /// # Ok::<(), triglyph::Error>(())
    /// ```
    #[must_use]
    pub fn words(mut self, words: Words) -> Self {
        self.words = words;
        self.memories = Memories::new();
        self
    }

    /// Adds a lexicon to those that words are looked up in. Where several know a translation, the
    /// highest probability counts.
    #[must_use]
    pub fn lexicon(mut self, lexicon: Lexicon) -> Self {
        self.lexicons.push(lexicon);
        self.memories = Memories::new();
        self
    }

    /// Sets whether words are looked up in the lexicon that comes with the crate; true by default.
    /// Where neither that one nor one that was added covers a pair of languages, see
    /// [`self_train`](Self::self_train).
    #[cfg(feature = "lexicon")]
    #[must_use]
    pub fn embedded(mut self, embedded: bool) -> Self {
        self.embedded = embedded;
        self.memories = Memories::new();
        self
    }

    /// Sets whether every pair of versions is aligned a second time, with a lexicon learnt from its
    /// first alignment; false by default. With [`Words::Translated`], pairs of languages that no
    /// lexicon covers always are; with [`Words::Ignored`] none is, for there is nothing to learn.
    #[must_use]
    pub const fn self_train(mut self, self_train: bool) -> Self {
        self.self_train = self_train;
        self
    }

    /// Sets whether beads say what they rest on, see [`Bead::evidence`](crate::Bead::evidence); false by default. Nothing else
    /// in the result depends on it.
    #[must_use]
    pub const fn evidence(mut self, evidence: bool) -> Self {
        self.evidence = evidence;
        self
    }

    /// Sets whether code, [`Kind::Code`](crate::Kind::Code), is aligned like other text; false by default,
    /// since it is not translated, and the little that two listings differ in says nothing.
    ///
    /// Otherwise every segment of code stands in a null bead of its own, and nothing else depends on it. The
    /// score of such a bead is 1: it was decided that the segment has no counterpart. In the score of the
    /// [alignment](Alignment::score), which counts what is linked, it is a segment that is not.
    ///
    /// # Examples
    ///
    /// ```
    /// # #[cfg(feature = "markdown")] {
    /// use triglyph::{Aligner, Article, Source};
    ///
    /// let article = Article::detect([
    ///     Source::new("Make a list of all files:\n\n    ls -a\n").markdown(),
    ///     Source::new("Eine Liste aller Dateien erstellen:\n\n    ls -a\n").markdown(),
    /// ])?;
    /// let shapes = |aligner: Aligner| -> Vec<String> {
    ///     let alignment = aligner.align(&article);
    ///     alignment.iter().map(|bead| bead.shape().to_string()).collect()
    /// };
    /// assert_eq!(shapes(Aligner::new()), ["1:1", "0:1", "1:0"]);
    /// assert_eq!(shapes(Aligner::new().align_code(true)), ["1:1", "1:1"]);
    /// # }
    /// # Ok::<(), triglyph::Error>(())
    /// ```
    #[must_use]
    pub const fn align_code(mut self, align_code: bool) -> Self {
        self.align_code = align_code;
        self
    }

    /// Replaces the constants that were fitted to data, to measure others. One that is no number, or out
    /// of the range that it makes sense in, stays as it was fitted.
    #[must_use]
    pub const fn constants(mut self, constants: Constants) -> Self {
        self.constants = constants.sound();
        self
    }

    /// Sets how long versions may be and how much work their alignment may take, see [`Limits`].
    #[must_use]
    pub const fn limits(mut self, limits: Limits) -> Self {
        self.limits = limits;
        self
    }

    /// Aligns all versions of the article at once.
    ///
    /// The order of the versions makes no difference but to the order of the result, unless two of
    /// them are the same text, and neither do the number of threads and the articles aligned before.
    /// Scores are probabilities, calibrated on real and on noisy articles: of the beads of two or more
    /// versions scored about 0.9, about nine in ten are right.
    ///
    /// What goes beyond the [`limits`](Self::limits) is aligned more simply, see
    /// [`Alignment::simplified`].
    #[must_use]
    pub fn align(&self, article: &Article) -> Alignment {
        let align = |article: &Article| self.align_beyond(article, self.limits.exceeded(article));
        match self.without_code(article) {
            None => align(article),
            Some(without) => {
                without.restore(without.article().map(align), self.unit, self.evidence)
            }
        }
    }

    /// Aligns all versions of the article at once as [`align`](Self::align) does, but refuses what goes
    /// beyond the [`limits`](Self::limits): versions that are too long before anything is done, too much
    /// work when it is found.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::BeyondLimit`] for the first limit that is exceeded.
    pub fn try_align(&self, article: &Article) -> Result<Alignment, Error> {
        let align = |article: &Article| {
            let too_long = self.limits.exceeded(article);
            refuse(article, &too_long)?;
            let alignment = self.align_beyond(article, too_long);
            refuse(article, alignment.simplified())?;
            Ok(alignment)
        };
        match self.without_code(article) {
            None => align(article),
            Some(without) => {
                let aligned = without.article().map(align).transpose()?;
                Ok(without.restore(aligned, self.unit, self.evidence))
            }
        }
    }

    /// The article without its code, where there is some and it is not aligned.
    fn without_code(&self, article: &Article) -> Option<WithoutCode> {
        (!self.align_code)
            .then(|| WithoutCode::of(article))
            .flatten()
    }

    /// Aligns the article, of which some versions are too long.
    fn align_beyond(&self, article: &Article, too_long: Vec<Simplified>) -> Alignment {
        self.linked(article, too_long, |linked, simplified| {
            let alignment = Alignment::new(self.unit, self.beads(article, linked));
            let alignment = alignment.expect("groups put every segment into exactly one bead");
            alignment.with_simplified(simplified)
        })
    }

    /// Finds the links of an article, of which some versions are too long, and hands them on, with what was
    /// aligned more simply.
    fn linked<T>(
        &self,
        article: &Article,
        too_long: Vec<Simplified>,
        then: impl FnOnce(Linked<'_>, Vec<Simplified>) -> T,
    ) -> T {
        let (features, vocabulary) = self.read(article);
        let lengths: Vec<OnceLock<Features>> = features.iter().map(|_| OnceLock::new()).collect();
        let is_long = |version: &usize| too_long.iter().any(|s| s.versions.contains(version));
        let sides = Sides {
            features: &features,
            lengths: &lengths,
            are_long: (0..features.len()).map(|v| is_long(&v)).collect(),
        };
        let locked = Locked::new(article);
        let (pairs, too_much) = self.pairs(article, &sides, &locked, &vocabulary);
        let versions: Vec<[usize; 2]> = pairs.iter().map(|(pair, _)| pair.versions).collect();
        let (pairs, links): (Vec<Pair<'_>>, Vec<Links>) = pairs.into_iter().unzip();
        let sizes: Vec<usize> = features.iter().map(|f| f.sentences().len()).collect();
        let own = matrix(&sizes, versions.iter().copied().zip(links));
        let agreed = consistency::agreed(&own, versions.into_iter());
        let held = decode::links(&pairs, &agreed, self.constants.least);
        let linked = Linked {
            features: &features,
            // Without a word on what beads rest on, the evidence has been read.
            pairs: self.evidence.then_some(pairs),
            locked,
            own,
            agreed,
            held,
        };
        then(linked, too_long.into_iter().chain(too_much).collect())
    }

    /// What is read from the sentences of each version.
    fn read(&self, article: &Article) -> (Vec<Features>, Vocabulary) {
        let lexicons = self.lexicons();
        let langs: Vec<Lang> = article.versions().iter().map(Version::lang).collect();
        let mut pairs = (1..langs.len()).flat_map(|b| (0..b).map(move |a| [a, b]));
        let learns = pairs.any(|pair| self.learns(&lexicons, pair.map(|v| langs[v])));
        // Words are numbered in an order of their own, too: it shows in the rounding of sums.
        let order = canonical(article);
        let versions: Vec<&Version> = order.iter().map(|&v| &article.versions()[v]).collect();
        let mut memory = self.memories.take(learns, || lexicons);
        let (read, vocabulary) = features::read(&versions, &mut memory);
        self.memories.put_back(memory);
        let mut features: Vec<Features> = Vec::new();
        features.resize_with(order.len(), Features::default);
        for (version, read) in order.into_iter().zip(read) {
            features[version] = match self.words {
                Words::Ignored => read.without_tokens(),
                _ => read,
            };
        }
        (features, vocabulary)
    }

    /// The evidence between all versions and the posteriors of their links, in an order of its own; and
    /// the pairs that take too much work, in the order of the versions.
    fn pairs<'a>(
        &self,
        article: &Article,
        sides: &Sides<'a>,
        locked: &Locked<'_>,
        vocabulary: &Vocabulary,
    ) -> (Vec<(Pair<'a>, Links)>, Vec<Simplified>) {
        let order = canonical(article);
        let pairs = (order.iter().enumerate())
            .flat_map(|(rank, &b)| order[..rank].iter().map(move |&a| [a, b]))
            .collect();
        let aligned = parallel::map(pairs, evidence::Words::default, |words, pair| {
            self.align_pair(
                article,
                sides,
                locked.decided(pair),
                pair,
                vocabulary,
                words,
            )
        });
        let (pairs, too_much): (Vec<_>, Vec<_>) = aligned.into_iter().unzip();
        let mut too_much: Vec<Simplified> = too_much.into_iter().flatten().collect();
        too_much.sort_by(|x, y| x.versions.cmp(&y.versions));
        (pairs, too_much)
    }

    /// The evidence between two versions and the posteriors of their links, and whether that is less than
    /// it should be, for it takes too much work.
    fn align_pair<'a>(
        &self,
        article: &Article,
        sides: &Sides<'a>,
        decided: Decided,
        [a, b]: [usize; 2],
        vocabulary: &Vocabulary,
        words: &mut evidence::Words,
    ) -> ((Pair<'a>, Links), Option<Simplified>) {
        let langs = [a, b].map(|v| article.versions()[v].lang());
        let learn = self.learns(vocabulary.lexicons(), langs);
        let mut work = self.limits.share(&sides.sizes(), [a, b]);
        let given = |sides| Given {
            versions: [a, b],
            sides,
            same_lang: langs[0] == langs[1],
            decided: decided.clone(),
        };
        let by_words = sides.by_words([a, b]).and_then(|sides| {
            let given = given(sides);
            Pair::align(&given, vocabulary, learn, &self.constants, words, &mut work)
        });
        let fallback = match by_words {
            Some(_) => Fallback::Narrow,
            None => Fallback::Lengths,
        };
        let by_lengths = || {
            let given = given(sides.by_lengths([a, b]));
            Pair::align_by_lengths(&given, vocabulary, &self.constants)
        };
        let aligned = by_words
            .or_else(by_lengths)
            .expect("work by lengths is not limited");
        (aligned, work.exceeded([a, b], fallback))
    }

    /// The lexicons that words are looked up in.
    pub(crate) fn lexicons(&self) -> Vec<Lexicon> {
        if self.words != Words::Translated {
            return Vec::new();
        }
        let lexicons = self.lexicons.iter();
        #[cfg(feature = "lexicon")]
        let lexicons = lexicons.chain(self.embedded.then_some(&EMBEDDED));
        lexicons.cloned().collect()
    }

    /// Whether a lexicon is learnt from the first alignment of a pair of versions.
    fn learns(&self, lexicons: &[Lexicon], [a, b]: [Lang; 2]) -> bool {
        let covers = |l: &Lexicon| l.table(a, b).is_some();
        match self.words {
            Words::Ignored => false,
            Words::Shared => self.self_train,
            Words::Translated => self.self_train || !lexicons.iter().any(covers),
        }
    }
}

/// What was read from all versions.
struct Sides<'a> {
    features: &'a [Features],
    /// The same without tokens, once they are asked for.
    lengths: &'a [OnceLock<Features>],
    /// Which versions are too long for their words to be looked at.
    are_long: Vec<bool>,
}

impl<'a> Sides<'a> {
    /// Sentences of each version.
    fn sizes(&self) -> Vec<usize> {
        let features = self.features.iter();
        features.map(|f| f.sentences().len()).collect()
    }

    /// Two versions, if neither is too long.
    fn by_words(&self, versions: [usize; 2]) -> Option<[&'a Features; 2]> {
        let is_long = versions.iter().any(|&v| self.are_long[v]);
        (!is_long).then(|| versions.map(|v| &self.features[v]))
    }

    fn by_lengths(&self, versions: [usize; 2]) -> [&'a Features; 2] {
        versions.map(|v| self.lengths[v].get_or_init(|| self.features[v].lengths()))
    }
}

/// Refuses an article of which something is beyond a limit.
fn refuse(article: &Article, beyond: &[Simplified]) -> Result<(), Error> {
    let Some(first) = beyond.first() else {
        return Ok(());
    };
    let versions = article.versions();
    let names: Vec<&str> = (first.versions.iter())
        .map(|&v| versions[v].name())
        .collect();
    Err(ErrorKind::BeyondLimit {
        versions: names.join(", "),
        limit: first.limit,
        found: first.found,
        most: first.most,
    }
    .into())
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

    /// The shapes of the beads of an English and a German version, a paragraph a line.
    fn shapes(aligner: &Aligner, [english, german]: [&str; 2]) -> String {
        let lines = |text: &str, lang| Source::new(text).lines(Unit::Paragraph).lang(lang);
        let sources = [lines(english, Lang::EN), lines(german, Lang::DE)];
        let article = Article::detect(sources).unwrap();
        let alignment = aligner.align(&article);
        let shapes = alignment.iter().map(|bead| bead.shape().to_string());
        shapes.collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn words_count_as_told() {
        use Words::{Ignored, Shared, Translated};

        let mut trainer = crate::lexicon::Trainer::new();
        for (english, german) in [
            ("dog", "Hund"),
            ("barks", "bellt"),
            ("night", "Nacht"),
            ("village", "Dorf"),
            ("sleeps", "schläft"),
        ] {
            trainer.entry([(Lang::EN, english), (Lang::DE, german)], 5);
        }
        // Of a lexicon of five words, each would be frequent, and say little.
        let [and, und] = ["and ", "und "].map(|word| word.repeat(100));
        trainer.pair([(Lang::EN, &and), (Lang::DE, &und)]);
        let aligner = Aligner::new().lexicon(trainer.train(|_| {}));
        #[cfg(feature = "lexicon")]
        let aligner = aligner.embedded(false);
        let number = [
            "They talked about it for long.\nSold in 1931 for 4,000 marks.",
            "1931 um 4000 Mark verkauft.",
        ];
        let translation = [
            "They talked about it all day long, as they do.\n\
             The dog barks at night, the village sleeps.",
            "Nachts bellt ein Hund, das Dorf schläft.",
        ];
        for (words, expected) in [
            (Ignored, [false, false]),
            (Shared, [true, false]),
            (Translated, [true, true]),
        ] {
            let aligner = aligner.clone().words(words);
            let is_right = |texts| shapes(&aligner, texts) == "1:0 1:1";
            assert_eq!([number, translation].map(is_right), expected, "{words:?}");
        }
    }

    #[test]
    fn learns_where_told_or_where_no_lexicon_helps() {
        use Words::{Ignored, Shared, Translated};

        let mut trainer = crate::lexicon::Trainer::new();
        trainer.entry([(Lang::EN, "dog"), (Lang::DE, "Hund")], 1);
        let lexicon = trainer.train(|_| {});
        for (words, lang, expected) in [
            // Unasked, and asked.
            (Ignored, Lang::DE, [false, false]),
            (Shared, Lang::DE, [false, true]),
            (Shared, Lang::UND, [false, true]),
            (Translated, Lang::DE, [false, true]),
            (Translated, Lang::UND, [true, true]),
        ] {
            let aligner = Aligner::new().lexicon(lexicon.clone()).words(words);
            let found = [false, true].map(|self_train| {
                let aligner = aligner.clone().self_train(self_train);
                aligner.learns(&aligner.lexicons(), [Lang::EN, lang])
            });
            assert_eq!(found, expected, "{words:?} {lang}");
        }
    }
}
