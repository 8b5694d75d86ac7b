//! [`Trainer`]: from sentence pairs to a lexicon.
//!
//! 1. Every text is read once and kept as numbers of its words, four bytes each.
//! 2. Each word gets a stem. A word with a capital that is never seen without one is a name and
//!    keeps its ending (not in German, where all nouns have one); a rare German compound gives way
//!    to its parts, if they are known.
//! 3. [`Model`] counts translations in both directions; what is improbable is dropped.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::hash::{DefaultHasher, Hash, Hasher};

use super::compound::Compounds;
use super::file::{self, Language, Translations};
use super::model::{Bitext, Direction, Model};
use super::stem::{self, Stemmer};
use super::words::words;
use super::{Known, Lexicon};
use crate::alignment::Alignment;
use crate::article::{Article, Version};
use crate::lang::Lang;

/// Words of a sentence above which a pair of sentences is left out: mostly tables and lists.
const MAX_WORDS: usize = 120;
/// A sentence that has more than this many times the words of the other, and [`MAX_EXTRA`] more,
/// does not translate it.
const MAX_RATIO: usize = 3;
const MAX_EXTRA: usize = 8;
/// How often a stem must occur; of one that occurs once, the model knows only its sentence.
const MIN_COUNT: u32 = 2;
/// How often a part of a compound must occur, and how rare the whole must be to give way.
const MIN_PART_COUNT: u32 = 5;
const MAX_COMPOUND_COUNT: u32 = 4;
/// Least score of a bead that is learnt from.
const SURE: f64 = 0.8;
/// Translations that are less probable are dropped, and those beyond so many for one stem.
const LEAST: f32 = 0.03;
const MAX_TRANSLATIONS: usize = 8;

/// Trains a [`Lexicon`] from sentences that translate each other.
///
/// The result does not depend on the number of threads. Memory is 50 bytes a word, and 8 bytes for each
/// two words that stand together in any sentence pair.
///
/// # Examples
///
/// ```
/// use triglyph::Lang;
/// use triglyph::lexicon::Trainer;
///
/// let mut trainer = Trainer::new();
/// for (english, french) in [
///     ("the cat sleeps", "le chat dort"),
///     ("the dog sleeps", "le chien dort"),
///     ("a cat", "un chat"),
///     ("the dog and the cat", "le chien et le chat"),
/// ] {
///     trainer.pair([(Lang::EN, english), (Lang::FR, french)]);
/// }
/// let lexicon = trainer.train(|_| {});
/// let best = &lexicon.translations("cats", Lang::EN, Lang::FR)[0];
/// assert_eq!(best.stem, "chat");
/// ```
#[derive(Clone, Debug, Default)]
pub struct Trainer {
    words: BTreeMap<Lang, Words>,
    bitexts: BTreeMap<(Lang, Lang), Bitext>,
    seen: HashSet<u64>,
}

/// What [`Trainer::train`] is about to do.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[non_exhaustive]
pub struct Step {
    /// The language of the words whose translations are counted.
    pub from: Lang,
    /// The language of the translations.
    pub to: Lang,
    /// How many sentence pairs there are.
    pub pairs: usize,
}

/// How much a sentence pair counts.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Worth {
    /// A sentence pair of a bitext.
    Bitext,
    /// An entry of a vocabulary, so many times.
    Entry(u8),
}

impl Trainer {
    /// A trainer that has seen nothing.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds two sentences that translate each other.
    ///
    /// A pair that was seen before, is too long or differs too much in length is passed over:
    /// false, then.
    pub fn pair(&mut self, sentences: [(Lang, &str); 2]) -> bool {
        self.push(sentences, Worth::Bitext)
    }

    /// Adds an entry of a dictionary: two words or phrases that translate each other. It counts as
    /// `times` sentence pairs, and its words are known however rare they are, if their stems have 121 bytes at the most.
    pub fn entry(&mut self, phrases: [(Lang, &str); 2], times: u8) -> bool {
        self.push(phrases, Worth::Entry(times))
    }

    /// Adds what the alignment of an article teaches: the texts of its beads with a score of at
    /// least 0.8, for each two versions. An aligner of the next articles can be given what was
    /// learnt so far; sentences teach more than paragraphs.
    ///
    /// # Examples
    ///
    /// ```
    /// use triglyph::lexicon::Trainer;
    /// use triglyph::{Aligner, Article, Unit};
    ///
    /// let article = Article::detect(["The cat sleeps.", "Le chat dort."])?;
    /// let mut trainer = Trainer::new();
    /// trainer.alignment(&article, &Aligner::new().unit(Unit::Sentence).align(&article));
    /// let aligner = Aligner::new().lexicon(trainer.train(|_| {}));
    /// assert_eq!(aligner.align(&article).iter().len(), 1);
    /// # Ok::<(), triglyph::Error>(())
    /// ```
    pub fn alignment(&mut self, article: &Article, alignment: &Alignment) {
        let langs: Vec<Lang> = article.versions().iter().map(Version::lang).collect();
        for bead in alignment.beads(article).filter(|bead| bead.score() >= SURE) {
            let texts = bead.texts();
            for b in 1..texts.len() {
                for a in 0..b {
                    self.pair([(langs[a], &texts[a]), (langs[b], &texts[b])]);
                }
            }
        }
    }

    fn push(&mut self, mut texts: [(Lang, &str); 2], worth: Worth) -> bool {
        texts.sort_by_key(|&(lang, _)| lang);
        let [first, second] = texts.map(|(lang, text)| {
            let words = self.words.entry(lang).or_insert_with(|| Words::new(lang));
            words.read(text)
        });
        let lengths = [first.len(), second.len()];
        let (least, most) = (lengths[0].min(lengths[1]), lengths[0].max(lengths[1]));
        let langs = texts.map(|(lang, _)| lang);
        let is_pair = least > 0
            && most <= MAX_WORDS
            && most <= (MAX_RATIO * least).max(least + MAX_EXTRA)
            && langs[0] != langs[1];
        if !is_pair || !self.seen.insert(hash(&(langs, &first, &second))) {
            return false;
        }
        for (lang, sentence) in langs.into_iter().zip([&first, &second]) {
            if let Some(words) = self.words.get_mut(&lang) {
                words.count(sentence, worth);
            }
        }
        let bitext = self.bitexts.entry((langs[0], langs[1])).or_default();
        let times = match worth {
            Worth::Bitext => 1,
            Worth::Entry(times) => times,
        };
        bitext.push(&first, &second, times);
        true
    }

    /// How many pairs were added.
    #[must_use]
    pub fn len(&self) -> usize {
        self.bitexts.values().map(Bitext::len).sum()
    }

    /// Whether nothing was added.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Counts the translations of all words; `progress` is told each step before it is taken.
    #[must_use]
    pub fn train(&self, mut progress: impl FnMut(Step)) -> Lexicon {
        let langs: Vec<Lang> = self.words.keys().copied().collect();
        let stems: Vec<Stems> = self.words.values().map(Words::stems).collect();
        let mut tables = Vec::new();
        for (&(first, second), bitext) in &self.bitexts {
            let indices = [first, second].map(|l| langs.binary_search(&l).unwrap_or_default());
            let bitext = stemmed(bitext, indices.map(|i| &stems[i]));
            for direction in [Direction::Forth, Direction::Back] {
                let [source, target] = match direction {
                    Direction::Forth => indices,
                    Direction::Back => [indices[1], indices[0]],
                };
                progress(Step {
                    from: langs[source],
                    to: langs[target],
                    pairs: bitext.len(),
                });
                let sizes = [source, target].map(|i| stems[i].all.len());
                let model = Model::train(&bitext, direction, sizes);
                tables.push(Translations {
                    langs: [source, target],
                    rows: (model.rows(LEAST, |_| true).into_iter())
                        .map(most_probable)
                        .collect(),
                });
            }
        }
        let languages: Vec<Language> = (langs.into_iter().zip(stems))
            .map(|(lang, stems)| stems.into_language(lang))
            .collect();
        Lexicon::of_checked(file::write(&languages, &tables).into())
    }
}

/// The most probable translations of a word, by number.
fn most_probable(mut row: Vec<(u32, f32)>) -> Vec<(u32, f32)> {
    row.sort_by(|x, y| y.1.total_cmp(&x.1));
    row.truncate(MAX_TRANSLATIONS);
    row.sort_unstable_by_key(|&(target, _)| target);
    row
}

/// A bitext in stems; words that have none fall away.
fn stemmed(bitext: &Bitext, stems: [&Stems; 2]) -> Bitext {
    let mut result = Bitext::default();
    for index in 0..bitext.len() {
        let mut side = 0;
        let [first, second] = bitext.pair(index).map(|words| {
            let stems = &stems[side];
            side += 1;
            (words.iter())
                .flat_map(|&word| stems.of_word(word))
                .copied()
                .collect::<Vec<u32>>()
        });
        result.push(&first, &second, bitext.times(index));
    }
    result
}

fn hash(value: &impl Hash) -> u64 {
    let mut hasher = DefaultHasher::new();
    value.hash(&mut hasher);
    hasher.finish()
}

/// The words of one language, as they are written.
#[derive(Clone, Debug)]
struct Words {
    lang: Lang,
    ids: HashMap<Box<str>, u32>,
    all: Vec<Word>,
    stemmer: Stemmer,
}

/// A word as it is written, but for capitals where they say nothing.
#[derive(Clone, Debug)]
struct Word {
    /// With its capital where it may be a name.
    written: Box<str>,
    stem: Box<str>,
    /// How often it occurs.
    count: u32,
    /// Whether it stands in an entry of a vocabulary.
    listed: bool,
    /// Whether it has a capital inside a sentence, where that means something.
    name: bool,
}

impl Words {
    fn new(lang: Lang) -> Self {
        Self {
            lang,
            ids: HashMap::new(),
            all: Vec::new(),
            stemmer: Stemmer::new(lang),
        }
    }

    /// The numbers of the words of a sentence.
    fn read(&mut self, text: &str) -> Vec<u32> {
        let mut numbers = Vec::new();
        let mut first = true;
        words(text, self.lang, |word| {
            if !word.contains(char::is_numeric) {
                numbers.push(self.ids_of(word, !first));
            }
            first = false;
        });
        numbers
    }

    fn ids_of(&mut self, word: &str, inside: bool) -> u32 {
        let capital = self.lang != Lang::DE && word.starts_with(char::is_uppercase);
        let lower;
        let written = match capital {
            true => word,
            false => {
                lower = word.to_lowercase();
                &lower
            }
        };
        let id = match self.ids.get(written) {
            Some(&id) => id,
            None => {
                let id = self.all.len() as u32;
                let mut stem = String::new();
                self.stemmer.stem(word, &mut stem);
                self.ids.insert(written.into(), id);
                self.all.push(Word {
                    written: written.into(),
                    stem: stem.into(),
                    count: 0,
                    listed: false,
                    name: false,
                });
                id
            }
        };
        self.all[id as usize].name |= capital && inside;
        id
    }

    /// Counts the words of a sentence that was taken.
    fn count(&mut self, sentence: &[u32], worth: Worth) {
        for &id in sentence {
            let word = &mut self.all[id as usize];
            word.count += 1;
            word.listed |= matches!(worth, Worth::Entry(_));
        }
    }

    /// What becomes of each word.
    fn stems(&self) -> Stems {
        let mut counts: BTreeMap<Box<str>, (u32, bool)> = BTreeMap::new();
        let common: HashSet<&str> = (self.all.iter())
            .filter(|w| w.listed || !w.written.starts_with(char::is_uppercase))
            .map(|w| &*w.stem)
            .collect();
        let mut folded = String::new();
        let keys: Vec<Box<str>> = (self.all.iter())
            .map(|word| {
                let key = match word.name && !common.contains(&*word.stem) {
                    true => {
                        stem::fold(&word.written, &mut folded);
                        folded.as_str().into()
                    }
                    false => word.stem.clone(),
                };
                let (count, listed) = counts.entry(key.clone()).or_default();
                *count += word.count;
                *listed |= word.listed;
                key
            })
            .collect();
        counts.remove("");
        let total: u64 = counts.values().map(|&(count, _)| u64::from(count)).sum();
        let total = total as f32;
        let part = |stem: &str| {
            let &(count, listed) = counts.get(stem)?;
            (listed || count >= MIN_PART_COUNT).then_some(Known {
                frequency: count as f32 / total,
                number: (),
            })
        };
        let (mut stemmer, mut compounds) = (Stemmer::new(self.lang), Compounds::default());
        let parts: Vec<Option<Vec<Box<str>>>> = (self.all.iter().zip(&keys))
            .map(|(word, key)| {
                let (count, listed) = counts.get(key).copied().unwrap_or_default();
                let whole = self.lang != Lang::DE || listed || count > MAX_COMPOUND_COUNT;
                let mut parts = Vec::new();
                let is_cut = !whole
                    && compounds.cut(&word.written, &mut stemmer, &part, |stem, _| {
                        parts.push(stem.into());
                    });
                is_cut.then_some(parts)
            })
            .collect();
        // A compound that always gives way must not be found whole.
        let whole: HashSet<&str> = (keys.iter().zip(&parts))
            .filter(|(_, parts)| parts.is_none())
            .map(|(key, _)| &**key)
            .collect();
        let kept: Vec<(Box<str>, f32)> = (counts.iter())
            .filter(|(stem, _)| whole.contains(&***stem))
            .filter(|&(stem, &(count, listed))| {
                stem.len() <= file::MAX_STEM_BYTES && (listed || count >= MIN_COUNT)
            })
            .map(|(stem, &(count, _))| (stem.clone(), count as f32 / total))
            .take(file::MAX_STEMS)
            .collect();
        let number = |stem: &str| kept.binary_search_by(|(s, _)| (**s).cmp(stem)).ok();
        let numbers = (keys.iter().zip(&parts))
            .map(|(key, parts)| match parts {
                Some(parts) => parts
                    .iter()
                    .filter_map(|stem| number(stem))
                    .map(|n| n as u32)
                    .collect(),
                None => number(key).map(|n| n as u32).into_iter().collect(),
            })
            .collect();
        Stems { all: kept, numbers }
    }
}

/// The stems of one language.
struct Stems {
    /// In byte order, with their share among all words.
    all: Vec<(Box<str>, f32)>,
    /// Those of each word.
    numbers: Vec<Box<[u32]>>,
}

impl Stems {
    fn of_word(&self, word: u32) -> &[u32] {
        &self.numbers[word as usize]
    }

    fn into_language(self, lang: Lang) -> Language {
        let stems = self.all;
        Language { lang, stems }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stems_that_a_file_has_no_room_for_are_left_out() {
        let words = [file::MAX_STEM_BYTES, file::MAX_STEM_BYTES + 1].map(|bytes| "x".repeat(bytes));
        let mut trainer = Trainer::new();
        for word in &words {
            assert!(trainer.entry([(Lang::EN, word), (Lang::FR, word)], 3));
        }
        let lexicon = trainer.train(|_| {});
        assert!(Lexicon::from_bytes(lexicon.as_bytes().to_vec()).is_ok());
        let known = words.map(|word| lexicon.frequency(&word, Lang::EN).is_some());
        assert_eq!(known, [true, false]);
    }
}
