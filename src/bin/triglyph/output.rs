//! Where data goes: stdout, or a file that is there as a whole or not at all.

use std::ffi::OsString;
use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};
use std::process;

use crate::console::Console;
use crate::status::{Failure, Status};

/// Whether a file name stands for stdin or stdout.
pub(crate) fn is_standard(file: &Path) -> bool {
    file == Path::new("-")
}

/// Writes to `file`, or to stdout where there is none or it is `-`.
///
/// A file comes into being under another name beside its place and takes it when all is
/// written; what was there keeps its permissions, and stays as it was if writing fails. What is
/// no plain file (a device, a pipe) is written to as it is.
pub(crate) fn write(
    file: Option<&Path>,
    data: impl FnOnce(&mut dyn Write) -> io::Result<()>,
) -> Result<(), Failure> {
    match file.filter(|file| !is_standard(file)) {
        None => to_stdout(data),
        Some(file) => to_file(file, data).map_err(|e| Failure::of_io(file, &e)),
    }
}

/// Writes to stdout.
pub(crate) fn to_stdout(
    data: impl FnOnce(&mut dyn Write) -> io::Result<()>,
) -> Result<(), Failure> {
    let mut out = BufWriter::new(io::stdout().lock());
    let result = data(&mut out).and_then(|()| out.flush());
    result.map_err(|e| Failure::of_io("stdout", &e))
}

/// Writes to stdout what each file yields, in turn. What is wrong with a file is said on stderr,
/// and the others go on.
pub(crate) fn each<T>(
    results: impl Iterator<Item = Result<T, Failure>>,
    console: &Console,
    data: impl Fn(&mut dyn Write, T) -> io::Result<()>,
) -> Result<Status, Failure> {
    let mut status = Status::Done;
    to_stdout(|out| {
        for result in results {
            match result {
                Ok(found) => data(out, found)?,
                Err(failure) => {
                    status = Status::Failed;
                    if let Failure::Failed(message) = failure {
                        console.error(message);
                    }
                }
            }
        }
        Ok(())
    })?;
    Ok(status)
}

fn to_file(file: &Path, data: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> io::Result<()> {
    let there = fs::metadata(file).ok();
    if there.as_ref().is_some_and(|there| !there.is_file()) {
        return fill(File::options().write(true).open(file)?, data);
    }
    // Behind a symbolic link, it is the file that is replaced, not the link.
    let place = fs::canonicalize(file).unwrap_or_else(|_| file.to_owned());
    let temporary = beside(&place);
    let result = File::create_new(&temporary)
        .and_then(|file| fill(file, data))
        .and_then(|()| match there {
            Some(there) => fs::set_permissions(&temporary, there.permissions()),
            None => Ok(()),
        })
        .and_then(|()| fs::rename(&temporary, &place));
    if result.is_err() {
        // The failure that is reported matters more than one to tidy up after it.
        let _ = fs::remove_file(&temporary);
    }
    result
}

fn fill(file: File, data: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> io::Result<()> {
    let mut out = BufWriter::new(file);
    data(&mut out)?;
    out.flush()
}

/// A name of its own in the same folder.
fn beside(place: &Path) -> PathBuf {
    let mut name = OsString::from(".");
    name.push(place.file_name().unwrap_or_default());
    name.push(format!(".{}.tmp", process::id()));
    place.with_file_name(name)
}
