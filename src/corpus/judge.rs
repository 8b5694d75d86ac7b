//! What is found out about each bead of a stored article: to find duplicates ([`Judged`]), and to write and count
//! it ([`ReadBead`]). What the first pass finds is kept for the second in a file of [`Facts`].

use std::fs::File;
use std::io::{self, BufReader, BufWriter, Read as _, Write};
use std::path::Path;

use super::build::{Build, DUPLICATE, NEAR_DUPLICATE};
use super::digest::Digest;
use super::duplicates::Duplicates;
use super::entry::hash_of;
use super::filter::{Candidate, Filters};
use super::splits::WORDS;
use super::store::{Meta, Stored};
use crate::error::Error;
use crate::format::{Aligned, labels};

/// A stored article, judged by itself.
pub(super) struct Judgement {
    pub(super) meta: Meta,
    /// The labels of its versions.
    pub(super) labels: Vec<String>,
    pub(super) beads: Vec<Judged>,
}

/// What a bead tells by itself.
pub(super) struct Judged {
    pub(super) is_null: bool,
    pub(super) digest: Digest,
    /// Whether each filter takes it.
    pub(super) taken: Vec<bool>,
    /// What binds articles that share it.
    pub(super) held: Vec<u64>,
}

impl Judgement {
    /// Judges an article; `bands` tells whether its bands bind articles, or that nothing does.
    pub(super) fn of(
        stored: Stored,
        filters: &Filters,
        bands: Option<bool>,
    ) -> Result<Self, Error> {
        let aligned = stored.aligned().transpose()?;
        let beads = aligned.iter().flat_map(Candidate::all);
        let beads = beads
            .map(|candidate| Judged::of(&candidate, filters, bands))
            .collect();
        let labels = aligned
            .map(|aligned| labels(aligned.article()))
            .unwrap_or_default();
        Ok(Self {
            meta: stored.meta,
            labels,
            beads,
        })
    }
}

impl Judged {
    fn of(candidate: &Candidate<'_>, filters: &Filters, bands: Option<bool>) -> Self {
        let digest = Digest::of(candidate);
        Self {
            is_null: candidate.bead().is_null(),
            taken: filters.each(candidate).collect(),
            held: bands.map_or_else(Vec::new, |bands| held(candidate, &digest, bands)),
            digest,
        }
    }

    /// Whether no filter takes it.
    pub(super) fn is_kept(&self) -> bool {
        !self.taken.contains(&true)
    }
}

/// What binds articles that share it: the group, long texts of one language, and where near duplicates are kept,
/// the bands of the sketch.
fn held(candidate: &Candidate<'_>, digest: &Digest, bands: bool) -> Vec<u64> {
    let mut held = vec![hash_of(&digest.group)];
    for (lang, words) in candidate.langs().zip(candidate.words()) {
        if words.split(' ').nth(WORDS - 1).is_some() {
            held.push(hash_of(format!("{lang} {words}").as_bytes()));
        }
    }
    if bands {
        held.extend(digest.sketch.bands());
    }
    held
}

/// The name of the file of facts.
const FACTS: &str = "facts";

/// What was found of each bead, one after the other: its group, and a bit for each filter.
pub(super) struct Facts<F>(F);

/// What was found of a bead.
pub(super) struct Fact {
    pub(super) group: [u8; 16],
    pub(super) taken: Vec<bool>,
}

impl Facts<BufWriter<File>> {
    pub(super) fn create(folder: &Path) -> io::Result<Self> {
        Ok(Self(BufWriter::new(File::create(folder.join(FACTS))?)))
    }

    pub(super) fn push(&mut self, judged: &Judged) -> io::Result<()> {
        self.0.write_all(&judged.digest.group)?;
        for taken in judged.taken.chunks(8) {
            let bits = taken
                .iter()
                .rev()
                .fold(0, |bits, &taken| bits << 1 | u8::from(taken));
            self.0.write_all(&[bits])?;
        }
        Ok(())
    }

    pub(super) fn finish(self) -> io::Result<()> {
        self.0
            .into_inner()
            .map_err(io::IntoInnerError::into_error)?;
        Ok(())
    }
}

impl Facts<BufReader<File>> {
    pub(super) fn open(folder: &Path) -> io::Result<Self> {
        Ok(Self(BufReader::new(File::open(folder.join(FACTS))?)))
    }

    /// The next fact, of so many filters.
    pub(super) fn next(&mut self, filters: usize) -> io::Result<Fact> {
        let mut group = [0; 16];
        self.0.read_exact(&mut group)?;
        let mut bits = vec![0_u8; filters.div_ceil(8)];
        self.0.read_exact(&mut bits)?;
        let taken = (0..filters).map(|filter| bits[filter / 8] >> (filter % 8) & 1 == 1);
        let taken = taken.collect();
        Ok(Fact { group, taken })
    }
}

/// A stored article, to be written.
pub(super) struct Read {
    pub(super) meta: Meta,
    pub(super) aligned: Option<Aligned>,
    pub(super) beads: Vec<ReadBead>,
}

/// What is counted of a bead.
pub(super) struct ReadBead {
    pub(super) is_null: bool,
    pub(super) score: f64,
    pub(super) shape: String,
    pub(super) texts: Vec<ReadText>,
}

/// What is counted of a text of a bead.
pub(super) struct ReadText {
    /// The code of its language.
    pub(super) code: String,
    pub(super) text: String,
    pub(super) words: usize,
    pub(super) characters: usize,
}

impl Read {
    pub(super) fn of(stored: Stored) -> Result<Self, Error> {
        let aligned = stored.aligned().transpose()?;
        let beads = aligned.iter().flat_map(Candidate::all);
        let beads = beads.map(|candidate| ReadBead::of(&candidate)).collect();
        Ok(Self {
            meta: stored.meta,
            aligned,
            beads,
        })
    }
}

impl ReadBead {
    fn of(candidate: &Candidate<'_>) -> Self {
        let texts = candidate.langs().zip(candidate.texts());
        let texts = texts.map(|(lang, text)| ReadText {
            code: lang.code().to_owned(),
            words: text.split_whitespace().count(),
            characters: text.chars().count(),
            text: text.clone(),
        });
        let bead = candidate.bead();
        Self {
            is_null: bead.is_null(),
            score: bead.score(),
            shape: bead.shape().to_string(),
            texts: texts.collect(),
        }
    }

    pub(super) fn words(&self) -> usize {
        self.texts.iter().map(|text| text.words).sum()
    }
}

/// What becomes of a bead.
pub(super) struct Verdict {
    /// The name of the filter that takes it, and its number.
    pub(super) filtered: Option<&'static str>,
    pub(super) number: Option<usize>,
    /// Whether each filter takes it alone, the duplicates among them.
    pub(super) alone: Vec<bool>,
}

impl Verdict {
    /// The verdict on a bead of this number that filters by themselves take or not.
    pub(super) fn of(taken: Vec<bool>, bead: u64, duplicates: &Duplicates, build: &Build) -> Self {
        let mut number = taken.iter().position(|&taken| taken);
        let mut filtered = number.and_then(|number| build.filters.names().nth(number));
        let mut alone = taken;
        for (wanted, name, found) in [
            (build.duplicates, DUPLICATE, &duplicates.exact),
            (build.near_duplicates, NEAR_DUPLICATE, &duplicates.near),
        ] {
            if wanted {
                if filtered.is_none() && found.in_sequence.has(bead) {
                    number = Some(alone.len());
                    filtered = Some(name);
                }
                alone.push(found.alone.has(bead));
            }
        }
        Self {
            filtered,
            number,
            alone,
        }
    }
}
