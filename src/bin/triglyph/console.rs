//! [`Console`]: messages on stderr.

use std::fmt::Display;
use std::io::{self, Write};
use std::time::Instant;

use crate::status::Failure;

/// How much is said on stderr.
#[derive(clap::Args, Clone, Copy, Debug)]
pub(crate) struct Console {
    /// Say nothing on stderr but what went wrong
    #[arg(
        short,
        long,
        global = true,
        display_order = 900,
        conflicts_with = "verbose"
    )]
    quiet: bool,

    /// Say on stderr what was done, and how long each step took
    #[arg(short, long, global = true, display_order = 901)]
    verbose: bool,
}

impl Console {
    /// Whether nothing is to be said but what went wrong.
    pub(crate) const fn is_quiet(&self) -> bool {
        self.quiet
    }

    /// Says what went wrong.
    pub(crate) fn error(&self, message: impl Display) {
        // Where stderr is closed there is nobody to tell.
        let _ = writeln!(io::stderr(), "triglyph: {message}");
    }

    /// Says why something failed that others follow; nothing where nobody listens any more.
    pub(crate) fn failure(&self, failure: &Failure) {
        if let Failure::Failed(message) | Failure::Usage(message) = failure {
            self.error(message);
        }
    }

    /// Says what the user may want to know, unless it is to be quiet.
    pub(crate) fn note(&self, message: impl Display) {
        if !self.quiet {
            self.error(format_args!("note: {message}"));
        }
    }

    /// Says what is not as it should be, unless it is to be quiet.
    pub(crate) fn warn(&self, message: impl Display) {
        if !self.quiet {
            self.error(format_args!("warning: {message}"));
        }
    }

    /// Says what was done, if that is asked for.
    pub(crate) fn detail(&self, message: impl Display) {
        if self.verbose {
            self.error(message);
        }
    }

    /// Runs a step and says how long it took, if that is asked for.
    pub(crate) fn time<T>(&self, step: impl Display, run: impl FnOnce() -> T) -> T {
        let start = Instant::now();
        let result = run();
        if self.verbose {
            let seconds = start.elapsed().as_secs_f64();
            self.error(format_args!("{step}: {seconds:.3} s"));
        }
        result
    }
}
