//! [`Pair`]: two documents and the links between them.

use super::super::Aligned;
use super::super::draft::{BeadDraft, Draft, VersionDraft};
use super::Document;
use crate::article::Unit;
use crate::lang::Lang;

/// Two documents whose links are read.
#[derive(Debug)]
pub(in super::super) struct Pair {
    documents: [Document; 2],
    linked: [Vec<bool>; 2],
    beads: Vec<BeadDraft>,
}

impl Pair {
    /// Two documents without links.
    pub(in super::super) fn new(documents: [Document; 2]) -> Self {
        let linked = [0, 1].map(|side: usize| vec![false; documents[side].segments.len()]);
        Self {
            documents,
            linked,
            beads: Vec::new(),
        }
    }

    /// Links segments, named by lists of ids; an error says what cannot be.
    pub(in super::super) fn link(
        &mut self,
        targets: [&str; 2],
        score: f64,
        confirmed: bool,
    ) -> Result<(), String> {
        let mut segments = vec![Vec::new(), Vec::new()];
        for (side, targets) in targets.into_iter().enumerate() {
            let Document { file, ids, .. } = &self.documents[side];
            for id in targets.split_ascii_whitespace() {
                let Some(&segment) = ids.get(id) else {
                    return Err(format!("{file} has nothing with the id `{id}`"));
                };
                if std::mem::replace(&mut self.linked[side][segment], true) {
                    return Err(format!("`{id}` of {file} is linked twice"));
                }
                segments[side].push(segment);
            }
        }
        if segments.iter().any(|own| !own.is_empty()) {
            let mut bead = BeadDraft::new(segments, score);
            bead.bead.confirmed = confirmed;
            self.beads.push(bead);
        }
        Ok(())
    }

    /// Makes an article of it.
    pub(in super::super) fn finish(self, id: &str, langs: [Lang; 2]) -> Result<Aligned, String> {
        let units = self.documents.each_ref().map(|document| document.unit);
        let unit = match units {
            [Some(Unit::Sentence), _] | [_, Some(Unit::Sentence)] => Unit::Sentence,
            _ => Unit::Paragraph,
        };
        let mut draft = Draft::new(id, unit);
        for (document, lang) in self.documents.into_iter().zip(langs) {
            let mut version = VersionDraft::new(document.file, lang);
            version.segments = document.segments;
            if unit == Unit::Paragraph {
                version.segments.iter_mut().for_each(|s| s.paragraph = None);
            }
            draft.versions.push(version);
        }
        draft.beads = self.beads;
        draft.finish().map_err(|error| error.to_string())
    }
}
