//! [`Limited`]: the options on how much an article may hold, and how much work it may make.

use clap::ValueEnum;
use serde_json::{Value, json};
use triglyph::{Aligner, Alignment, Article, ErrorKind, Fallback, Limit, Limits, Simplified};

use crate::console::Console;
use crate::status::Failure;

/// Options on what is too much.
#[derive(clap::Args, Debug)]
pub(crate) struct Limited {
    /// Characters of a file at the most [default: 200 million]
    #[arg(long, value_name = "N")]
    max_characters: Option<u64>,

    /// Sentences of a file at the most [default: 4 million]
    #[arg(long, value_name = "N")]
    max_segments: Option<u64>,

    /// Work of the alignment at the most, in steps that do not depend on the machine: sentences held
    /// against each other, and words looked up for that; two books take some hundred for each sentence
    /// [default: 20 billion]
    #[arg(long, value_name = "N")]
    max_work: Option<u64>,

    /// What is done beyond one of these
    #[arg(long, value_enum, default_value_t = Beyond::Simplify)]
    beyond: Beyond,
}

#[derive(ValueEnum, Clone, Copy, Debug)]
enum Beyond {
    /// Aligns more simply, by lengths alone or without a second look, and says so
    Simplify,
    /// Fails
    Error,
}

impl Limited {
    pub(crate) fn limits(&self) -> Limits {
        let limits = Limits::new();
        let limits = self.max_characters.map_or(limits, |n| limits.characters(n));
        let limits = self.max_segments.map_or(limits, |n| limits.segments(n));
        self.max_work.map_or(limits, |n| limits.work(n))
    }

    /// What these options tell, for a manifest; null is the default.
    pub(crate) fn settings(&self) -> Value {
        json!({
            "max_characters": self.max_characters,
            "max_segments": self.max_segments,
            "max_work": self.max_work,
            "beyond": if self.refuses() { "error" } else { "simplify" },
        })
    }

    /// Whether an article beyond a limit fails.
    pub(crate) const fn refuses(&self) -> bool {
        matches!(self.beyond, Beyond::Error)
    }

    /// Aligns the article, or fails beyond a limit, as asked for.
    pub(crate) fn align(
        &self,
        aligner: &Aligner,
        article: &Article,
        console: &Console,
    ) -> Result<Alignment, Failure> {
        let alignment = match self.beyond {
            Beyond::Simplify => aligner.align(article),
            Beyond::Error => aligner.try_align(article).map_err(failure)?,
        };
        told(article, &alignment).for_each(|told| console.warn(told));
        Ok(alignment)
    }
}

/// What goes beyond a limit, in the words of the program.
fn failure(error: triglyph::Error) -> Failure {
    match error.kind() {
        ErrorKind::BeyondLimit {
            versions,
            limit,
            found,
            most,
        } => Failure::Failed(format!(
            "{versions}: {found} {limit}, expected at most {most}; raise {} or leave out --beyond \
             error",
            option(*limit)
        )),
        _ => error.into(),
    }
}

/// What of an article was aligned more simply, and how to have it otherwise.
pub(crate) fn told(article: &Article, alignment: &Alignment) -> impl Iterator<Item = String> {
    let simplified = alignment.simplified().iter();
    simplified.map(|simplified| warning(simplified, article))
}

fn warning(simplified: &Simplified, article: &Article) -> String {
    let versions = simplified.versions().iter();
    let names: Vec<&str> = versions.map(|&v| article.versions()[v].name()).collect();
    let (names, limit) = (names.join(", "), simplified.limit());
    let (found, most) = (simplified.found(), simplified.most());
    let how = match simplified.fallback() {
        Fallback::Lengths => "by lengths alone",
        _ => "without a second look",
    };
    // Of the work of an article, each two versions have a share.
    let share = match (limit, article.versions().len()) {
        (Limit::Work, 3..) => " (their share)",
        _ => "",
    };
    let option = option(limit);
    format!(
        "{names}: {found} {limit}, more than {most}{share}: aligned {how}; raise {option} for more"
    )
}

/// The option that sets a limit.
const fn option(limit: Limit) -> &'static str {
    match limit {
        Limit::Characters => "--max-characters",
        Limit::Segments => "--max-segments",
        _ => "--max-work",
    }
}
