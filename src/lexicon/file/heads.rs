//! A part of the stems of a language that is small enough to stay at hand, where a look-up begins.

use std::ops::Range;

use super::Stems;

/// Stems from one head to the next.
const STEP: usize = 16;

/// Letters that are told apart: those of ASCII, with all that comes before and behind them.
const LETTERS: usize = 32;

/// The heads of one in [`STEP`] stems, in the order of the stems.
#[derive(Default)]
pub(crate) struct Heads {
    all: Vec<u64>,
    /// By [`place`], how many there are before; and all.
    starts: Vec<u32>,
}

impl Heads {
    pub(super) fn of(stems: &Stems<'_>) -> Self {
        let numbers = (0..stems.len() as u32).step_by(STEP);
        let all: Vec<u64> = numbers.map(|number| stems.head(number)).collect();
        let mut starts = vec![0; LETTERS * LETTERS + 1];
        for &head in &all {
            starts[place(head) + 1] += 1;
        }
        for place in 1..starts.len() {
            starts[place] += starts[place - 1];
        }
        Self { all, starts }
    }

    /// The stems of so many among which those of a head are.
    pub(super) fn near(&self, head: u64, count: usize) -> Range<usize> {
        let place = place(head);
        let [start, end] = [place, place + 1].map(|place| self.starts[place] as usize);
        let start = start + self.all[start..end].partition_point(|&other| other < head);
        let same = match self.all.get(start) {
            Some(&other) if other == head => {
                self.all[start..].partition_point(|&other| other <= head)
            }
            _ => 0,
        };
        let end = (start + same) * STEP;
        start.saturating_sub(1) * STEP..end.min(count)
    }
}

/// The first eight bytes of a stem, as a number.
pub(super) fn head(stem: &[u8]) -> u64 {
    if let Some(bytes) = stem.first_chunk() {
        return u64::from_be_bytes(*bytes);
    }
    let number = stem
        .iter()
        .fold(0, |head, &byte| head << 8 | u64::from(byte));
    number << (8 * (7 - stem.len())) << 8
}

/// A number that rises as heads do, by their first two letters.
fn place(head: u64) -> usize {
    let [first, second, ..] = head.to_be_bytes();
    let letter = |byte: u8| usize::from(byte.saturating_sub(b'a' - 1)).min(LETTERS - 1);
    let second = match first {
        b'a'..=b'z' => letter(second),
        _ => 0,
    };
    letter(first) * LETTERS + second
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_rise_as_heads_do() {
        let mut last = 0;
        for first in 0..=u16::MAX {
            let place = place(u64::from(first) << 48 | 0xffff);
            assert!(place >= last, "{first:x}");
            last = place;
        }
        assert!(last < LETTERS * LETTERS);
    }
}
