//! The translations among the stems of a pair of versions.

use crate::features::Vocabulary;
use crate::lang::Lang;

/// Two stems that translate each other, one of each version.
#[derive(Clone, Copy, PartialEq, Debug)]
pub(super) struct Pair {
    /// Their numbers in the article.
    pub(super) stems: [u32; 2],
    /// The probability that each comes from the other: t(a|b), t(b|a).
    pub(super) probabilities: [f32; 2],
}

/// The stems of two versions that translate each other.
#[derive(Clone)]
pub(super) struct Translations {
    /// By the stem in `a`, then that in `b`.
    pub(super) pairs: Vec<Pair>,
    /// Per side and stem, how much of what it becomes on the other side is known: Σ t(t|s) over all t,
    /// here or not; 0 for one without translations.
    pub(super) mass: [Vec<f32>; 2],
}

impl Translations {
    /// Those that the lexicons know; `counts` is how often each stem occurs per side.
    pub(super) fn of_lexicons(counts: &[[u32; 2]], vocabulary: &Vocabulary) -> Self {
        let mut found: Vec<Pair> = Vec::new();
        let mut mass = [(); 2].map(|()| vec![0.0_f32; counts.len()]);
        for (index, lexicon) in vocabulary.lexicons().iter().enumerate() {
            let sides = [0, 1].map(|side| Stems::all(counts, vocabulary, side, index));
            for (side, stems) in sides.iter().enumerate() {
                for (from, to) in stems
                    .iter()
                    .flat_map(|s| sides[1 - side].iter().map(move |t| (s, t)))
                {
                    let Some(table) = lexicon.table(from.lang, to.lang) else {
                        continue;
                    };
                    let rows = table.rows(from.list.iter().map(|&(number, _)| number));
                    for (&(_, source), row) in from.list.iter().zip(rows) {
                        let mut sum = 0.0;
                        for (number, p) in row {
                            sum += p;
                            if let Some(target) = to.find(number) {
                                let mut pair = Pair {
                                    stems: [source, target],
                                    probabilities: [0.0, p],
                                };
                                if side == 1 {
                                    pair.stems.reverse();
                                    pair.probabilities.reverse();
                                }
                                found.push(pair);
                            }
                        }
                        let most = &mut mass[side][source as usize];
                        *most = most.max(sum);
                    }
                }
            }
        }
        let pairs = merged(found);
        Self { pairs, mass }
    }

    /// The same and others; of two probabilities the higher one counts.
    pub(super) fn with(&self, others: &[Pair]) -> Self {
        let mut learnt = [(); 2].map(|()| vec![0.0_f32; self.mass[0].len()]);
        for pair in others {
            for side in 0..2 {
                learnt[side][pair.stems[side] as usize] += pair.probabilities[1 - side];
            }
        }
        for (learnt, known) in learnt.iter_mut().zip(&self.mass) {
            learnt
                .iter_mut()
                .zip(known)
                .for_each(|(x, y)| *x = x.max(*y));
        }
        Self {
            pairs: merged([&self.pairs[..], others].concat()),
            mass: learnt,
        }
    }

    /// The pairs of a stem of `a`.
    pub(super) fn of(&self, stem: u32) -> &[Pair] {
        let rest = &self.pairs[self.pairs.partition_point(|pair| pair.stems[0] < stem)..];
        &rest[..rest.partition_point(|pair| pair.stems[0] == stem)]
    }
}

/// Pairs in order, each once, with the higher ones of its probabilities.
pub(super) fn merged(mut pairs: Vec<Pair>) -> Vec<Pair> {
    pairs.sort_unstable_by_key(|pair| {
        let [a, b] = pair.stems.map(u64::from);
        a << 32 | b
    });
    pairs.dedup_by(|next, first| {
        let same = next.stems == first.stems;
        if same {
            for side in 0..2 {
                let most = first.probabilities[side].max(next.probabilities[side]);
                first.probabilities[side] = most;
            }
        }
        same
    });
    pairs
}

/// The stems of one side and one language that a lexicon knows.
struct Stems {
    lang: Lang,
    /// Numbers in the lexicon and in the article.
    list: Vec<(u32, u32)>,
    /// By 64 numbers in the lexicon, a bit for each that is here, and how many are before these.
    bits: Vec<(u64, u32)>,
    /// The numbers in the article, in the order of those in the lexicon.
    in_article: Vec<u32>,
}

impl Stems {
    fn all(counts: &[[u32; 2]], vocabulary: &Vocabulary, side: usize, lexicon: usize) -> Vec<Self> {
        let mut all: Vec<Self> = Vec::new();
        for number in (0..counts.len()).filter(|&number| counts[number][side] > 0) {
            let stem = vocabulary.stem(number);
            let Some(known) = stem.numbers[lexicon] else {
                continue;
            };
            let at = all.iter().position(|stems| stems.lang == stem.lang);
            let at = at.unwrap_or_else(|| {
                all.push(Self {
                    lang: stem.lang,
                    list: Vec::new(),
                    bits: Vec::new(),
                    in_article: Vec::new(),
                });
                all.len() - 1
            });
            let stems = &mut all[at];
            stems.list.push((known, number as u32));
            let word = known as usize / 64;
            if stems.bits.len() <= word {
                stems.bits.resize(word + 1, (0, 0));
            }
            stems.bits[word].0 |= 1 << (known % 64);
        }
        all.iter_mut().for_each(Self::number);
        all
    }

    /// Numbers those that are there.
    fn number(&mut self) {
        let mut before = 0;
        for (bits, rank) in &mut self.bits {
            *rank = before;
            before += bits.count_ones();
        }
        self.in_article.resize(self.list.len(), 0);
        for &(known, number) in &self.list {
            let rank = self.rank(known).expect("its bit is set");
            self.in_article[rank] = number;
        }
    }

    /// How many stems have a lower number in the lexicon than one that is here.
    fn rank(&self, number: u32) -> Option<usize> {
        let &(bits, before) = self.bits.get(number as usize / 64)?;
        let bit = 1 << (number % 64);
        (bits & bit != 0).then(|| (before + (bits & (bit - 1)).count_ones()) as usize)
    }

    /// The number in the article of a stem by its number in the lexicon.
    fn find(&self, number: u32) -> Option<u32> {
        Some(self.in_article[self.rank(number)?])
    }
}
