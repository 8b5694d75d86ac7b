//! The versions of one article, each in a file.

use std::fs;
use std::path::{Path, PathBuf};

use triglyph::{Lang, Unit, Version};

use crate::console::Console;
use crate::output::is_standard;
use crate::reading::{Reading, names, shown};
use crate::status::Failure;

/// Reads all versions, and gives each to `add`; none where a file is bad, after saying so for each.
pub(crate) fn read(
    files: &[PathBuf],
    reading: &Reading,
    console: &Console,
    add: impl Fn(&Path, Version) -> Result<Version, Failure>,
) -> Option<Vec<Version>> {
    let versions = names(files).into_iter().zip(files);
    let versions = versions.map(|(name, file)| {
        let read = || add(file, reading.version(file, name, console)?);
        match console.time(format_args!("read {}", shown(file)), read) {
            Err(Failure::Failed(message)) => {
                console.error(message);
                None
            }
            version => version.ok(),
        }
    });
    // All are read before it is asked whether one is missing.
    let versions: Vec<Option<Version>> = versions.collect();
    versions.into_iter().collect()
}

/// Says what about the versions may be a mistake.
pub(crate) fn note_doubts(versions: &[Version], console: &Console) {
    let mut seen: Vec<Lang> = Vec::new();
    for version in versions {
        let (name, lang) = (version.name(), version.lang());
        if version.segments(Unit::Paragraph).is_empty() {
            console.note(format_args!("{name}: no text"));
        } else if lang == Lang::UND {
            console.note(format_args!(
                "{name}: language undetermined; tell it with --lang FILE=LANG"
            ));
        } else if !seen.contains(&lang) {
            seen.push(lang);
            let alike = versions.iter().filter(|other| other.lang() == lang);
            let alike: Vec<&str> = alike.map(Version::name).collect();
            if alike.len() > 1 {
                let (names, lang) = (alike.join(", "), lang.name());
                console.note(format_args!("{names}: several versions in {lang}"));
            }
        }
    }
}

/// A name for the article of these files: what their names begin with, if that is a word
/// (`tram.en.txt`, `tram.fr.txt`), otherwise the name of the innermost folder that holds them all.
pub(crate) fn id(files: &[PathBuf]) -> String {
    let files: Vec<&Path> = (files.iter().map(PathBuf::as_path))
        .filter(|file| !is_standard(file))
        .collect();
    common_stem(&files)
        .or_else(|| common_folder(&files))
        .unwrap_or_else(|| "article".into())
}

/// The words that all names begin with, the extension left aside.
fn common_stem(files: &[&Path]) -> Option<String> {
    let (first, rest) = files.split_first()?;
    let stem = |file: &Path| file.file_stem().map(|stem| stem.display().to_string());
    let first = stem(first)?;
    let mut end = first.len();
    for file in rest {
        let other = stem(file)?;
        let alike = first.bytes().zip(other.bytes()).take_while(|(a, b)| a == b);
        let alike = alike.count();
        let bounds = first.char_indices().filter(|(_, c)| is_joint(*c));
        let mut bounds = bounds.map(|(at, _)| at).chain([first.len()]);
        // A bound of the one name must be one of the other.
        let is_bound =
            |at: &usize| *at <= alike && other[*at..].chars().next().is_none_or(is_joint);
        end = end.min(bounds.rfind(is_bound)?);
    }
    let stem = first[..end].trim_matches(is_joint);
    (!stem.is_empty() && !rest.is_empty()).then(|| stem.to_owned())
}

fn is_joint(c: char) -> bool {
    matches!(c, '.' | '-' | '_' | ' ')
}

/// The name of the innermost folder that holds all files.
fn common_folder(files: &[&Path]) -> Option<String> {
    let places: Vec<PathBuf> = (files.iter())
        .filter_map(|file| fs::canonicalize(file).ok())
        .collect();
    let holds_all = |folder: &&Path| places.iter().all(|place| place.starts_with(folder));
    let folder = places.first()?.parent()?.ancestors().find(holds_all)?;
    folder.file_name().map(|name| name.display().to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stems() {
        for (files, expected) in [
            (
                &["tram.en.txt", "tram.fr.txt", "tram.de.txt"][..],
                Some("tram"),
            ),
            (&["en/tram.txt", "fr/tram.txt"], Some("tram")),
            (&["city-tram_en.txt", "city-tram_fr.txt"], Some("city-tram")),
            (&["tram-fr.txt", "tram.txt"], Some("tram")),
            (&["tram.txt", "tramway.txt"], None),
            (&["en.txt", "es.txt"], None),
            (&["été_en.txt", "été_fr.txt"], Some("été")),
            (&["été.txt", "étè.txt"], None),
            (&["-en", "-fr"], None),
            (&["tram.en.txt"], None),
            (&[], None),
        ] {
            let paths: Vec<&Path> = files.iter().map(Path::new).collect();
            assert_eq!(common_stem(&paths).as_deref(), expected, "{files:?}");
        }
    }
}
