//! The translations among the stems of a pair of versions.

use super::index::Times;
use crate::features::Vocabulary;
use crate::lang::Lang;

/// Two stems that translate each other, one of each version.
#[derive(Clone, Copy, Default, PartialEq, Debug)]
pub(super) struct Pair {
    /// Their numbers in the article.
    pub(super) stems: [u32; 2],
    /// The probability that each comes from the other: t(a|b), t(b|a).
    pub(super) probabilities: [f32; 2],
}

/// The stems of two versions that translate each other.
pub(super) struct Translations {
    /// By the stem in `a`, then that in `b`.
    pairs: Vec<Pair>,
    /// Per stem, where its pairs begin, and at the end their number.
    starts: Vec<u32>,
    /// Per side and stem, how much of what it becomes on the other side is known: Σ t(t|s) over all t,
    /// here or not; 0 for one without translations.
    pub(super) mass: [Vec<f32>; 2],
}

impl Translations {
    /// Those that the lexicons know; `counts` is how often each stem occurs per side.
    pub(super) fn of_lexicons(counts: &[Times], vocabulary: &Vocabulary) -> Self {
        let mut found: Vec<Pair> = Vec::with_capacity(2 * counts.len());
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
        Self::new([&found, &[]], mass)
    }

    /// Those of two lists in any order; of several with the same stems, the higher ones of their probabilities
    /// count.
    fn new(lists: [&[Pair]; 2], mass: [Vec<f32>; 2]) -> Self {
        let stems = mass[0].len();
        let all = || lists.into_iter().flatten();
        // Put in order by counting: first how many there are, then where those of each stem end.
        let mut starts = vec![0_u32; stems + 2];
        all().for_each(|pair| starts[pair.stems[0] as usize + 2] += 1);
        for stem in 0..stems {
            starts[stem + 2] += starts[stem + 1];
        }
        let mut pairs = vec![Pair::default(); starts[stems + 1] as usize];
        for &pair in all() {
            let next = &mut starts[pair.stems[0] as usize + 1];
            pairs[*next as usize] = pair;
            *next += 1;
        }
        starts.truncate(stems + 1);
        let (mut start, mut kept) = (0, 0);
        for stem in 0..stems {
            let end = starts[stem + 1] as usize;
            pairs[start..end].sort_unstable_by_key(|pair| pair.stems[1]);
            let first = kept;
            starts[stem] = first as u32;
            for at in start..end {
                let pair = pairs[at];
                match pairs[first..kept].last_mut() {
                    Some(last) if last.stems == pair.stems => {
                        for (most, p) in last.probabilities.iter_mut().zip(pair.probabilities) {
                            *most = most.max(p);
                        }
                    }
                    _ => {
                        pairs[kept] = pair;
                        kept += 1;
                    }
                }
            }
            start = end;
        }
        starts[stems] = kept as u32;
        pairs.truncate(kept);
        Self {
            pairs,
            starts,
            mass,
        }
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
        Self::new([&self.pairs, others], learnt)
    }

    /// How many pairs there are.
    pub(super) fn len(&self) -> usize {
        self.pairs.len()
    }

    /// The pairs of a stem of `a`.
    pub(super) fn of(&self, stem: u32) -> &[Pair] {
        let stem = stem as usize;
        &self.pairs[self.starts[stem] as usize..self.starts[stem + 1] as usize]
    }
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
    fn all(counts: &[Times], vocabulary: &Vocabulary, side: usize, lexicon: usize) -> Vec<Self> {
        let mut all: Vec<Self> = Vec::new();
        for number in (0..counts.len()).filter(|&number| counts[number][side] > 0) {
            let stem = vocabulary.stem(number);
            let Some(known) = stem.numbers[lexicon] else {
                continue;
            };
            let at = all.iter().position(|stems| stems.lang == stem.lang);
            let at = at.unwrap_or_else(|| {
                let all_known = vocabulary.lexicons()[lexicon].stem_count(stem.lang);
                all.push(Self {
                    lang: stem.lang,
                    list: Vec::with_capacity(counts.len()),
                    bits: vec![(0, 0); all_known.div_ceil(64)],
                    in_article: Vec::new(),
                });
                all.len() - 1
            });
            let stems = &mut all[at];
            stems.list.push((known, number as u32));
            stems.bits[known as usize / 64].0 |= 1 << (known % 64);
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
