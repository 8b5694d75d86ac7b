//! Work on many things: on all cores with the feature `parallel`, else one after the other. Results
//! stand in the order of the things, however many threads there are.

#[cfg(feature = "parallel")]
use rayon::prelude::*;

/// What `work` makes of each thing; it is given something to write on, as `scratch` makes it.
pub(crate) fn map<T: Send, S, R: Send>(
    things: Vec<T>,
    scratch: impl Fn() -> S + Send + Sync,
    work: impl Fn(&mut S, T) -> R + Send + Sync,
) -> Vec<R> {
    #[cfg(feature = "parallel")]
    if things.len() > 1 && rayon::current_num_threads() > 1 {
        return things.into_par_iter().map_init(scratch, work).collect();
    }
    let mut scratch = scratch();
    things
        .into_iter()
        .map(|thing| work(&mut scratch, thing))
        .collect()
}
