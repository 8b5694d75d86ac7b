//! [`Page`]: one aligned article as an HTML file.

use std::io::{self, Write};

use super::charts;
use super::data::data;
use super::html::{Escaped, source};
use super::matches::Matcher;
use super::table::{Rows, is_doubtful};
use crate::align::{Aligner, Survey};
use crate::alignment::Bead;
use crate::article::{Article, Lock, Unit};
use crate::error::Error;
use crate::format::jsonl::round;
use crate::format::{Aligned, labels};
use crate::repair::Table;
use crate::segment;

const STYLE: &str = include_str!("page/page.css");

/// Said before anything is drawn, for what only scripts can show again is hidden then.
const FIRST: &str = "document.documentElement.classList.add(\"js\")";

/// The script, in the order in which its parts build on each other.
const PARTS: [&str; 5] = [
    include_str!("page/table.js"),
    include_str!("page/files.js"),
    include_str!("page/view.js"),
    include_str!("page/evidence.js"),
    include_str!("page/tools.js"),
];

/// An aligned article as a page to look at and to repair.
///
/// # Examples
///
/// ```
/// # #[cfg(feature = "lexicon")] {
/// use triglyph::format::Aligned;
/// use triglyph::report::Page;
/// use triglyph::{Aligner, Article};
///
/// let article = Article::detect(["One cat.", "Un chat.", "Eine Katze."])?;
/// let aligner = Aligner::new().evidence(true);
/// let alignment = aligner.align(&article);
/// let aligned = Aligned::new("cat", article, alignment)?;
///
/// let mut html = Vec::new();
/// Page::new(&aligned, &aligner).write(&mut html)?;
/// assert!(html.starts_with(b"<!DOCTYPE html>"));
/// # }
/// # Ok::<(), triglyph::Error>(())
/// ```
#[derive(Debug)]
pub struct Page<'a> {
    aligned: &'a Aligned,
    aligner: &'a Aligner,
    gold: bool,
    up: Option<String>,
}

impl<'a> Page<'a> {
    /// The page of an article. The `aligner` says what it thinks of each bead, whoever made it: the links
    /// of sentences, and what the beads rest on if it is asked for [evidence](Aligner::evidence).
    #[must_use]
    pub const fn new(aligned: &'a Aligned, aligner: &'a Aligner) -> Self {
        Self {
            aligned,
            aligner,
            gold: false,
            up: None,
        }
    }

    /// Sets whether the page is one to make gold with: it shows nothing of what the aligner found, neither
    /// scores nor beads. Each row begins with one segment of each version, in order.
    #[must_use]
    pub const fn gold(mut self, gold: bool) -> Self {
        self.gold = gold;
        self
    }

    /// Sets where the list of all articles is, relative to the page.
    #[must_use]
    pub fn up(mut self, url: impl Into<String>) -> Self {
        self.up = Some(url.into());
        self
    }

    /// Writes the page.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Write`](crate::ErrorKind::Write) where writing fails.
    pub fn write(&self, out: &mut dyn Write) -> Result<(), Error> {
        let aligned = &self.cut()?;
        let article = aligned.article();
        let survey = (!self.gold).then(|| self.survey(article)).transpose()?;
        let beads: Vec<Bead> = match self.gold {
            true => in_step(article, self.unit()),
            false => aligned.alignment().iter().map(rounded).collect(),
        };
        let script = format!("(() => {{\n\"use strict\";\n{}}})();", PARTS.concat());
        self.write_head(out, &script)?;
        self.write_header(out, &beads)?;
        let judged = if self.gold { &[][..] } else { &beads };
        write!(
            out,
            "<nav class=\"strip\" aria-label=\"Map of the article\">"
        )?;
        writeln!(out, "{}</nav>", charts::strip(judged))?;
        if let Some(survey) = &survey {
            write_plots(out, article, survey)?;
        }
        writeln!(out, "<div id=\"tools\"></div>\n<main>")?;
        Rows::new(article, self.unit(), !self.gold).write(out, &beads)?;
        writeln!(
            out,
            "</main>\n<script type=\"application/json\" id=\"data\">"
        )?;
        let lexicons = match self.gold {
            true => Vec::new(),
            false => self.aligner.lexicons(),
        };
        let data = data(aligned, survey.as_ref(), &mut Matcher::new(lexicons));
        writeln!(
            out,
            "{data}</script>\n<script>{script}</script>\n</body>\n</html>"
        )?;
        Ok(())
    }

    fn unit(&self) -> Unit {
        self.aligned.alignment().unit()
    }

    /// The same with paragraphs cut into sentences: those of a file of paragraphs are whole.
    fn cut(&self) -> Result<Aligned, Error> {
        let versions = self.aligned.article().versions().iter();
        let versions =
            versions.map(|version| segment::cut(version).unwrap_or_else(|| version.clone()));
        match self.unit() {
            Unit::Sentence => Ok(self.aligned.clone()),
            Unit::Paragraph => Aligned::new(
                self.aligned.id(),
                Article::new(versions.collect())?,
                self.aligned.alignment().clone(),
            ),
        }
    }

    /// What the aligner thinks of it; what is confirmed is certain.
    fn survey(&self, article: &Article) -> Result<Survey, Error> {
        let alignment = self.aligned.alignment();
        let confirmed = alignment.iter().filter(|bead| bead.confirmed());
        let locks: Vec<Lock> = confirmed
            .map(|bead| Lock::new(bead.segments().iter().cloned().map(Some)))
            .collect();
        match locks.is_empty() {
            true => Ok(self.aligner.survey(article, alignment)),
            false => {
                let article = article.clone().with_locks(self.unit(), locks)?;
                Ok(self.aligner.survey(&article, alignment))
            }
        }
    }

    fn write_head(&self, out: &mut dyn Write, script: &str) -> io::Result<()> {
        let class = if self.gold { " class=\"gold\"" } else { "" };
        let scripts = format!("{} {}", source(FIRST), source(script));
        head(out, class, self.aligned.id(), STYLE, &scripts)?;
        writeln!(out, "<script>{FIRST}</script>\n</head>")
    }

    fn write_header(&self, out: &mut dyn Write, beads: &[Bead]) -> io::Result<()> {
        let id = Escaped(self.aligned.id());
        writeln!(
            out,
            "<body>\n<a class=\"skip\" href=\"#rows\">Skip to the rows</a>\n<header>\n<h1><bdi>{id}</bdi></h1>"
        )?;
        if let Some(up) = &self.up {
            let up = Escaped(up);
            writeln!(out, "<p class=\"up\"><a href=\"{up}\">All articles</a></p>")?;
        }
        let is_complete = |bead: &&Bead| bead.segments().iter().all(|list| !list.is_empty());
        let complete = beads.iter().filter(is_complete).count();
        let number = |condition: &dyn Fn(&Bead) -> bool| {
            beads
                .iter()
                .filter(|bead| condition(bead))
                .count()
                .to_string()
        };
        let mut counts = vec![
            ("Rows", beads.len().to_string()),
            ("Complete", complete.to_string()),
            ("Partial", (beads.len() - complete).to_string()),
        ];
        if !self.gold {
            let score = format!("{:.2}", round(self.aligned.alignment().score()));
            counts.insert(0, ("Score", score));
            counts.push(("Moved", number(&Bead::moved)));
            counts.push(("Doubtful", number(&is_doubtful)));
        }
        counts.push(("Confirmed", number(&Bead::confirmed)));
        writeln!(out, "<dl class=\"counts\">")?;
        for (name, count) in counts {
            let key = name.to_lowercase();
            writeln!(
                out,
                "<div><dt>{name}</dt><dd data-count=\"{key}\">{count}</dd></div>"
            )?;
        }
        writeln!(out, "</dl>")?;
        for simplified in self.aligned.alignment().simplified() {
            let versions = self.aligned.article().versions();
            let names = simplified
                .versions()
                .iter()
                .filter_map(|&v| versions.get(v));
            let names: Vec<&str> = names.map(|version| version.name()).collect();
            writeln!(
                out,
                "<p class=\"note\">Aligned more simply than the rest, beyond a limit: <bdi>{}</bdi> ({} {}, at \
                 most {}).</p>",
                Escaped(&names.join(", ")),
                simplified.found(),
                simplified.limit(),
                simplified.most(),
            )?;
        }
        writeln!(
            out,
            "<noscript><p class=\"note\">Without script, the page can be read but not repaired.</p></noscript>\n\
             </header>"
        )
    }
}

/// Writes the dot plots of all pairs of versions.
fn write_plots(out: &mut dyn Write, article: &Article, survey: &Survey) -> io::Result<()> {
    let labels = labels(article);
    let count = |v: usize| article.versions()[v].segments(Unit::Sentence).len();
    writeln!(out, "<details class=\"plots\"><summary>Dot plots</summary>")?;
    for &([a, b], ref links) in &survey.links {
        let names = [&*labels[a], &*labels[b]];
        let plot = charts::plot(names, [count(a), count(b)], links);
        let [a, b] = names.map(Escaped);
        writeln!(
            out,
            "<figure>{plot}<figcaption>{a} – {b}</figcaption></figure>"
        )?;
    }
    writeln!(out, "</details>")
}

/// A bead with the score that files have of it, by which the script goes, too.
fn rounded(bead: &Bead) -> Bead {
    Bead {
        score: round(bead.score()),
        ..bead.clone()
    }
}

/// Writes the beginning of a page, up to its style; `scripts` are those that it may run.
pub(super) fn head(
    out: &mut dyn Write,
    class: &str,
    title: &str,
    style: &str,
    scripts: &str,
) -> io::Result<()> {
    let (title, allowed) = (Escaped(title), source(style));
    let script = match scripts.is_empty() {
        true => String::new(),
        false => format!(" script-src {scripts};"),
    };
    writeln!(
        out,
        "<!DOCTYPE html>\n<html lang=\"en\"{class}>\n<head>\n<meta charset=\"utf-8\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src {allowed};{script} \
         base-uri 'none'; form-action 'none'\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta name=\"color-scheme\" content=\"light dark\">\n\
         <meta name=\"generator\" content=\"triglyph {}\">\n<title>{title} – aligned</title>\n<style>{style}</style>",
        env!("CARGO_PKG_VERSION")
    )
}

/// Beads of one segment of each version, in order.
fn in_step(article: &Article, unit: Unit) -> Vec<Bead> {
    let counts = article.versions().iter().map(|v| v.segments(unit).len());
    let table = Table::in_step(&counts.collect::<Vec<usize>>());
    let beads = table.rows().iter().map(|row| Bead {
        segments: row.segments.clone(),
        score: 0.0,
        moved: false,
        conflict: false,
        confirmed: false,
        evidence: None,
    });
    beads.collect()
}
