//! Where data goes: stdout, or a file that is there as a whole or not at all.

use std::ffi::OsString;
use std::fs::{self, File};
use std::io::{self, BufWriter, IsTerminal, Write};
use std::path::{Path, PathBuf};
use std::process;

use triglyph::format::Folder;
use triglyph::{Error, ErrorKind, Packing};

use crate::console::Console;
use crate::status::{Failure, Status};

/// Whether a file name stands for stdin or stdout.
pub(crate) fn is_standard(file: &Path) -> bool {
    file == Path::new("-")
}

/// Whether the output is shown in a terminal.
pub(crate) fn is_terminal(output: Option<&Path>) -> bool {
    output.is_none_or(is_standard) && io::stdout().is_terminal()
}

/// Checks that the output is none of the files that are read; `what` says what those are.
pub(crate) fn check_apart<'a, P: AsRef<Path> + ?Sized + 'a>(
    output: Option<&Path>,
    files: impl IntoIterator<Item = &'a P>,
    what: &str,
) -> Result<(), Failure> {
    let place = |file: &Path| fs::canonicalize(file).ok().filter(|place| place.is_file());
    let Some(out) = output.and_then(place) else {
        return Ok(());
    };
    let same = |file: &&P| place(file.as_ref()).as_ref() == Some(&out);
    match files.into_iter().find(same) {
        Some(file) => {
            let file = file.as_ref().display();
            Err(Failure::Usage(format!(
                "the output would replace {file}, which is {what}"
            )))
        }
        None => Ok(()),
    }
}

/// Checks that there is a folder for an output that is one file, and that it is no folder itself.
pub(crate) fn check_place(output: Option<&Path>) -> Result<(), Failure> {
    let Some(file) = output.filter(|file| !is_standard(file)) else {
        return Ok(());
    };
    if file.is_dir() {
        return Err(Failure::of_io(file, &io::ErrorKind::IsADirectory.into()));
    }
    match file.parent() {
        Some(folder) if !folder.as_os_str().is_empty() && !folder.is_dir() => {
            let file = file.display();
            Err(Failure::Failed(format!(
                "{file}: no such folder to write it to; create it first"
            )))
        }
        _ => Ok(()),
    }
}

/// Writes to `file`, or to stdout where there is none or it is `-`, packed as the name says.
///
/// A file comes into being under another name beside its place and takes it when all is
/// written; what was there keeps its permissions, and stays as it was if writing fails. What is
/// no plain file (a device, a pipe) is written to as it is.
pub(crate) fn write<T, E: Into<Error>>(
    file: Option<&Path>,
    data: impl FnOnce(&mut dyn Write) -> Result<T, E>,
) -> Result<T, Failure> {
    match file.filter(|file| !is_standard(file)) {
        None => to_stdout(data),
        Some(file) => to_file(file, data).map_err(|e| failure(file, e)),
    }
}

/// Writes to stdout.
pub(crate) fn to_stdout<T, E: Into<Error>>(
    data: impl FnOnce(&mut dyn Write) -> Result<T, E>,
) -> Result<T, Failure> {
    let mut out = BufWriter::new(io::stdout().lock());
    let result = data(&mut out).map_err(Into::into);
    let result = result.and_then(|done| Ok(out.flush().map(|()| done)?));
    result.map_err(|e| failure("stdout".as_ref(), e))
}

/// The failure to write what is called `name`.
fn failure(name: &Path, error: Error) -> Failure {
    match error.kind() {
        ErrorKind::Write { source } => Failure::of_io(name, source),
        _ => error.into(),
    }
}

/// Writes several files: into a folder, or with `stem` those whose names begin with that of `place`.
///
/// They come into being in a folder beside their place and take it when all is written; files of
/// other names stay.
pub(crate) fn write_several<T>(
    place: &Path,
    stem: bool,
    data: impl FnOnce(Folder) -> Result<T, Error>,
) -> Result<T, Failure> {
    let (target, folder) = match stem {
        true => {
            let folder = place.parent().unwrap_or(Path::new(""));
            let name = place.file_name().unwrap_or_default();
            (folder, Folder::stem(beside(place).join(name)))
        }
        false => (place, Folder::new(beside(place))),
    };
    let temporary = beside(place);
    let result = fs::create_dir_all(&temporary)
        .map_err(Error::from)
        .and_then(|()| data(folder))
        .and_then(|done| Ok(move_all(&temporary, target).map(|()| done)?));
    if temporary.exists() {
        // The failure that is reported matters more than one to tidy up after it.
        let _ = fs::remove_dir_all(&temporary);
    }
    result.map_err(|e| failure(place, e))
}

/// Moves all files of a folder, and of those in it, to the same places in another.
pub(crate) fn move_all(from: &Path, to: &Path) -> io::Result<()> {
    if !to.as_os_str().is_empty() {
        fs::create_dir_all(to)?;
    }
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        let place = to.join(entry.file_name());
        match entry.file_type()?.is_dir() {
            true => move_all(&entry.path(), &place)?,
            false => fs::rename(entry.path(), place)?,
        }
    }
    Ok(())
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
        io::Result::Ok(())
    })?;
    Ok(status)
}

fn to_file<T, E: Into<Error>>(
    file: &Path,
    data: impl FnOnce(&mut dyn Write) -> Result<T, E>,
) -> Result<T, Error> {
    let packing = Packing::of_name(file);
    let fill = |file: File| {
        let mut out = BufWriter::new(packing.writer(file)?);
        let done = data(&mut out).map_err(Into::into)?;
        out.into_inner()
            .map_err(io::IntoInnerError::into_error)?
            .finish()?;
        Ok(done)
    };
    let there = fs::metadata(file).ok();
    if there.as_ref().is_some_and(|there| !there.is_file()) {
        return fill(File::options().write(true).open(file)?);
    }
    // Behind a symbolic link, it is the file that is replaced, not the link.
    let place = fs::canonicalize(file).unwrap_or_else(|_| file.to_owned());
    let temporary = beside(&place);
    let replace = || match there {
        Some(there) => fs::set_permissions(&temporary, there.permissions())
            .and_then(|()| fs::rename(&temporary, &place)),
        None => fs::rename(&temporary, &place),
    };
    let result = File::create_new(&temporary)
        .map_err(Error::from)
        .and_then(fill)
        .and_then(|done| Ok(replace().map(|()| done)?));
    if result.is_err() {
        // The failure that is reported matters more than one to tidy up after it.
        let _ = fs::remove_file(&temporary);
    }
    result
}

/// A name of its own in the same folder.
fn beside(place: &Path) -> PathBuf {
    let mut name = OsString::from(".");
    name.push(place.file_name().unwrap_or_default());
    name.push(format!(".{}.tmp", process::id()));
    place.with_file_name(name)
}
