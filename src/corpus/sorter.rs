//! [`Sorter`]: more numbers than memory holds, in order.
//!
//! What is pushed is kept until it fills [`HELD`] bytes, then sorted and written to a file, a run; [`FAN`] runs
//! are merged into one of the next level. Time is n log n, memory constant, each number is written once a level.

use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::fs::{self, File};
use std::io::{self, BufRead, BufReader, BufWriter, Write};
use std::path::{Path, PathBuf};

/// Bytes that are sorted in memory.
const HELD: usize = 4 << 20;
/// Runs that are merged at once.
const FAN: usize = 64;

/// Rows of `N` numbers, to be sorted.
pub(super) struct Sorter<const N: usize> {
    /// What the names of the runs begin with.
    stem: PathBuf,
    held: Vec<[u64; N]>,
    /// Runs by level: those of level l hold up to `FAN` to the power of l times what is held.
    levels: Vec<Vec<PathBuf>>,
}

impl<const N: usize> Sorter<N> {
    /// A sorter that writes to files beside `stem`, whose names begin with its.
    pub(super) fn new(stem: impl Into<PathBuf>) -> Self {
        Self {
            stem: stem.into(),
            held: Vec::new(),
            levels: Vec::new(),
        }
    }

    pub(super) fn push(&mut self, row: [u64; N]) -> io::Result<()> {
        self.held.push(row);
        if self.held.len() * size_of::<[u64; N]>() >= HELD {
            self.held.sort_unstable();
            let run = self.write(self.held.iter().copied().map(Ok))?;
            self.held.clear();
            self.add(0, run)?;
        }
        Ok(())
    }

    fn add(&mut self, level: usize, run: PathBuf) -> io::Result<()> {
        if self.levels.len() == level {
            self.levels.push(Vec::new());
        }
        self.levels[level].push(run);
        if self.levels[level].len() == FAN {
            let runs = std::mem::take(&mut self.levels[level]);
            let run = self.write(Sorted::merge(&runs, Vec::new())?)?;
            for run in runs {
                fs::remove_file(run)?;
            }
            self.add(level + 1, run)?;
        }
        Ok(())
    }

    fn write(&self, rows: impl Iterator<Item = io::Result<[u64; N]>>) -> io::Result<PathBuf> {
        let mut path = self.stem.clone().into_os_string();
        let written = self.levels.iter().map(Vec::len).collect::<Vec<_>>();
        path.push(format!("-{written:?}.run"));
        let path = PathBuf::from(path);
        let mut out = BufWriter::with_capacity(1 << 16, File::create(&path)?);
        for row in rows {
            for number in row? {
                out.write_all(&number.to_le_bytes())?;
            }
        }
        out.into_inner().map_err(io::IntoInnerError::into_error)?;
        Ok(path)
    }

    /// The rows in order.
    pub(super) fn sorted(mut self) -> io::Result<Sorted<N>> {
        self.held.sort_unstable();
        let runs: Vec<PathBuf> = self.levels.into_iter().flatten().collect();
        Sorted::merge(&runs, self.held)
    }
}

/// Sorted rows, merged from runs.
pub(super) struct Sorted<const N: usize> {
    runs: Vec<BufReader<File>>,
    /// The next row of each run, and of what was held; behind it the number of the run.
    next: BinaryHeap<Reverse<([u64; N], usize)>>,
    held: std::vec::IntoIter<[u64; N]>,
}

impl<const N: usize> Sorted<N> {
    fn merge(runs: &[PathBuf], held: Vec<[u64; N]>) -> io::Result<Self> {
        let open = |run: &PathBuf| File::open(Path::new(run)).map(BufReader::new);
        let mut sorted = Self {
            runs: runs.iter().map(open).collect::<io::Result<_>>()?,
            next: BinaryHeap::new(),
            held: held.into_iter(),
        };
        for run in 0..=sorted.runs.len() {
            sorted.advance(run)?;
        }
        Ok(sorted)
    }

    /// Reads the next row of a run; the last number is that of what was held.
    fn advance(&mut self, run: usize) -> io::Result<()> {
        let row = match self.runs.get_mut(run) {
            Some(reader) => read_row(reader)?,
            None => self.held.next(),
        };
        self.next.extend(row.map(|row| Reverse((row, run))));
        Ok(())
    }
}

/// The next row, if there is one.
fn read_row<const N: usize>(reader: &mut impl BufRead) -> io::Result<Option<[u64; N]>> {
    if reader.fill_buf()?.is_empty() {
        return Ok(None);
    }
    let mut row = [0; N];
    for number in &mut row {
        let mut bytes = [0; 8];
        reader.read_exact(&mut bytes)?;
        *number = u64::from_le_bytes(bytes);
    }
    Ok(Some(row))
}

impl<const N: usize> Iterator for Sorted<N> {
    type Item = io::Result<[u64; N]>;

    fn next(&mut self) -> Option<Self::Item> {
        let Reverse((row, run)) = self.next.pop()?;
        Some(self.advance(run).map(|()| row))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sorts_what_memory_does_not_hold() {
        let folder = std::env::temp_dir().join(format!("triglyph-sorter-{}", std::process::id()));
        fs::create_dir_all(&folder).unwrap();
        let rows = HELD / 16 * 3 + 5;
        let mut sorter = Sorter::<2>::new(folder.join("rows"));
        let mut number = 1_u64;
        let mut sum = 0_u64;
        for _ in 0..rows {
            number = number
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1);
            sum = sum.wrapping_add(number);
            sorter.push([number >> 40, number]).unwrap();
        }
        let mut last = [0, 0];
        let (mut count, mut found) = (0, 0_u64);
        for row in sorter.sorted().unwrap() {
            let row = row.unwrap();
            assert!(last <= row);
            last = row;
            count += 1;
            found = found.wrapping_add(row[1]);
        }
        assert_eq!((count, found), (rows, sum));
        fs::remove_dir_all(folder).unwrap();
    }

    #[test]
    fn merges_levels() {
        let folder = std::env::temp_dir().join(format!("triglyph-levels-{}", std::process::id()));
        fs::create_dir_all(&folder).unwrap();
        let mut sorter = Sorter::<1>::new(folder.join("rows"));
        for run in 0..FAN as u64 + 3 {
            let rows = [[run], [1000 - run]].map(Ok);
            let path = sorter.write(rows.into_iter()).unwrap();
            sorter.add(0, path).unwrap();
        }
        assert_eq!(
            sorter.levels.iter().map(Vec::len).collect::<Vec<_>>(),
            [3, 1]
        );
        let sorted: Vec<u64> = sorter
            .sorted()
            .unwrap()
            .map(|row| row.unwrap()[0])
            .collect();
        assert_eq!(sorted.len(), 2 * (FAN + 3));
        assert!(sorted.is_sorted());
        fs::remove_dir_all(folder).unwrap();
    }
}
