//! Writing XCES.

use super::super::files::file_name;
use super::super::standoff::{Ids, PairFiles, pairs, write_document};
use super::super::{Create, FourDecimals, Loss, Losses, labels_in};
use crate::alignment::Alignment;
use crate::article::Article;
use crate::error::Error;
use crate::lang::LangStyle;

/// Writes aligned articles as files of links and documents; [`xces`](super) says how.
#[derive(Debug)]
pub struct Writer<C> {
    files: PairFiles<C>,
    style: LangStyle,
    losses: Losses,
}

impl<C: Create> Writer<C> {
    /// A writer of files in a folder.
    #[must_use]
    pub fn new(create: C) -> Self {
        Self {
            files: PairFiles::new(create),
            style: LangStyle::default(),
            losses: Losses::default(),
        }
    }

    /// How codes of languages are written in the names of files; BCP 47 unless told otherwise.
    #[must_use]
    pub const fn lang_style(mut self, style: LangStyle) -> Self {
        self.style = style;
        self
    }
}

impl<C: Create> super::super::Writer for Writer<C> {
    fn write(&mut self, id: &str, article: &Article, alignment: &Alignment) -> Result<(), Error> {
        alignment.fits(article)?;
        let (versions, unit) = (article.versions(), alignment.unit());
        let labels = labels_in(self.style, article);
        let place = |label: &str| format!("{label}/{}.xml", file_name(id));
        let documents: Vec<String> = labels.iter().map(|label| place(label)).collect();
        for (version, (document, label)) in versions.iter().zip(documents.iter().zip(&labels)) {
            let out = self.files.create.create(document)?;
            let dropped =
                write_document(out, "text", &[("lang", label)], Ids::Opus, version, unit)?;
            self.losses.add(Loss::Character, dropped);
        }
        for [a, b] in pairs(versions.len()) {
            let name = format!("{}-{}.xml", labels[a], labels[b]);
            let file = self.files.file(name, |file| {
                file.doctype(r#"cesAlign PUBLIC "-//CES//DTD XML cesAlign//EN" """#)?;
                file.start("cesAlign", &[("version", &"1.0")])?;
                file.line()
            })?;
            file.start(
                "linkGrp",
                &[
                    ("targType", &"s"),
                    ("fromDoc", &documents[a]),
                    ("toDoc", &documents[b]),
                ],
            )?;
            file.line()?;
            let linked = alignment.iter().filter(|bead| {
                let own = bead.segments();
                !own[a].is_empty() || !own[b].is_empty()
            });
            for (link, bead) in linked.enumerate() {
                let list = |v: usize| Ids::Opus.list(&versions[v], unit, &bead.segments()[v]);
                let score = FourDecimals(bead.score());
                file.empty(
                    "link",
                    &[
                        ("id", &format_args!("SL{}", link + 1)),
                        ("xtargets", &format_args!("{};{}", list(a), list(b))),
                        ("certainty", &score),
                    ],
                )?;
                file.line()?;
            }
            file.end("linkGrp")?;
            file.line()?;
        }
        let marks = [Loss::MovedMark, Loss::ConflictMark, Loss::ConfirmedMark];
        self.losses.add_marks(alignment, &marks);
        Ok(())
    }

    fn finish(&mut self) -> Result<Losses, Error> {
        self.files.finish(|file| {
            file.end("cesAlign")?;
            file.line()
        })?;
        Ok(std::mem::take(&mut self.losses))
    }
}
