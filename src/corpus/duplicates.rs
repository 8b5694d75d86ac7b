//! [`Finder`]: beads of a corpus that an earlier bead is the same as, or much like.
//!
//! 1. Beads of one group are the same: rows (group, bead) are sorted, and of each group the first stays.
//! 2. The sketch of every bead is written to a file, and a row (band, bead) for each of its bands is sorted. A
//!    bead is a near duplicate if an earlier one in one of its bands has a sketch like its own. Only the first
//!    [`REFERENCES`] of a band are looked at: time stays linear, whatever the texts.
//!
//! Both are found twice: among all beads, to say how many there are, and among those that the filters keep, of
//! which the first shall stay. An earlier bead counts even if it is a near duplicate itself, so that the result
//! is that of a definition, not of an order of steps. Memory is five bits a bead.

use std::fs::{self, File};
use std::io::{self, BufWriter, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use super::digest::{Digest, HASHES, Sketch};
use super::sorter::Sorter;

/// Beads of a band that later ones are compared with.
const REFERENCES: usize = 100;

/// Takes the beads of a corpus, one after the other.
pub(super) struct Finder {
    exact: Sorter<3>,
    near: Sorter<2>,
    sketches: BufWriter<File>,
    path: PathBuf,
    kept: Bits,
    count: u64,
}

/// Which beads are duplicates.
#[derive(Debug, Default)]
pub(super) struct Duplicates {
    /// Those of the same words as an earlier bead, or as an earlier bead that the filters keep.
    pub(super) exact: Found,
    /// Those much like an earlier one.
    pub(super) near: Found,
}

/// Beads that were found, by their numbers.
#[derive(Debug, Default)]
pub(super) struct Found {
    /// Among all beads.
    pub(super) alone: Bits,
    /// Among those that all filters before keep.
    pub(super) in_sequence: Bits,
}

impl Finder {
    /// A finder that has its files in a folder.
    pub(super) fn new(folder: &Path) -> io::Result<Self> {
        let path = folder.join("sketches");
        Ok(Self {
            exact: Sorter::new(folder.join("groups")),
            near: Sorter::new(folder.join("bands")),
            sketches: BufWriter::with_capacity(1 << 16, File::create(&path)?),
            path,
            kept: Bits::default(),
            count: 0,
        })
    }

    /// Takes the next bead: what it holds, nothing for one that is not compared; and whether all filters
    /// keep it.
    pub(super) fn push(&mut self, digest: Option<&Digest>, kept: bool) -> io::Result<()> {
        let bead = self.count;
        self.count += 1;
        let Some(digest) = digest else {
            return self.sketches.write_all(&[0; 2 * HASHES]);
        };
        if kept {
            self.kept.set(bead);
        }
        let [high, low] = [0, 8].map(|at| {
            let bytes = digest.group[at..at + 8].iter();
            bytes.fold(0, |number, &byte| number << 8 | u64::from(byte))
        });
        self.exact.push([high, low, bead])?;
        for band in digest.sketch.bands() {
            self.near.push([band, bead])?;
        }
        let places = digest.sketch.0.map(u16::to_le_bytes);
        self.sketches.write_all(&places.concat())
    }

    /// Finds the duplicates among all beads that were pushed.
    pub(super) fn finish(self) -> io::Result<Duplicates> {
        let mut found = Duplicates::default();
        // The group before, and whether a bead of it is kept.
        let mut group = None;
        let mut any_kept = false;
        for row in self.exact.sorted()? {
            let [high, low, bead] = row?;
            let kept = self.kept.has(bead);
            if group == Some([high, low]) {
                found.exact.alone.set(bead);
                if any_kept && kept {
                    found.exact.in_sequence.set(bead);
                }
                any_kept |= kept;
            } else {
                group = Some([high, low]);
                any_kept = kept;
            }
        }
        let sketches = self.sketches.into_inner();
        drop(sketches.map_err(io::IntoInnerError::into_error)?);
        let mut sketches = Sketches(File::open(&self.path)?);
        let mut rows = self.near.sorted()?.peekable();
        while let Some(row) = rows.next() {
            let [band, first] = row?;
            let mut all = References::default();
            let mut kept = References::default();
            let mut bead = first;
            loop {
                let follows = matches!(rows.peek(), Some(Ok([next, _])) if *next == band);
                if bead == first && !follows {
                    break;
                }
                let sketch = sketches.read(bead)?;
                all.meet(bead, &sketch, &mut found.near.alone);
                if self.kept.has(bead) && !found.exact.in_sequence.has(bead) {
                    kept.meet(bead, &sketch, &mut found.near.in_sequence);
                }
                match rows.next_if(|row| matches!(row, Ok([next, _]) if *next == band)) {
                    Some(row) => [_, bead] = row?,
                    None => break,
                }
            }
        }
        fs::remove_file(&self.path)?;
        Ok(found)
    }
}

/// The first beads of a band.
#[derive(Default)]
struct References(Vec<Sketch>);

impl References {
    /// Compares a bead with those before it, and takes it among them.
    fn meet(&mut self, bead: u64, sketch: &Sketch, found: &mut Bits) {
        if !found.has(bead) && self.0.iter().any(|other| other.is_like(sketch)) {
            found.set(bead);
        }
        if self.0.len() < REFERENCES {
            self.0.push(*sketch);
        }
    }
}

/// The sketches of all beads, in a file.
struct Sketches(File);

impl Sketches {
    fn read(&mut self, bead: u64) -> io::Result<Sketch> {
        let mut bytes = [0; 2 * HASHES];
        let at = bead * bytes.len() as u64;
        self.0.seek(SeekFrom::Start(at))?;
        self.0.read_exact(&mut bytes)?;
        let mut places = [0; HASHES];
        for (place, bytes) in places.iter_mut().zip(bytes.chunks_exact(2)) {
            *place = u16::from_le_bytes([bytes[0], bytes[1]]);
        }
        Ok(Sketch(places))
    }
}

/// A set of numbers, one bit for each up to the greatest.
#[derive(Debug, Default)]
pub(super) struct Bits(Vec<u64>);

impl Bits {
    pub(super) fn set(&mut self, number: u64) {
        let word = (number / 64) as usize;
        if self.0.len() <= word {
            self.0.resize(word + 1, 0);
        }
        self.0[word] |= 1 << (number % 64);
    }

    pub(super) fn has(&self, number: u64) -> bool {
        let word = self.0.get((number / 64) as usize).copied();
        word.unwrap_or_default() >> (number % 64) & 1 == 1
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A digest by number of group; sketches agree in all places but so many.
    fn digest(group: u8, other: usize) -> Digest {
        let mut places = [u16::from(group / 10) * 1000 + 7; HASHES];
        for place in &mut places[HASHES - other..] {
            *place = u16::from(group);
        }
        Digest {
            group: [group; 16],
            sketch: Sketch(places),
        }
    }

    #[test]
    fn definition() {
        let folder =
            std::env::temp_dir().join(format!("triglyph-duplicates-{}", std::process::id()));
        fs::create_dir_all(&folder).unwrap();
        // (group, places of its own, kept by the filters): what is expected alone, in sequence.
        let beads = [
            (Some((10, 0)), false, "", ""),
            (Some((10, 0)), true, "exact near", ""),
            (None, true, "", ""),
            (Some((11, 6)), true, "near", "near"),
            (Some((12, 7)), true, "", ""),
            (Some((10, 0)), true, "exact near", "exact"),
            (Some((20, 0)), true, "", ""),
            (Some((12, 7)), false, "exact near", ""),
        ];
        let mut finder = Finder::new(&folder).unwrap();
        for (of, kept, ..) in beads {
            let digest = of.map(|(group, other)| digest(group, other));
            finder.push(digest.as_ref(), kept).unwrap();
        }
        let found = finder.finish().unwrap();
        let told = |exact: &Bits, near: &Bits, bead| {
            let names = [(exact, "exact"), (near, "near")];
            let names = names.iter().filter(|(bits, _)| bits.has(bead));
            names.map(|(_, name)| *name).collect::<Vec<_>>().join(" ")
        };
        for (bead, (of, kept, alone, in_sequence)) in (0..).zip(beads) {
            let name = format!("bead {bead} {of:?} {kept}");
            assert_eq!(
                told(&found.exact.alone, &found.near.alone, bead),
                alone,
                "{name}"
            );
            let sequence = told(&found.exact.in_sequence, &found.near.in_sequence, bead);
            assert_eq!(sequence, in_sequence, "{name}");
        }
        fs::remove_dir_all(folder).unwrap();
    }
}
