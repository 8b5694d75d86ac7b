//! Where what stands: sentences by number of what is in them.

use std::ops::Range;

/// Sentences by number of what stands in them.
#[derive(Default)]
pub(crate) struct Postings {
    starts: Vec<u32>,
    sentences: Vec<u32>,
}

impl Postings {
    /// What stands where, given sentence by sentence, of numbers below `count`.
    pub(crate) fn new(count: usize, all: impl Fn(&mut dyn FnMut(u32, u32))) -> Self {
        let mut starts = vec![0u32; count + 1];
        all(&mut |number, _| starts[number as usize + 1] += 1);
        for number in 0..count {
            starts[number + 1] += starts[number];
        }
        let mut next = starts.clone();
        let mut sentences = vec![0; starts[count] as usize];
        all(&mut |number, sentence| {
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

    /// Those of them within a range.
    pub(crate) fn within(&self, number: u32, sentences: &Range<usize>) -> &[u32] {
        let all = self.of(number);
        let all = &all[all.partition_point(|&s| (s as usize) < sentences.start)..];
        &all[..all.partition_point(|&s| (s as usize) < sentences.end)]
    }
}
