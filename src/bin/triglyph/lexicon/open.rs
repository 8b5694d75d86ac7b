//! Files for a lexicon, opened line by line: plain or packed by gzip, with the bytes counted.

use std::fs::File;
use std::io::{self, BufRead, BufReader, Read};
use std::path::Path;

use flate2::bufread::MultiGzDecoder;
use indicatif::ProgressBar;
use triglyph::lexicon::Lines;

use crate::output::is_standard;
use crate::reading::shown;
use crate::status::Failure;

/// What a file begins with that gzip wrote.
const GZIP: [u8; 2] = [0x1f, 0x8b];

/// The lines of a file, or of stdin for `-`. The bytes that are read of it move the bar.
pub(super) fn open(file: &Path, bar: &ProgressBar) -> Result<Lines<Box<dyn BufRead>>, Failure> {
    let name = shown(file);
    let failed = |e: io::Error| Failure::of_io(&name, &e);
    let raw: Box<dyn Read> = match is_standard(file) {
        true => Box::new(io::stdin()),
        false => Box::new(File::open(file).map_err(failed)?),
    };
    let mut reader = BufReader::new(bar.wrap_read(raw));
    // Whether it is packed is told by what it holds: names of downloads lie.
    let packed = reader.fill_buf().map_err(failed)?.starts_with(&GZIP);
    let reader: Box<dyn BufRead> = match packed {
        true => Box::new(BufReader::new(Unpacked(MultiGzDecoder::new(reader)))),
        false => Box::new(reader),
    };
    Ok(Lines::new(name, reader))
}

/// What gzip packed; errors say that they are about that.
struct Unpacked<R>(MultiGzDecoder<R>);

impl<R: BufRead> Read for Unpacked<R> {
    fn read(&mut self, bytes: &mut [u8]) -> io::Result<usize> {
        self.0.read(bytes).map_err(|e| match e.kind() {
            io::ErrorKind::InvalidInput
            | io::ErrorKind::InvalidData
            | io::ErrorKind::UnexpectedEof => {
                let reason = format!("{e}; what gzip packed is damaged or cut short");
                io::Error::new(e.kind(), reason)
            }
            _ => e,
        })
    }
}
