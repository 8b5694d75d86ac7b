//! [`Hooks`]: how a caller follows a build, and stops it.

use std::sync::atomic::{AtomicBool, Ordering};

use super::store::Tally;
use crate::error::{Error, ErrorKind};

/// What a build does at the moment.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[non_exhaustive]
pub enum Stage {
    /// Aligns articles to learn their words.
    Learn,
    /// Aligns the articles.
    Align,
    /// Looks for duplicates.
    Compare,
    /// Writes what is kept.
    Write,
}

impl Stage {
    /// Its name: `learn`, `align`, `compare` or `write`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Learn => "learn",
            Self::Align => "align",
            Self::Compare => "compare",
            Self::Write => "write",
        }
    }
}

/// How far a build is.
#[derive(Clone, Copy, PartialEq, Debug)]
#[non_exhaustive]
pub struct Progress {
    /// What it does.
    pub stage: Stage,
    /// The articles that this stage is behind with.
    pub tally: Tally,
    /// About which share of the stage is behind, 0..1; none where that cannot be told.
    pub behind: Option<f64>,
}

/// Is told how far a build is, and may stop it.
///
/// # Examples
///
/// ```
/// use std::sync::atomic::AtomicBool;
/// use triglyph::corpus::{Hooks, Progress};
///
/// let stop = AtomicBool::new(false);
/// let tell = |progress: &Progress| eprintln!("{}", progress.tally.articles);
/// let hooks = Hooks::new().progress(&tell).stop(&stop);
/// # let _ = hooks;
/// ```
#[derive(Clone, Copy, Default)]
pub struct Hooks<'a> {
    progress: Option<&'a dyn Fn(&Progress)>,
    stop: Option<&'a AtomicBool>,
}

impl std::fmt::Debug for Hooks<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Hooks")
            .field("stop", &self.stop)
            .finish_non_exhaustive()
    }
}

impl<'a> Hooks<'a> {
    /// Tells nobody, and is never stopped.
    #[must_use]
    pub const fn new() -> Self {
        Self {
            progress: None,
            stop: None,
        }
    }

    /// Sets who is told, after each batch of some articles a thread.
    #[must_use]
    pub const fn progress(mut self, tell: &'a dyn Fn(&Progress)) -> Self {
        self.progress = Some(tell);
        self
    }

    /// Sets what is looked at after each batch: where it is true, the build stops.
    #[must_use]
    pub const fn stop(mut self, stop: &'a AtomicBool) -> Self {
        self.stop = Some(stop);
        self
    }

    pub(super) fn pass(&self, progress: &Progress) -> Result<(), Error> {
        if let Some(tell) = self.progress {
            tell(progress);
        }
        match self.stop {
            Some(stop) if stop.load(Ordering::Relaxed) => Err(ErrorKind::Cancelled.into()),
            _ => Ok(()),
        }
    }
}
