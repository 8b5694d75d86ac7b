//! Many articles: a corpus from folders, files and JSON Lines.
//!
//! * [`Entries`] finds the articles of the input, a [`Recipe`] reads and aligns each, and a [`Corpus`] does
//!   both on all cores, lazily and in order.

use std::collections::VecDeque;

use crate::error::{Error, ErrorKind};
use crate::format::Aligned;
use crate::parallel;

mod build;
mod digest;
mod duplicates;
mod entries;
mod entry;
mod filter;
mod hooks;
mod judge;
mod recipe;
mod report;
mod sorter;
mod splits;
mod statistics;
mod store;

pub use build::{Build, DUPLICATE, Finished, NEAR_DUPLICATE, Sink};
pub use entries::Entries;
pub use entry::{Entry, Shard};
pub use filter::{
    ArticleScore, Boilerplate, Candidate, Copied, Filter, Filters, Language, LengthRatio, Long,
    Moved, Null, Numbers, Score, Shapes, Short,
};
pub use hooks::{Hooks, Progress, Stage};
pub use recipe::{Outcome, Recipe};
pub use report::Chart;
pub use splits::{Split, Splits};
pub use statistics::{
    Amount, Example, Kept, Language as LanguageCount, Part, Ratio, Statistics, Taken,
};
pub use store::Tally;

/// Articles that are worked on at once, for each thread; and bytes of them, where they are known.
const ENTRIES: usize = 32;
const BYTES: usize = 4 << 20;

/// Aligned articles of an input, one after the other, in its order.
///
/// Articles are aligned when they are asked for, some for each thread of the current `rayon` pool at
/// once; the result does not depend on how many.
///
/// # Examples
///
/// ```no_run
/// use triglyph::Aligner;
/// use triglyph::corpus::{Corpus, Entries, Recipe};
///
/// for article in Corpus::new(Entries::open(["articles"])?, Recipe::new(Aligner::new())) {
///     match article {
///         Ok(aligned) => println!("{}: {}", aligned.id(), aligned.alignment().score()),
///         Err(error) => eprintln!("{error}"),
///     }
/// }
/// # Ok::<(), triglyph::Error>(())
/// ```
#[derive(Debug)]
pub struct Corpus<I>(Outcomes<I>);

impl<I: Iterator<Item = Entry>> Corpus<I> {
    /// The articles of these entries, read and aligned by a recipe.
    pub fn new(entries: impl IntoIterator<IntoIter = I>, recipe: Recipe) -> Self {
        Self(Outcomes {
            entries: entries.into_iter(),
            recipe,
            ready: VecDeque::new(),
        })
    }

    /// What became of each entry, with what an article alone does not tell: the number of the entry, its
    /// hash, the versions that could not be read.
    pub fn outcomes(self) -> impl Iterator<Item = Outcome> {
        self.0
    }
}

impl<I: Iterator<Item = Entry>> Iterator for Corpus<I> {
    type Item = Result<Aligned, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        let Outcome { id, result, .. } = self.0.next()?;
        Some(result.map_err(|reason| {
            ErrorKind::Failed {
                article: id,
                reason,
            }
            .into()
        }))
    }
}

#[derive(Debug)]
struct Outcomes<I> {
    entries: I,
    recipe: Recipe,
    ready: VecDeque<Outcome>,
}

impl<I: Iterator<Item = Entry>> Iterator for Outcomes<I> {
    type Item = Outcome;

    fn next(&mut self) -> Option<Outcome> {
        if self.ready.is_empty() {
            let batch = batch(&mut self.entries, Entry::bytes);
            self.ready = parallel::map_whole(batch, |entry| self.recipe.align(entry)).into();
        }
        self.ready.pop_front()
    }
}

/// As many things as are worked on at once.
fn batch<T>(things: impl Iterator<Item = T>, bytes: impl Fn(&T) -> usize) -> Vec<T> {
    let threads = rayon::current_num_threads();
    let (mut batch, mut held) = (Vec::new(), 0);
    for thing in things {
        held += bytes(&thing);
        batch.push(thing);
        if batch.len() >= ENTRIES * threads || held >= BYTES * threads {
            break;
        }
    }
    batch
}
