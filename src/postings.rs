//! Where what stands: sentences, or pairs of sentences, by number of what is in them.

use std::ops::Range;

/// Sentences that are looked at one by one.
const SHORT: usize = 8;

/// Sentences by number of what stands in them.
#[derive(Clone, Default)]
pub(crate) struct Postings {
    starts: Vec<u32>,
    sentences: Vec<u32>,
}

impl Postings {
    /// From what stands where, number and sentence, given twice, sentence by sentence, of numbers below `count`.
    pub(crate) fn new<I: Iterator<Item = (u32, u32)>>(count: usize, all: impl Fn() -> I) -> Self {
        let mut starts = vec![0u32; count + 1];
        all().for_each(|(number, _)| starts[number as usize + 1] += 1);
        for number in 0..count {
            starts[number + 1] += starts[number];
        }
        let mut next = starts.clone();
        let mut sentences = vec![0; starts[count] as usize];
        all().for_each(|(number, sentence)| {
            let at = &mut next[number as usize];
            sentences[*at as usize] = sentence;
            *at += 1;
        });
        Self { starts, sentences }
    }

    /// The sentences of a number, rising.
    pub(crate) fn of(&self, number: u32) -> &[u32] {
        let number = number as usize;
        &self.sentences[self.starts[number] as usize..self.starts[number + 1] as usize]
    }

    /// Those of them within a range, which holds all `count` sentences or few.
    ///
    /// Of a short list all are looked at. Those of a long one are looked for from where the first would be if
    /// all stood evenly, in steps that double: few of it are read, and these stand near
    /// each other.
    pub(crate) fn within(&self, number: u32, sentences: &Range<usize>, count: usize) -> &[u32] {
        let all = self.of(number);
        if *sentences == (0..count) {
            return all;
        }
        if all.len() <= SHORT {
            let before = |end: usize| all.iter().take_while(move |&&at| (at as usize) < end);
            return &all[before(sentences.start).count()..before(sentences.end).count()];
        }
        let is_before = |&sentence: &u32| (sentence as usize) < sentences.start;
        let guess = all.len() as u64 * sentences.start.min(count) as u64 / count.max(1) as u64;
        // The first one that is not before the range stands in start..=end.
        let (mut start, mut end, mut step) = (guess as usize, guess as usize, 1);
        while start > 0 && !is_before(&all[start - 1]) {
            end = start - 1;
            start = start.saturating_sub(step);
            step *= 2;
        }
        while all.get(end).is_some_and(is_before) {
            start = end + 1;
            end = all.len().min(end + step);
            step *= 2;
        }
        let start = start + all[start..end].partition_point(is_before);
        let len =
            (all[start..].iter()).take_while(|&&sentence| (sentence as usize) < sentences.end);
        &all[start..start + len.count()]
    }

    /// The numbers in so many ranges at the most, with about as many sentences each.
    pub(crate) fn pieces(&self, count: usize) -> Vec<Range<u32>> {
        let end = self.starts.len() - 1;
        let start = |piece: usize| {
            let least = (self.sentences.len() * piece).div_ceil(count) as u32;
            self.starts[..end].partition_point(|&start| start < least) as u32
        };
        let all = (0..count).map(|piece| match piece + 1 == count {
            true => start(piece)..end as u32,
            false => start(piece)..start(piece + 1),
        });
        all.filter(|range| !range.is_empty()).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Of number n there are so many.
    fn postings(times: &[u32]) -> Postings {
        Postings::new(times.len(), || {
            (0..)
                .zip(times)
                .flat_map(|(number, &times)| (0..times).map(move |sentence| (number, sentence)))
        })
    }

    #[test]
    fn sentences_within_a_range() {
        // Evenly, in a burst, and none.
        let texts: [Vec<u32>; 3] = [
            (0..100).step_by(7).collect(),
            (0..100)
                .filter(|s| s % 50 < 3 || (70..95).contains(s))
                .collect(),
            Vec::new(),
        ];
        for text in texts {
            let postings = Postings::new(1, || text.iter().map(|&s| (0, s)));
            let few = (0..=100).flat_map(|start| (0..9).map(move |len| (start, len)));
            for (start, len) in few.chain([(0, 100)]) {
                let range = start..start + len;
                let expected = text.iter().filter(|&&s| range.contains(&(s as usize)));
                let found = postings.within(0, &range, 100).iter();
                assert!(found.eq(expected), "{range:?} of {text:?}");
            }
        }
    }

    #[test]
    fn numbers_are_dealt_out_by_their_sentences() {
        type Case = (&'static str, &'static [u32], &'static [[u32; 2]]);
        let cases: [Case; 6] = [
            ("nothing", &[], &[]),
            ("one", &[5], &[[0, 1]]),
            ("as many each", &[1, 1, 1, 1], &[[0, 2], [2, 4]]),
            ("most first", &[6, 1, 1], &[[0, 1], [1, 3]]),
            ("most last", &[1, 1, 6], &[[0, 3]]),
            ("none of some", &[0, 2, 0, 2, 0], &[[0, 2], [2, 5]]),
        ];
        for (name, times, expected) in cases {
            let pieces = postings(times).pieces(2);
            let found: Vec<[u32; 2]> = pieces.iter().map(|p| [p.start, p.end]).collect();
            assert_eq!(found, expected, "{name}");
        }
    }
}
