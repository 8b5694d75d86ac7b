//! [`Index`]: the pages of many articles, those first in which most is likely to be wrong.

use std::collections::BTreeMap;
use std::io::{self, Write};

use super::html::Escaped;
use super::page::head;
use super::table::is_doubtful;
use crate::error::Error;
use crate::format::Aligned;
use crate::lang::Lang;

const STYLE: &str = include_str!("page/index.css");

/// Bins of the scores.
const BINS: usize = 20;

/// Articles and shapes that are listed at the most.
const MOST: usize = 5000;
const SHAPES: usize = 12;

/// A list of the pages of many articles.
///
/// # Examples
///
/// ```
/// use triglyph::format::Aligned;
/// use triglyph::report::Index;
/// use triglyph::{Aligner, Article};
///
/// let article = Article::detect(["One cat.", "Un chat.", "Eine Katze."])?;
/// let alignment = Aligner::new().align(&article);
///
/// let mut index = Index::new("Cats");
/// index.add(&Aligned::new("cat", article, alignment)?, "articles/cat.html");
/// let mut html = Vec::new();
/// index.write(&mut html)?;
/// assert!(String::from_utf8_lossy(&html).contains("href=\"articles/cat.html\""));
/// # Ok::<(), triglyph::Error>(())
/// ```
#[derive(Clone, Debug)]
pub struct Index {
    title: String,
    judged: bool,
    entries: Vec<Entry>,
    scores: [usize; BINS],
    langs: BTreeMap<Lang, usize>,
    shapes: BTreeMap<String, usize>,
}

/// What is said of an article.
#[derive(Clone, Debug)]
struct Entry {
    id: String,
    url: String,
    langs: Vec<Lang>,
    beads: usize,
    /// How many beads are expected to be wrong.
    wrong: f64,
    doubtful: usize,
    moved: usize,
    confirmed: usize,
    score: f64,
}

impl Index {
    /// An index without articles.
    #[must_use]
    pub fn new(title: impl Into<String>) -> Self {
        Self {
            title: title.into(),
            judged: true,
            entries: Vec::new(),
            scores: [0; BINS],
            langs: BTreeMap::new(),
            shapes: BTreeMap::new(),
        }
    }

    /// Sets whether the pages are ones to make gold with, see [`Page::gold`](super::Page::gold): then
    /// articles are listed by name, and nothing is said of their beads.
    #[must_use]
    pub const fn gold(mut self, gold: bool) -> Self {
        self.judged = !gold;
        self
    }

    /// Adds an article, whose page is at `url`, relative to the index.
    pub fn add(&mut self, aligned: &Aligned, url: impl Into<String>) {
        let (article, alignment) = (aligned.article(), aligned.alignment());
        let mut entry = Entry {
            id: aligned.id().to_owned(),
            url: url.into(),
            langs: article.versions().iter().map(|v| v.lang()).collect(),
            beads: 0,
            wrong: 0.0,
            doubtful: 0,
            moved: 0,
            confirmed: 0,
            score: alignment.score(),
        };
        for &lang in &entry.langs {
            *self.langs.entry(lang).or_default() += 1;
        }
        for bead in alignment {
            entry.beads += 1;
            entry.wrong += 1.0 - bead.score();
            entry.doubtful += usize::from(is_doubtful(bead));
            entry.moved += usize::from(bead.moved());
            entry.confirmed += usize::from(bead.confirmed());
            let bin = (bead.score() * BINS as f64) as usize;
            self.scores[bin.min(BINS - 1)] += 1;
            *self.shapes.entry(bead.shape().to_string()).or_default() += 1;
        }
        self.entries.push(entry);
    }

    /// How many articles it lists.
    #[must_use]
    pub const fn len(&self) -> usize {
        self.entries.len()
    }

    /// Whether it lists none.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// Writes the page of the index.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Write`](crate::ErrorKind::Write) where writing fails.
    pub fn write(&self, out: &mut dyn Write) -> Result<(), Error> {
        let class = if self.judged { "" } else { " class=\"gold\"" };
        head(out, class, &self.title, STYLE, "")?;
        let (title, count) = (Escaped(&self.title), self.entries.len());
        let articles = if count == 1 { "article" } else { "articles" };
        writeln!(
            out,
            "</head>\n<body>\n<header>\n<h1><bdi>{title}</bdi></h1>\n<p>{count} {articles}</p>\n</header>\n<main>"
        )?;
        if self.judged {
            self.write_charts(out)?;
        }
        self.write_list(out)?;
        writeln!(out, "</main>\n</body>\n</html>")?;
        Ok(())
    }

    fn write_charts(&self, out: &mut dyn Write) -> io::Result<()> {
        let scores = self.scores.iter().enumerate();
        let scores = scores.map(|(bin, &count)| {
            let [from, to] = [bin, bin + 1].map(|bin| bin as f64 / BINS as f64);
            (format!("{from:.2}–{to:.2}"), count)
        });
        let langs = self
            .langs
            .iter()
            .map(|(lang, &count)| (lang.name().to_owned(), count));
        let mut shapes: Vec<(String, usize)> = self.shapes.clone().into_iter().collect();
        shapes.sort_by(|x, y| y.1.cmp(&x.1).then_with(|| x.0.cmp(&y.0)));
        let rest: usize = shapes.iter().skip(SHAPES).map(|(_, count)| count).sum();
        shapes.truncate(SHAPES);
        if rest > 0 {
            shapes.push(("others".into(), rest));
        }
        writeln!(out, "<div class=\"charts\">")?;
        chart(out, "Rows by score", "score", &scores.collect::<Vec<_>>())?;
        chart(out, "Rows by shape", "shape", &shapes)?;
        chart(
            out,
            "Versions by language",
            "language",
            &langs.collect::<Vec<_>>(),
        )?;
        writeln!(out, "</div>")
    }

    fn write_list(&self, out: &mut dyn Write) -> io::Result<()> {
        let mut entries: Vec<&Entry> = self.entries.iter().collect();
        match self.judged {
            true => {
                entries.sort_by(|x, y| y.wrong.total_cmp(&x.wrong).then_with(|| x.id.cmp(&y.id)))
            }
            false => entries.sort_by(|x, y| x.id.cmp(&y.id)),
        }
        if let Some(left_out) = entries.len().checked_sub(MOST).filter(|&count| count > 0) {
            let order = if self.judged {
                "in which least is likely to be wrong"
            } else {
                "behind these"
            };
            writeln!(
                out,
                "<p class=\"note\">{left_out} articles {order} are not listed; they have pages too.</p>"
            )?;
        }
        let order = match self.judged {
            true => {
                "Those first in which most rows are expected to be wrong: the sum of what their scores leave open."
            }
            false => "In the order of their names.",
        };
        writeln!(
            out,
            "<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"List of articles\"><table>\n\
             <caption>{order}</caption>\n<thead><tr><th scope=\"col\">Article</th><th scope=\"col\">Languages</th>"
        )?;
        let columns = [
            "Rows",
            "Expected wrong",
            "Doubtful",
            "Moved",
            "Confirmed",
            "Score",
        ];
        let shown = if self.judged { &columns[..] } else { &[] };
        for column in shown {
            writeln!(out, "<th scope=\"col\" class=\"number\">{column}</th>")?;
        }
        writeln!(out, "</tr></thead>\n<tbody>")?;
        for entry in entries.iter().take(MOST) {
            let langs: Vec<&str> = entry.langs.iter().map(Lang::code).collect();
            write!(
                out,
                "<tr><th scope=\"row\"><a href=\"{}\"><bdi>{}</bdi></a></th><td>{}</td>",
                Escaped(&entry.url),
                Escaped(&entry.id),
                Escaped(&langs.join(", ")),
            )?;
            if self.judged {
                let Entry {
                    beads,
                    wrong,
                    doubtful,
                    moved,
                    confirmed,
                    score,
                    ..
                } = entry;
                for number in [
                    beads.to_string(),
                    format!("{wrong:.1}"),
                    doubtful.to_string(),
                    moved.to_string(),
                    confirmed.to_string(),
                    format!("{score:.2}"),
                ] {
                    write!(out, "<td class=\"number\">{number}</td>")?;
                }
            }
            writeln!(out, "</tr>")?;
        }
        writeln!(out, "</tbody></table></div>")
    }
}

/// Writes counts as a table with a bar for each.
fn chart(out: &mut dyn Write, title: &str, of: &str, counts: &[(String, usize)]) -> io::Result<()> {
    let most = counts
        .iter()
        .map(|(_, count)| *count)
        .max()
        .unwrap_or(0)
        .max(1);
    writeln!(
        out,
        "<table class=\"chart\"><caption>{title}</caption><thead><tr><th scope=\"col\">{of}</th>\
         <th scope=\"col\" class=\"number\">count</th><td></td></tr></thead><tbody>"
    )?;
    for (name, count) in counts {
        let width = 100.0 * *count as f64 / most as f64;
        writeln!(
            out,
            "<tr><th scope=\"row\">{}</th><td class=\"number\">{count}</td><td><svg class=\"bar\" viewBox=\"0 0 100 10\" \
             preserveAspectRatio=\"none\" aria-hidden=\"true\"><rect width=\"{width:.1}\" height=\"10\"/></svg></td></tr>",
            Escaped(name)
        )?;
    }
    writeln!(out, "</tbody></table>")
}
