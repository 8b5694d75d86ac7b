//! [`Follower`]: says how far a build is.

use std::cell::{Cell, RefCell};
use std::io::{self, IsTerminal, Write};
use std::time::{Duration, Instant};

use clap::ValueEnum;
use indicatif::{ProgressBar, ProgressStyle};
use serde_json::json;
use triglyph::corpus::{Progress, Stage};

use crate::console::Console;

/// How progress is told.
#[derive(ValueEnum, Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum How {
    /// By a bar, in a terminal
    Auto,
    /// Not at all
    None,
    /// By lines of JSON on stderr, at most one a second
    Json,
}

/// Steps of the bar.
const STEPS: u64 = 1000;

/// With three decimals.
fn round(number: f64) -> f64 {
    (number * 1e3).round() / 1e3
}

/// Says how far a build is.
pub(super) struct Follower {
    how: How,
    bar: Option<ProgressBar>,
    stage: Cell<Option<Stage>>,
    /// When the stage began.
    begun: Cell<Instant>,
    /// When it was first told of, and with how many bytes behind it: what is gone on with has many.
    first: Cell<(Instant, u64)>,
    told: Cell<Option<Instant>>,
    times: RefCell<Vec<(Stage, Duration)>>,
}

impl Follower {
    pub(super) fn new(how: How, console: &Console) -> Self {
        let shown = how == How::Auto && io::stderr().is_terminal() && !console.is_quiet();
        Self {
            how,
            bar: shown.then(|| ProgressBar::new(STEPS)),
            stage: Cell::new(None),
            begun: Cell::new(Instant::now()),
            first: Cell::new((Instant::now(), 0)),
            told: Cell::new(None),
            times: RefCell::default(),
        }
    }

    /// Tells how far the build is.
    pub(super) fn tell(&self, progress: &Progress) {
        if self.stage.get() != Some(progress.stage) {
            self.end_stage();
            self.stage.set(Some(progress.stage));
            self.first.set((Instant::now(), progress.tally.bytes));
            self.told.set(None);
            if let Some(bar) = &self.bar {
                bar.reset();
                let template = "{prefix:8} {wide_bar} {percent:>3} %  {msg}  {eta}";
                if let Ok(style) = ProgressStyle::with_template(template) {
                    bar.set_style(style);
                }
                bar.set_prefix(progress.stage.name());
            }
        }
        let seconds = self.begun.get().elapsed().as_secs_f64();
        let tally = progress.tally;
        let (since, before) = self.first.get();
        let bytes = tally.bytes.saturating_sub(before) as f64;
        let rate = bytes / 1e6 / since.elapsed().as_secs_f64().max(1e-3);
        let remaining = progress.behind.filter(|&behind| behind > 0.0);
        let remaining = remaining.map(|behind| seconds / behind * (1.0 - behind));
        if let Some(bar) = &self.bar {
            let failed = match tally.failed {
                0 => String::new(),
                failed => format!(", {failed} failed"),
            };
            bar.set_message(format!(
                "{} articles{failed}, {rate:.1} MB/s",
                tally.articles
            ));
            bar.set_position((progress.behind.unwrap_or(0.0) * STEPS as f64) as u64);
        }
        let due = self
            .told
            .get()
            .is_none_or(|told| told.elapsed() >= Duration::from_secs(1));
        if self.how == How::Json && (due || progress.behind == Some(1.0)) {
            self.told.set(Some(Instant::now()));
            let line = json!({
                "stage": progress.stage.name(),
                "articles": tally.articles,
                "failed": tally.failed,
                "partial": tally.partial,
                "simplified": tally.simplified,
                "bytes": tally.bytes,
                "behind": progress.behind,
                "seconds": round(seconds),
                "mb_per_second": round(rate),
                "remaining_seconds": remaining.map(round),
            });
            // Where stderr is closed there is nobody to tell.
            let _ = writeln!(io::stderr(), "{line}");
        }
    }

    fn end_stage(&self) {
        let since = self.begun.replace(Instant::now());
        if let Some(stage) = self.stage.take() {
            self.times.borrow_mut().push((stage, since.elapsed()));
        }
    }

    /// Ends the bar, and tells how long each stage took.
    pub(super) fn finish(&self) -> Vec<(Stage, Duration)> {
        self.end_stage();
        if let Some(bar) = &self.bar {
            bar.finish_and_clear();
        }
        self.times.take()
    }
}
