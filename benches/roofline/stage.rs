//! The stages from texts to a record, and what they take.

use std::any::Any;
use std::hint::black_box;
use std::time::Instant;

use triglyph::Aligner;

use crate::counter::Count;
use crate::shared::texts::{Aligned, Texts};

#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Stage {
    /// The roofline.
    Words,
    Told,
    Detected,
    /// By an aligner that has met other articles.
    InUse,
    /// By a new aligner.
    First,
    SelfTrained,
    Write,
}

impl Stage {
    /// Runs the stage. Never inlined, so that callgrind finds it by its name.
    #[inline(never)]
    pub(crate) fn run_stage(self, on: &Aligned, in_use: &Aligner) -> Box<dyn Any> {
        match self {
            Self::Words => Box::new(on.texts.words()),
            Self::Told => Box::new(on.texts.told()),
            Self::Detected => Box::new(on.texts.detected()),
            Self::InUse => Box::new(in_use.align(&on.article)),
            Self::First => Box::new(on.texts.aligner().align(&on.article)),
            Self::SelfTrained => {
                let aligner = on.texts.aligner().self_train(true);
                Box::new(aligner.align(&on.article))
            }
            Self::Write => Box::new(on.write()),
        }
    }

    fn reads_texts(self) -> bool {
        matches!(self, Self::Told | Self::Detected)
    }
}

/// Stages that follow one another, by the name of their row.
pub(crate) type Row = (&'static str, &'static [Stage]);

/// How long a set is measured.
#[derive(Clone, Copy)]
pub(crate) struct Least {
    pub(crate) rounds: usize,
    pub(crate) seconds: f64,
}

/// What is measured together: some articles of one kind.
pub(crate) struct Set {
    name: String,
    articles: Vec<Aligned>,
    /// What an aligner in use has met.
    others: Vec<Aligned>,
}

/// What a [`Set`] took.
pub(crate) struct Costs {
    pub(crate) name: String,
    /// Bytes of the texts of the first article.
    pub(crate) bytes: usize,
    /// Paragraphs or sentences in the first version of the first article.
    pub(crate) segments: usize,
    rows: &'static [Row],
    /// Seconds of the roofline and of each row, in each round.
    rounds: Vec<(f64, Vec<f64>)>,
    /// Of the first article, over its texts.
    pub(crate) counts: Vec<Count>,
}

impl Set {
    pub(crate) fn new(name: String, texts: Vec<Texts>, others: Vec<Texts>) -> Self {
        eprintln!("{name}");
        let aligned = |texts: Vec<Texts>| texts.into_iter().map(Aligned::new).collect();
        Self {
            name,
            articles: aligned(texts),
            others: aligned(others),
        }
    }

    /// An aligner that has met the others.
    pub(crate) fn in_use(&self) -> Aligner {
        let aligner = self.articles[0].texts.aligner();
        for other in &self.others {
            black_box(aligner.align(&other.article));
        }
        aligner
    }

    pub(crate) fn first(&self) -> &Aligned {
        &self.articles[0]
    }

    /// Times all stages in turn, round after round.
    pub(crate) fn costs(&self, rows: &'static [Row], least: Least) -> Costs {
        let mut stages = Vec::new();
        for stage in rows.iter().flat_map(|(_, stages)| *stages) {
            if !stages.contains(stage) {
                stages.push(*stage);
            }
        }
        let place = |stage: &Stage| stages.iter().position(|s| s == stage).expect("listed");

        let start = Instant::now();
        let counts: Vec<Count> = stages.iter().map(|stage| self.count(*stage)).collect();
        let counts = rows.iter().map(|(_, stages)| {
            let counts = stages.iter().map(|stage| counts[place(stage)]);
            counts.reduce(Count::then).unwrap_or_default()
        });
        let counts = counts.collect();
        let mut rounds = Vec::new();
        while rounds.len() < least.rounds || start.elapsed().as_secs_f64() < least.seconds {
            // The roofline before every stage: it is short, and may meet a busy moment.
            let times = (stages.iter()).map(|stage| (self.time(Stage::Words), self.time(*stage)));
            let (words, times): (Vec<f64>, Vec<f64>) = times.unzip();
            let sum = |(_, stages): &Row| stages.iter().map(|s| times[place(s)]).sum();
            rounds.push((median(words.into_iter()), rows.iter().map(sum).collect()));
        }
        let first = self.first();
        Costs {
            name: self.name.clone(),
            bytes: first.texts.bytes(),
            segments: first.article.versions()[0].segments(first.texts.unit).len(),
            rows,
            rounds,
            counts,
        }
    }

    fn count(&self, stage: Stage) -> Count {
        let (first, in_use) = (self.first(), self.in_use());
        let count = Count::of(|| stage.run_stage(first, &in_use));
        match stage.reads_texts() {
            true => count.without(first.texts.bytes()),
            false => count,
        }
    }

    fn time(&self, stage: Stage) -> f64 {
        let in_use = match stage {
            Stage::InUse => self.in_use(),
            _ => Aligner::new(),
        };
        let start = Instant::now();
        for article in &self.articles {
            black_box(stage.run_stage(article, &in_use));
        }
        start.elapsed().as_secs_f64()
    }
}

impl Costs {
    /// The names of the rows.
    pub(crate) fn names(&self) -> impl Iterator<Item = &'static str> {
        self.rows.iter().map(|(name, _)| *name)
    }

    /// Seconds of the roofline.
    pub(crate) fn roofline(&self) -> f64 {
        median(self.rounds.iter().map(|(words, _)| *words))
    }

    /// The time of a row over that of the roofline in the same round; none for a row left out.
    pub(crate) fn ratio(&self, row: usize) -> Option<f64> {
        let is_measured = row < self.rows.len();
        is_measured.then(|| median(self.rounds.iter().map(|(words, times)| times[row] / words)))
    }
}

/// The middle one; the upper of two.
pub(crate) fn median(values: impl Iterator<Item = f64>) -> f64 {
    let mut values: Vec<f64> = values.collect();
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}
