//! Writing InterText.

use super::super::files::file_name;
use super::super::standoff::{Ids, pairs, write_document};
use super::super::xml::XmlWriter;
use super::super::{Create, Loss, Losses, labels_in};
use crate::alignment::Alignment;
use crate::article::Article;
use crate::error::Error;
use crate::lang::LangStyle;

/// Writes aligned articles as files of links and documents; [`intertext`](super) says how.
#[derive(Debug)]
pub struct Writer<C> {
    create: C,
    style: LangStyle,
    losses: Losses,
}

impl<C: Create> Writer<C> {
    /// A writer of files in a folder.
    #[must_use]
    pub fn new(create: C) -> Self {
        Self {
            create,
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
        let name = file_name(id);
        let place = |v: usize| format!("{name}.{}.xml", labels[v]);
        for (v, version) in versions.iter().enumerate() {
            let out = self.create.create(&place(v))?;
            let lang: [(&str, &dyn std::fmt::Display); 1] = [("lang", &labels[v])];
            let dropped = write_document(out, "text", &lang, Ids::InterText, version, unit)?;
            self.losses.add(Loss::Character, dropped);
        }
        for [from, to] in pairs(versions.len()) {
            let links = format!("{name}.{}.{}.alignment.xml", labels[from], labels[to]);
            let mut file = XmlWriter::new(self.create.create(&links)?)?;
            file.start(
                "linkGrp",
                &[("toDoc", &place(to)), ("fromDoc", &place(from))],
            )?;
            file.line()?;
            for bead in alignment {
                let [own, other] = [to, from].map(|v| bead.segments()[v].as_slice());
                if own.is_empty() && other.is_empty() {
                    continue;
                }
                let list = |v: usize, own| Ids::InterText.list(&versions[v], unit, own);
                file.empty(
                    "link",
                    &[
                        ("type", &format_args!("{}-{}", own.len(), other.len())),
                        (
                            "xtargets",
                            &format_args!("{};{}", list(to, own), list(from, other)),
                        ),
                        ("status", &if bead.confirmed() { "man" } else { "auto" }),
                    ],
                )?;
                file.line()?;
            }
            file.end("linkGrp")?;
            file.line()?;
            file.flush()?;
        }
        self.losses.add(Loss::Score, alignment.iter().count());
        let marks = [Loss::MovedMark, Loss::ConflictMark];
        self.losses.add_marks(alignment, &marks);
        Ok(())
    }

    fn finish(&mut self) -> Result<Losses, Error> {
        Ok(std::mem::take(&mut self.losses))
    }
}
