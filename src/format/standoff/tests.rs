//! What the tests of these formats share.

use super::super::Aligned;
use super::super::arbitrary::changed;
use super::super::draft::VersionDraft;
use super::super::xml::is_allowed;
use crate::alignment::Bead;
use crate::article::{Kind, Unit};

/// What two versions of an article look like when they were written as texts and links, under these
/// names: none where neither has any text. What XML forbids is gone, and marks, names and places.
/// `change` makes of a bead what else the format does.
pub(in super::super) fn as_pair(
    aligned: &Aligned,
    pair: [usize; 2],
    names: [&str; 2],
    change: impl Fn(&mut Bead),
) -> Option<Aligned> {
    let selected = aligned.select(&pair).ok()?;
    Some(changed(&selected, |draft| {
        draft.simplified.clear();
        for (version, name) in draft.versions.iter_mut().zip(names) {
            let mut plain = VersionDraft::new(name, version.lang);
            std::mem::swap(&mut plain.segments, &mut version.segments);
            *version = plain;
            for segment in &mut version.segments {
                segment.text.retain(is_allowed);
                segment.kind = Kind::default();
                (segment.lang, segment.boilerplate, segment.place) = (None, None, None);
                if draft.unit == Unit::Paragraph {
                    segment.paragraph = None;
                }
            }
        }
        for bead in &mut draft.beads {
            bead.moved_is_told = false;
            let bead = &mut bead.bead;
            (bead.moved, bead.conflict) = (false, false);
            change(bead);
        }
    }))
}

/// Each bead of an article as its texts.
pub(in super::super) fn texts(aligned: &Aligned) -> Vec<Vec<String>> {
    let beads = aligned.alignment().beads(aligned.article());
    beads.map(|bead| bead.texts()).collect()
}
