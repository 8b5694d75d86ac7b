//! Work on ranges of numbers: on all cores with the feature `parallel`, else one after the other.

use std::ops::Range;

/// Calls `work` on each piece of `0..count` and returns the results in order.
pub(super) fn map_pieces<T: Send>(
    count: usize,
    piece: usize,
    work: impl Fn(Range<usize>) -> T + Sync,
) -> Vec<T> {
    let pieces = 0..count.div_ceil(piece);
    let work = |i: usize| work(i * piece..count.min((i + 1) * piece));
    #[cfg(feature = "parallel")]
    {
        use rayon::prelude::*;
        pieces.into_par_iter().map(work).collect()
    }
    #[cfg(not(feature = "parallel"))]
    pieces.map(work).collect()
}

/// Sorts numbers and drops repeated ones.
pub(super) fn sort_unique(mut numbers: Vec<u64>) -> Vec<u64> {
    #[cfg(feature = "parallel")]
    rayon::slice::ParallelSliceMut::par_sort_unstable(&mut numbers[..]);
    #[cfg(not(feature = "parallel"))]
    numbers.sort_unstable();
    numbers.dedup();
    numbers
}
