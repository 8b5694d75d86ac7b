//! [`Build`]: from the articles of an input to a corpus.
//!
//! 1. [`align`](Build::align) aligns every article and stores what was found, chunk by chunk (`store`). It
//!    may be stopped at any moment and goes on from there; parts of a corpus may be aligned on several machines.
//! 2. [`finish`](Build::finish) reads what is stored twice: to find duplicates over the whole corpus
//!    (`duplicates`, `splits`), and to give all articles, their beads marked, to a [`Sink`]. Nothing of it
//!    depends on how the corpus was divided.
//!
//! Memory is that of the articles that are worked on, and some bits a bead.

use std::path::{Path, PathBuf};

use sha2::{Digest as _, Sha256};

use super::duplicates::{Duplicates, Finder};
use super::filter::Filters;
use super::hooks::{Hooks, Progress, Stage};
use super::judge::{Facts, Judgement, Read, Verdict};
use super::recipe::{Outcome, Recipe, hex};
use super::splits::{Bonds, Split, Splits};
use super::statistics::{BINS, Kept, Statistics, Taken};
use super::store::{Chunks, Store, Stored, Tally, encode, merged};
use super::{Entries, Entry, Shard, batch};
use crate::error::{Error, ErrorKind};
use crate::format::{Aligned, LeftOut, Mark};
use crate::lexicon::{Lexicon, Trainer};
use crate::{Unit, parallel};

/// Sentence pairs that are learnt from at the most: a lexicon gains little from more, and memory has an end.
const LEARNT: usize = 400_000;

/// The name of the filter that takes beads of the same words as an earlier one.
pub const DUPLICATE: &str = "duplicate";
/// The name of the filter that takes beads much like an earlier one.
pub const NEAR_DUPLICATE: &str = "near-duplicate";

/// How a corpus is built.
#[derive(Clone, Debug)]
pub struct Build {
    recipe: Recipe,
    pub(super) filters: Filters,
    pub(super) duplicates: bool,
    pub(super) near_duplicates: bool,
    splits: Option<Splits>,
    shard: Option<Shard>,
    fail_fast: bool,
    settings: String,
}

/// Takes the articles of a corpus, in order.
pub trait Sink {
    /// Begins; `labels` are those of all versions there are in the corpus.
    ///
    /// # Errors
    ///
    /// Those of what is written to.
    fn begin(&mut self, labels: &[String]) -> Result<(), Error>;

    /// Takes an article.
    ///
    /// # Errors
    ///
    /// Those of what is written to.
    fn take(&mut self, article: &Finished<'_>) -> Result<(), Error>;
}

/// An article of a finished corpus.
#[derive(Clone, Copy, Debug)]
pub struct Finished<'a> {
    /// Its name.
    pub id: &'a str,
    /// SHA-256 of what was read, in hexadecimal digits.
    pub hash: &'a str,
    /// What it is for.
    pub split: Split,
    /// Versions that could not be read.
    pub left_out: &'a [LeftOut],
    /// The aligned article, all its beads, or why there is none.
    pub result: Result<&'a Aligned, &'a str>,
    /// A mark for each bead; nothing where there is no article.
    pub marks: &'a [Mark],
}

impl Finished<'_> {
    /// The article with only those beads that are kept; none where that is nothing.
    ///
    /// # Errors
    ///
    /// Those of [`Aligned::retain`].
    pub fn kept(&self) -> Result<Option<Aligned>, Error> {
        let Ok(aligned) = self.result else {
            return Ok(None);
        };
        let mut marks = self.marks.iter();
        if !self.marks.iter().any(|mark| mark.filtered.is_none()) {
            return Ok(None);
        }
        let is_kept = |_: &_| marks.next().is_some_and(|mark| mark.filtered.is_none());
        aligned.clone().retain(is_kept).map(Some)
    }
}

impl Build {
    /// A build by this recipe, with the default filters, that takes duplicates and near duplicates out.
    #[must_use]
    pub fn new(recipe: Recipe) -> Self {
        Self {
            recipe,
            filters: Filters::default(),
            duplicates: true,
            near_duplicates: true,
            splits: None,
            shard: None,
            fail_fast: false,
            settings: String::new(),
        }
    }

    /// Sets which beads are kept.
    #[must_use]
    pub fn filters(mut self, filters: Filters) -> Self {
        self.filters = filters;
        self
    }

    /// Sets whether only the first of beads of the same words is kept; true by default.
    #[must_use]
    pub const fn duplicates(mut self, taken: bool) -> Self {
        self.duplicates = taken;
        self
    }

    /// Sets whether only the first of beads much like each other is kept; true by default.
    #[must_use]
    pub const fn near_duplicates(mut self, taken: bool) -> Self {
        self.near_duplicates = taken;
        self
    }

    /// Sets which shares of the articles are kept aside.
    #[must_use]
    pub const fn splits(mut self, splits: Option<Splits>) -> Self {
        self.splits = splits;
        self
    }

    /// Sets which part of the articles is aligned.
    #[must_use]
    pub const fn shard(mut self, shard: Option<Shard>) -> Self {
        self.shard = shard;
        self
    }

    /// Sets whether the first article that fails ends the work.
    #[must_use]
    pub const fn fail_fast(mut self, fail_fast: bool) -> Self {
        self.fail_fast = fail_fast;
        self
    }

    /// Sets a text that tells how the articles are aligned: what was begun under another is not gone on with.
    #[must_use]
    pub fn settings(mut self, settings: impl Into<String>) -> Self {
        self.settings = settings.into();
        self
    }

    /// Learns a lexicon from the articles, aligned by sentences: from the first that have 400,000 sentence
    /// pairs between them. The result is the same for every part of a corpus.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Cancelled`] where the hooks stop it.
    pub fn learn(&self, mut entries: Entries, hooks: Hooks<'_>) -> Result<Lexicon, Error> {
        let recipe = self.recipe.clone().unit(Unit::Sentence);
        let (mut trainer, mut tally) = (Trainer::new(), Tally::default());
        while trainer.len() < LEARNT {
            let now = batch(&mut entries, Entry::bytes);
            if now.is_empty() {
                break;
            }
            for outcome in parallel::map_whole(now, |entry| recipe.align(entry)) {
                tally.add(&outcome);
                // Where it ends must not depend on how many are aligned at once.
                if let Ok(aligned) = &outcome.result
                    && trainer.len() < LEARNT
                {
                    trainer.alignment(aligned.article(), aligned.alignment());
                }
            }
            hooks.pass(&Progress {
                stage: Stage::Learn,
                tally,
                behind: entries.behind(),
            })?;
        }
        Ok(trainer.train(|_| {}))
    }

    /// The same with a lexicon more.
    #[must_use]
    pub fn lexicon(mut self, lexicon: Lexicon) -> Self {
        let aligner = self.recipe.aligner().clone().lexicon(lexicon);
        self.recipe = self.recipe.with_aligner(aligner);
        self
    }

    /// Aligns the articles and stores them in a folder; goes on where work was begun there. Articles that
    /// fail are stored as such.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::OtherSettings`] where work was begun under others, [`ErrorKind::Invalid`] where what is
    /// stored is not what the input begins with; [`ErrorKind::Cancelled`] where the
    /// hooks stop it; [`ErrorKind::Io`] where the folder cannot be written; with
    /// [`fail_fast`](Self::fail_fast), [`ErrorKind::Failed`].
    pub fn align(
        &self,
        mut entries: Entries,
        folder: &Path,
        hooks: Hooks<'_>,
    ) -> Result<Tally, Error> {
        let store = Store::new(folder);
        store.begin(&self.settings)?;
        if let Some(tally) = store.done() {
            return Ok(tally);
        }
        let mut tally = Tally::default();
        let is_own = |entry: &Entry| self.shard.is_none_or(|shard| shard.has(entry.id()));
        // What is stored must be what the input still begins with.
        for stored in store.read() {
            let meta = stored?.meta;
            let entry = entries.by_ref().find(is_own);
            if !entry.is_some_and(|entry| entry.id() == meta.id && entry.hash() == meta.hash) {
                let id = meta.id;
                let reason = format!(
                    "the article {id} is not what it was when the build began; begin anew in another folder"
                );
                return Err(Error::invalid("input", reason));
            }
            tally.add_meta(&meta);
        }
        let mut writer = Chunks::behind(&store, store.chunks());
        let mut ready: Vec<(Outcome, Vec<u8>)> = Vec::new();
        loop {
            let now = batch(entries.by_ref().filter(is_own), Entry::bytes);
            let last = now.is_empty();
            // What is ready is written while the next articles are aligned.
            let write = || -> Result<(), Error> {
                for (outcome, line) in &ready {
                    if self.fail_fast
                        && let Err(reason) = &outcome.result
                    {
                        let (article, reason) = (outcome.id.clone(), reason.clone());
                        return Err(ErrorKind::Failed { article, reason }.into());
                    }
                    writer.push(line)?;
                }
                Ok(())
            };
            let align = |entry| {
                let outcome = self.recipe.align(entry);
                encode(&outcome).map(|line| (outcome, line))
            };
            let (written, aligned) = rayon::join(write, || parallel::map_whole(now, align));
            written?;
            ready = aligned.into_iter().collect::<Result<_, _>>()?;
            for (outcome, _) in &ready {
                tally.add(outcome);
            }
            if last {
                break;
            }
            hooks.pass(&Progress {
                stage: Stage::Align,
                tally,
                behind: entries.behind(),
            })?;
        }
        writer.close()?;
        store.finish(tally)?;
        Ok(tally)
    }

    /// Reads what is stored in one folder or, of a corpus in parts, in several, finds duplicates, and gives
    /// all articles to the sink in the order of the input. Files that are needed meanwhile are made in `scratch`.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Io`] where a folder cannot be read, [`ErrorKind::Cancelled`] where the hooks stop it, and
    /// those of the sink.
    pub fn finish(
        &self,
        folders: &[PathBuf],
        scratch: &Path,
        sink: &mut dyn Sink,
        hooks: Hooks<'_>,
    ) -> Result<Statistics, Error> {
        let stores: Vec<Store> = folders.iter().map(Store::new).collect();
        let mut total = Tally::default();
        for store in &stores {
            total += store.done().ok_or_else(|| unfinished(store))?;
        }
        let failed = |source| io_error(scratch, source);
        let compared = self.compare(&stores, scratch, total, hooks)?;
        let mut facts = Facts::open(scratch).map_err(failed)?;
        sink.begin(&compared.labels)?;
        let mut statistics = self.statistics();
        let mut hash = Sha256::new();
        let (mut bead, mut article, mut tally) = (0, 0, Tally::default());
        let mut stored = merged(&stores);
        loop {
            let now = stored_batch(&mut stored)?;
            if now.is_empty() {
                break;
            }
            for read in parallel::map_whole(now, Read::of) {
                let Read {
                    meta,
                    aligned,
                    beads,
                } = read?;
                hash.update(meta.hash.as_bytes());
                tally.add_meta(&meta);
                let split = compared.split(article, self.splits);
                article += 1;
                let mut marks = Vec::with_capacity(beads.len());
                let mut kept_any = false;
                for (number, read) in (0..).zip(&beads) {
                    let fact = facts.next(self.filters.names().len()).map_err(failed)?;
                    let group = hex(&fact.group);
                    let verdict = Verdict::of(fact.taken, bead, &compared.duplicates, self);
                    bead += 1;
                    kept_any |= verdict.filtered.is_none();
                    statistics.add(&meta.id, read, &verdict, split);
                    marks.push(Mark {
                        number: Some(number),
                        group: Some(group),
                        filtered: verdict.filtered.map(str::to_owned),
                        sketch: None,
                    });
                }
                if let Some(aligned) = &aligned {
                    statistics.add_article(aligned, kept_any, split);
                }
                sink.take(&Finished {
                    id: &meta.id,
                    hash: &meta.hash,
                    split,
                    left_out: &meta.left_out,
                    result: match (&aligned, &meta.error) {
                        (Some(aligned), _) => Ok(aligned),
                        (None, error) => Err(error.as_deref().unwrap_or("no article")),
                    },
                    marks: &marks,
                })?;
            }
            hooks.pass(&Progress {
                stage: Stage::Write,
                tally,
                behind: share(tally, total),
            })?;
        }
        if tally.articles != total.articles {
            let reason = format!("{} articles, expected {}", tally.articles, total.articles);
            return Err(Error::invalid("store of aligned articles", reason));
        }
        statistics.articles = tally;
        statistics.input = hex(&hash.finalize());
        Ok(statistics)
    }

    fn compare(
        &self,
        stores: &[Store],
        scratch: &Path,
        total: Tally,
        hooks: Hooks<'_>,
    ) -> Result<Compared, Error> {
        let failed = |source| io_error(scratch, source);
        let mut finder = Finder::new(scratch).map_err(failed)?;
        let mut facts = Facts::create(scratch).map_err(failed)?;
        let mut bonds = self.splits.map(|_| Bonds::new(scratch));
        // What binds articles, where they are to be bound at all.
        let bands = self.splits.map(|_| !self.near_duplicates);
        let mut ids: Vec<String> = Vec::new();
        let mut all_labels: Vec<String> = Vec::new();
        let (mut bead, mut tally) = (0, Tally::default());
        let mut stored = merged(stores);
        loop {
            let now = stored_batch(&mut stored)?;
            if now.is_empty() {
                break;
            }
            let judge = |stored| Judgement::of(stored, &self.filters, bands);
            for judged in parallel::map_whole(now, judge) {
                let Judgement {
                    meta,
                    labels,
                    beads,
                } = judged?;
                tally.add_meta(&meta);
                for label in labels {
                    if !all_labels.contains(&label) {
                        all_labels.push(label);
                    }
                }
                let number = bonds.as_mut().map(Bonds::article);
                if bonds.is_some() {
                    ids.push(meta.id);
                }
                for judged in &beads {
                    let kept = judged.is_kept();
                    facts.push(judged).map_err(failed)?;
                    let digest = (!judged.is_null).then_some(&judged.digest);
                    finder.push(digest, kept).map_err(failed)?;
                    if let (Some(bonds), Some(number), true) = (&mut bonds, number, kept) {
                        for &held in &judged.held {
                            bonds.push(held, bead, number).map_err(failed)?;
                        }
                    }
                    bead += 1;
                }
            }
            hooks.pass(&Progress {
                stage: Stage::Compare,
                tally,
                behind: share(tally, total),
            })?;
        }
        facts.finish().map_err(failed)?;
        let duplicates = finder.finish().map_err(failed)?;
        let is_kept = |bead| {
            !(self.duplicates && duplicates.exact.in_sequence.has(bead)
                || self.near_duplicates && duplicates.near.in_sequence.has(bead))
        };
        let splits = match (bonds, self.splits) {
            (Some(bonds), Some(splits)) => {
                let first = bonds.finish(is_kept).map_err(failed)?;
                let first = first
                    .into_iter()
                    .map(|first| splits.of(&ids[first as usize]));
                first.collect()
            }
            _ => Vec::new(),
        };
        Ok(Compared {
            duplicates,
            splits,
            labels: all_labels,
        })
    }

    /// The filters, the duplicates behind them: their names, and how they are set in words.
    #[must_use]
    pub fn told(&self) -> Vec<(String, String)> {
        let taken = self.statistics().filters.into_iter();
        taken.map(|taken| (taken.name, taken.told)).collect()
    }

    fn statistics(&self) -> Statistics {
        let taken = |name: &str, told: String| Taken {
            name: name.to_owned(),
            told,
            ..Taken::default()
        };
        let filters = self.filters.told().map(|(name, told)| taken(name, told));
        let exact = self
            .duplicates
            .then(|| taken(DUPLICATE, "the words of an earlier bead".into()));
        let near = (self.near_duplicates)
            .then(|| taken(NEAR_DUPLICATE, "at least 0.8 like an earlier bead".into()));
        Statistics {
            filters: filters.chain(exact).chain(near).collect(),
            scores: vec![Kept::default(); BINS],
            ..Statistics::default()
        }
    }
}

/// What only the whole corpus tells.
struct Compared {
    duplicates: Duplicates,
    /// Of each article; nothing without splits.
    splits: Vec<Split>,
    labels: Vec<String>,
}

impl Compared {
    fn split(&self, article: usize, splits: Option<Splits>) -> Split {
        match splits {
            Some(_) => self.splits.get(article).copied().unwrap_or_default(),
            None => Split::Train,
        }
    }
}

/// As many stored articles as are worked on at once.
fn stored_batch(stored: impl Iterator<Item = Result<Stored, Error>>) -> Result<Vec<Stored>, Error> {
    let batch = batch(stored, |stored| stored.as_ref().map_or(0, Stored::bytes));
    batch.into_iter().collect()
}

fn share(tally: Tally, total: Tally) -> Option<f64> {
    (total.articles > 0).then(|| tally.articles as f64 / total.articles as f64)
}

/// What is wrong with a store that is not done.
fn unfinished(store: &Store) -> Error {
    let reason = "holds no part of a corpus that is aligned to its end";
    io_error(store.folder(), std::io::Error::other(reason))
}

fn io_error(path: &Path, source: std::io::Error) -> Error {
    let path = path.to_owned();
    ErrorKind::Io { path, source }.into()
}
