//! The threads that work is shared among.

use std::num::NonZero;

use rayon::{ThreadPool, ThreadPoolBuilder};

use crate::status::Failure;

/// Threads that are more than any machine has cores.
const MOST: usize = 4096;

/// Sets so many threads, or one a core where no number is told, for all work of the program.
pub(crate) fn global(threads: Option<NonZero<usize>>) -> Result<(), Failure> {
    let threads = number(threads)?;
    let pool = ThreadPoolBuilder::new().num_threads(threads).build_global();
    pool.map_err(failure)
}

/// So many threads, or one a core where no number is told.
pub(crate) fn pool(threads: Option<NonZero<usize>>) -> Result<ThreadPool, Failure> {
    let threads = number(threads)?;
    let pool = ThreadPoolBuilder::new().num_threads(threads).build();
    pool.map_err(failure)
}

fn failure(error: rayon::ThreadPoolBuildError) -> Failure {
    Failure::Failed(format!("{error}; ask for fewer threads with --threads"))
}

/// The number of threads, 0 for one a core.
fn number(threads: Option<NonZero<usize>>) -> Result<usize, Failure> {
    match threads.map_or(0, NonZero::get) {
        threads if threads > MOST => Err(Failure::Usage(format!(
            "--threads {threads}: expected at most {MOST}"
        ))),
        threads => Ok(threads),
    }
}
