//! The threads that work is shared among.

use std::num::NonZero;

use rayon::{ThreadPool, ThreadPoolBuilder};

use crate::status::Failure;

/// Sets so many threads, or one a core where no number is told, for all work of the program.
pub(crate) fn global(threads: Option<NonZero<usize>>) -> Result<(), Failure> {
    let threads = threads.map_or(0, NonZero::get);
    let pool = ThreadPoolBuilder::new().num_threads(threads).build_global();
    pool.map_err(failure)
}

/// So many threads, or one a core where no number is told.
pub(crate) fn pool(threads: Option<NonZero<usize>>) -> Result<ThreadPool, Failure> {
    let threads = threads.map_or(0, NonZero::get);
    let pool = ThreadPoolBuilder::new().num_threads(threads).build();
    pool.map_err(failure)
}

fn failure(error: rayon::ThreadPoolBuildError) -> Failure {
    Failure::Failed(format!("{error}; ask for fewer threads with --threads"))
}
