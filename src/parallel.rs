//! Work on many things: on all cores with the feature `parallel`, else one after the other. Results
//! stand in the order of the things, however many threads there are.

#[cfg(feature = "parallel")]
use rayon::prelude::*;

#[cfg(feature = "parallel")]
std::thread_local! {
    /// Whether what this thread works on is one of many things, so that its parts are not shared out.
    static IS_ONE_OF_MANY: std::cell::Cell<bool> = const { std::cell::Cell::new(false) };
}

/// What `work` makes of each of many things, on all cores, the parts of each one after the other: a
/// thread that waited for such parts would begin with other things meanwhile, and hold them all.
#[cfg(feature = "corpus")]
pub(crate) fn map_whole<T: Send, R: Send>(
    things: Vec<T>,
    work: impl Fn(T) -> R + Send + Sync,
) -> Vec<R> {
    let work = |thing| {
        let outer = IS_ONE_OF_MANY.replace(true);
        let result = work(thing);
        IS_ONE_OF_MANY.set(outer);
        result
    };
    match things.len() {
        0 | 1 => things.into_iter().map(work).collect(),
        _ => things.into_par_iter().with_max_len(1).map(work).collect(),
    }
}

/// What `work` makes of each thing; it is given something to write on, as `scratch` makes it.
pub(crate) fn map<T: Send, S, R: Send>(
    things: Vec<T>,
    scratch: impl Fn() -> S + Send + Sync,
    work: impl Fn(&mut S, T) -> R + Send + Sync,
) -> Vec<R> {
    #[cfg(feature = "parallel")]
    if things.len() > 1 && rayon::current_num_threads() > 1 && !IS_ONE_OF_MANY.get() {
        return things.into_par_iter().map_init(scratch, work).collect();
    }
    let mut scratch = scratch();
    things
        .into_iter()
        .map(|thing| work(&mut scratch, thing))
        .collect()
}
