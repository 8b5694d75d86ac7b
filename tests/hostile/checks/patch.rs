//! Files taken for patches.

use triglyph::format::Aligned;
use triglyph::repair::{self, Patch};
use triglyph::report::Page;
use triglyph::{Aligner, Article, Lang, Source, Unit, Words};

use super::laws::check_beads;

const ENGLISH: &str = "In 1931.\nNobody came.\n***\nIn 1952.\n***";
const GERMAN: &str = "Anno 1931.\nKeiner kam.\n***\nAnno 1952.";

/// Reads the bytes as patches of an article of two versions, applies them, and aligns the article around
/// them.
pub fn check(bytes: &[u8]) {
    let Ok(patches) = repair::read("a.json", bytes) else {
        return;
    };
    let lines = |text, lang| Source::new(text).lines(Unit::Paragraph).lang(lang);
    let versions = [lines(ENGLISH, Lang::EN), lines(GERMAN, Lang::DE)];
    let article = Article::detect(versions).unwrap();
    let aligner = Aligner::new().words(Words::Shared).evidence(true);
    let alignment = aligner.align(&article);
    let aligned = Aligned::new("a", article, alignment).unwrap();
    let patches: Vec<&Patch> = patches.iter().collect();
    if let Ok(applied) = Patch::apply(&patches, aligned.clone()) {
        let (article, alignment) = (applied.aligned.article(), applied.aligned.alignment());
        check_beads(article, alignment, Unit::Paragraph);
        assert_eq!(applied.outcomes.len(), patches.len());
        for (patch, outcomes) in patches.iter().zip(&applied.outcomes) {
            assert_eq!(outcomes.len(), patch.operations().len());
        }
        let mut page = Vec::new();
        Page::new(&applied.aligned, &aligner)
            .write(&mut page)
            .unwrap();
    }
    if let Ok((locks, _)) = Patch::locks(&patches, aligned.article()) {
        let unit = patches
            .first()
            .map_or(Unit::Paragraph, |patch| patch.unit());
        let article = aligned.article().clone().with_locks(unit, locks.clone());
        let article = article.expect("locks of the article are sound");
        let alignment = aligner.align(&article);
        check_beads(&article, &alignment, Unit::Paragraph);
        for lock in locks.iter().filter(|_| unit == Unit::Paragraph) {
            let holds = |bead: &triglyph::Bead| {
                let lists = lock.segments().iter().zip(bead.segments());
                lists
                    .into_iter()
                    .all(|(locked, own)| locked.as_ref().is_none_or(|l| l == own))
            };
            assert!(alignment.iter().any(holds), "{lock:?}");
        }
    }
}
