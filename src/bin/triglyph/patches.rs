//! Patches: reading them, and saying what became of them.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use triglyph::repair::{self, Outcome, Patch};

use crate::console::Console;
use crate::reading::{raw, shown};
use crate::status::Failure;

/// Patches by the name of their article, in the order given.
pub(crate) struct Patches {
    patches: BTreeMap<String, Vec<(PathBuf, Patch)>>,
    /// Names of articles that were asked for.
    seen: BTreeSet<String>,
}

impl Patches {
    /// Reads the patches of some files.
    pub(crate) fn read(files: &[PathBuf]) -> Result<Self, Failure> {
        let mut patches: BTreeMap<String, Vec<(PathBuf, Patch)>> = BTreeMap::new();
        for file in files {
            for patch in read(file)? {
                let same = patches.entry(patch.id().to_owned()).or_default();
                same.push((file.clone(), patch));
            }
        }
        let seen = BTreeSet::new();
        Ok(Self { patches, seen })
    }

    /// The patches of an article, each with the file that it is from.
    pub(crate) fn of(&mut self, id: &str) -> &[(PathBuf, Patch)] {
        self.seen.insert(id.to_owned());
        self.patches.get(id).map_or(&[], Vec::as_slice)
    }

    /// Says which patches wait for an article that a file does not have; whether none does.
    pub(crate) fn tell_left(self, alignment: &Path, console: &Console) -> bool {
        let left = (self.patches.iter()).filter(|(id, _)| !self.seen.contains(*id));
        let mut is_empty = true;
        for (id, patches) in left {
            is_empty = false;
            for (file, _) in patches {
                let (file, alignment) = (shown(file), shown(alignment));
                console.error(format_args!("{file}: {alignment} has no article {id}"));
            }
        }
        is_empty
    }
}

/// Patches and, at the end, the file of the alignments that they are for.
pub(crate) fn split(files: &[PathBuf]) -> Result<(&[PathBuf], &[PathBuf]), Failure> {
    match files.split_at_checked(files.len().saturating_sub(1)) {
        Some((patches, alignment)) if !patches.is_empty() => Ok((patches, alignment)),
        _ => Err(Failure::Usage(
            "expected patches, and at the end the file with the alignments that they are for"
                .into(),
        )),
    }
}

/// The patches of a file.
pub(crate) fn read(file: &Path) -> Result<Vec<Patch>, Failure> {
    let name = shown(file);
    let text = raw(file).map_err(|e| Failure::of_io(&name, &e))?;
    let patches = repair::read(&name, text)?;
    match patches.is_empty() {
        true => Err(Failure::Failed(format!(
            "{name}: empty, expected a patch in JSON"
        ))),
        false => Ok(patches),
    }
}

/// Says what became of the operations of a patch; whether all hold.
pub(crate) fn tell(file: &Path, patch: &Patch, outcomes: &[Outcome], console: &Console) -> bool {
    let (file, id) = (shown(file), patch.id());
    let mut counts = [0; 3];
    for (operation, outcome) in patch.operations().iter().zip(outcomes) {
        let (kind, told) = match outcome {
            Outcome::Applied => (0, "applied".to_owned()),
            Outcome::Overruled => (1, "overruled by a later one".to_owned()),
            Outcome::Stale(reason) => (2, format!("stale: {reason}")),
            _ => continue,
        };
        counts[kind] += 1;
        let told = format_args!("{file}, {id}: {operation}: {told}").to_string();
        match kind {
            0 => console.detail(told),
            _ => console.warn(told),
        }
    }
    let [applied, overruled, stale] = counts;
    console.note(format_args!(
        "{file}, {id}: {applied} applied, {overruled} overruled, {stale} stale"
    ));
    overruled + stale == 0
}
