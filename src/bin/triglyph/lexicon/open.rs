//! Files for a lexicon, opened line by line: plain or packed, with the bytes counted.

use std::io::{self, BufRead, BufReader};
use std::path::Path;

use indicatif::ProgressBar;
use triglyph::Packing;
use triglyph::lexicon::Lines;

use crate::reading::{raw, shown};
use crate::status::Failure;

/// The lines of a file, or of stdin for `-`. The bytes that are read of it move the bar.
pub(super) fn open(file: &Path, bar: &ProgressBar) -> Result<Lines<Box<dyn BufRead>>, Failure> {
    let name = shown(file);
    let failed = |e: io::Error| Failure::of_io(&name, &e);
    let raw = raw(file).map_err(failed)?;
    // Whether it is packed is told by what it holds: names of downloads lie.
    let reader = Packing::reader(BufReader::new(bar.wrap_read(raw))).map_err(failed)?;
    Ok(Lines::new(name, reader))
}
