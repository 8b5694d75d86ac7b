//! Made-up articles of real words: the concepts of `data/core`, which the embedded lexicon
//! translates, with function words, numbers and names between them.

use std::path::Path;
use std::sync::LazyLock;
use std::{fs, io};

use triglyph::{Lang, Lexicon, Unit};

use super::texts::Texts;

/// The places of their words in [`FUNCTION_WORDS`] and [`CONCEPTS`].
const LANGS: [Lang; 3] = [Lang::EN, Lang::FR, Lang::DE];

/// English, French and German, the more frequent first.
const FUNCTION_WORDS: [[&str; 3]; 32] = [
    ["the", "la", "die"],
    ["of", "de", "von"],
    ["and", "et", "und"],
    ["in", "dans", "in"],
    ["the", "le", "der"],
    ["a", "un", "ein"],
    ["to", "à", "zu"],
    ["is", "est", "ist"],
    ["the", "les", "das"],
    ["for", "pour", "für"],
    ["that", "que", "dass"],
    ["with", "avec", "mit"],
    ["on", "sur", "auf"],
    ["not", "pas", "nicht"],
    ["a", "une", "eine"],
    ["by", "par", "durch"],
    ["has", "a", "hat"],
    ["are", "sont", "sind"],
    ["was", "était", "war"],
    ["this", "cette", "diese"],
    ["it", "il", "es"],
    ["as", "comme", "wie"],
    ["be", "être", "sein"],
    ["their", "leurs", "ihre"],
    ["but", "mais", "aber"],
    ["who", "qui", "wer"],
    ["or", "ou", "oder"],
    ["have", "ont", "haben"],
    ["after", "après", "nach"],
    ["also", "aussi", "auch"],
    ["more", "plus", "mehr"],
    ["we", "nous", "wir"],
];

/// What has one word in each language, the more frequent in English first.
static CONCEPTS: LazyLock<Vec<[String; 3]>> =
    LazyLock::new(|| concepts().expect("data/core can be read"));

fn concepts() -> io::Result<Vec<[String; 3]>> {
    let core = Path::new(env!("CARGO_MANIFEST_DIR")).join("data/core");
    let lexicon = Lexicon::embedded();
    let mut concepts = Vec::new();
    for initial in 'a'..='z' {
        let lines = fs::read_to_string(core.join(initial.to_string()).with_extension("tsv"))?;
        for line in lines.lines() {
            let words = line.split('\t').map(|words| {
                let first = words.split([',', '/']).next().unwrap_or(words);
                first.trim().to_string()
            });
            let words: Vec<String> = words.collect();
            let is_word = |word: &String| word.len() > 1 && word.chars().all(char::is_alphabetic);
            if let Ok(words) = <[String; 3]>::try_from(words)
                && words.iter().all(is_word)
            {
                let stem = lexicon.stems_of(&words[0], Lang::EN).into_iter().next();
                let frequency = stem.and_then(|stem| lexicon.frequency(&stem, Lang::EN));
                concepts.push((frequency.unwrap_or(0.0), words));
            }
        }
    }
    concepts.sort_by(|(x, _), (y, _)| y.total_cmp(x));
    Ok(concepts.into_iter().map(|(_, words)| words).collect())
}

/// A sequence of numbers that looks random and is always the same (Steele et al. 2014, SplitMix).
struct Numbers(u64);

impl Numbers {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut x = self.0;
        x = (x ^ x >> 30).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        x = (x ^ x >> 27).wrapping_mul(0x94D0_49BB_1331_11EB);
        x ^ x >> 31
    }

    /// 0 to `bound`, exclusive.
    fn below(&mut self, bound: usize) -> usize {
        (self.next() % bound as u64) as usize
    }

    fn one_in(&mut self, count: usize) -> bool {
        self.below(count) == 0
    }

    /// A rank below `count` by the law of Zipf and Mandelbrot: the shares of the ranks fall as
    /// 1 / (`flat` + rank).
    fn rank(&mut self, count: usize, flat: f64) -> usize {
        let share = (self.next() >> 11) as f64 / (1u64 << 53) as f64;
        let rank = flat * ((count as f64 + flat) / flat).powf(share) - flat;
        (rank as usize).min(count - 1)
    }
}

/// What one word of a sentence says, in whatever language.
#[derive(Clone, Copy)]
enum Meaning {
    Function(usize),
    Concept(usize),
    Number(usize),
    Name(usize),
}

impl Meaning {
    fn concept(numbers: &mut Numbers) -> Self {
        // As flat as that, the commonest of 13,000 concepts is one in 130.
        Self::Concept(numbers.rank(CONCEPTS.len(), 20.0))
    }

    /// Of a hundred words, about 40 have a function, 3 are numbers and 3 are names.
    fn any(numbers: &mut Numbers) -> Self {
        match numbers.below(100) {
            0..3 => Self::Number(numbers.below(3000)),
            3..6 => Self::Name(numbers.below(5000)),
            6..46 => Self::Function(numbers.rank(FUNCTION_WORDS.len(), 3.0)),
            _ => Self::concept(numbers),
        }
    }

    fn spelt(self, lang: usize) -> String {
        match self {
            Self::Function(word) => FUNCTION_WORDS[word][lang].into(),
            Self::Concept(concept) => CONCEPTS[concept][lang].clone(),
            Self::Number(number) => number.to_string(),
            Self::Name(name) => {
                const SYLLABLES: [&str; 16] = [
                    "ba", "ter", "lo", "min", "ca", "ren", "so", "dul", "fi", "gan", "pe", "vor",
                    "ni", "tas", "ku", "ril",
                ];
                let syllables = [name / 256, name / 16 % 16, name % 16];
                capitalized(&syllables.map(|s| SYLLABLES[s % 16]).concat())
            }
        }
    }
}

fn capitalized(word: &str) -> String {
    let mut chars = word.chars();
    let first = chars.next().into_iter().flat_map(char::to_uppercase);
    first.chain(chars).collect()
}

/// What is made up.
#[derive(Clone, Copy)]
pub(crate) struct Made<'a> {
    /// One version each; of two in one language, either is worded in its own way.
    pub(crate) langs: &'a [Lang],
    /// Another number, another article.
    pub(crate) seed: u64,
    /// One sentence in so many is missing in every version but the first.
    pub(crate) missing: usize,
}

impl Default for Made<'_> {
    fn default() -> Self {
        Self {
            langs: &LANGS,
            seed: 0,
            missing: 20,
        }
    }
}

impl Made<'_> {
    /// So many paragraphs of one to four sentences in the first version, with blank lines between them, or so
    /// many sentences, each on a line; in the others, one in forty goes on after the one before.
    pub(crate) fn texts(self, unit: Unit, count: usize) -> Texts {
        let mut numbers = Numbers(self.seed);
        let segments: Vec<Vec<_>> = (0..count)
            .map(|_| {
                let sentences = match unit {
                    Unit::Sentence => 1,
                    _ => 1 + numbers.below(4),
                };
                (0..sentences).map(|_| sentence(&mut numbers)).collect()
            })
            .collect();
        let between = match unit {
            Unit::Sentence => "\n",
            _ => "\n\n",
        };
        self.versions(unit, &segments, between)
    }

    fn versions(self, unit: Unit, segments: &[Vec<Vec<Meaning>>], between: &str) -> Texts {
        let version = |(number, &lang): (usize, &Lang)| {
            let place = LANGS.iter().position(|&l| l == lang);
            let place = place.expect("a language with words");
            let mut numbers = Numbers(self.seed ^ (number as u64 + 1) << 32);
            let mut text = String::new();
            for segment in segments {
                for (i, sentence) in segment.iter().enumerate() {
                    if number > 0 && numbers.one_in(self.missing) {
                        continue;
                    }
                    if !text.is_empty() {
                        let is_new = i == 0 && (number == 0 || !numbers.one_in(40));
                        text += if is_new { between } else { " " };
                    }
                    text += &worded(sentence, place, &mut numbers);
                }
            }
            text.push('\n');
            (lang, text)
        };
        Texts {
            versions: self.langs.iter().enumerate().map(version).collect(),
            unit,
        }
    }
}

/// 12 to 30 words.
fn sentence(numbers: &mut Numbers) -> Vec<Meaning> {
    let count = 12 + numbers.below(19);
    (0..count).map(|_| Meaning::any(numbers)).collect()
}

/// A sentence as one version has it: one word in twenty is left out, one concept in ten another.
fn worded(sentence: &[Meaning], lang: usize, numbers: &mut Numbers) -> String {
    let mut words = String::new();
    for &meaning in sentence {
        if numbers.one_in(20) {
            continue;
        }
        let meaning = match meaning {
            Meaning::Concept(_) if numbers.one_in(10) => Meaning::concept(numbers),
            own => own,
        };
        let word = meaning.spelt(lang);
        if words.is_empty() {
            words += &capitalized(&word);
        } else {
            words += if numbers.one_in(12) { ", " } else { " " };
            words += &word;
        }
    }
    words.push('.');
    words
}
