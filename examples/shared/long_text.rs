//! Gold articles one behind the other.

use triglyph::eval::GoldArticle;
use triglyph::{Article, Error, Lang, Source, Unit};

/// Two versions, a paragraph on each line, and which of them are linked.
pub(crate) struct LongText {
    pub(crate) langs: [Lang; 2],
    pub(crate) lines: [Vec<String>; 2],
    /// Per link, the lines of each version.
    pub(crate) links: Vec<Vec<Vec<usize>>>,
    /// How many articles there are.
    pub(crate) articles: usize,
}

impl LongText {
    /// Puts the articles that have both languages one behind the other, until a version has as many
    /// paragraphs as are enough.
    pub(crate) fn of(
        articles: &[&GoldArticle],
        langs: [Lang; 2],
        enough: usize,
    ) -> Result<Self, Error> {
        let mut all = Self {
            langs,
            lines: [const { Vec::new() }; 2],
            links: Vec::new(),
            articles: 0,
        };
        for gold in articles {
            let versions = gold.article().versions();
            let place = |lang| versions.iter().position(|v| v.lang() == lang);
            let [Some(first), Some(second)] = langs.map(place) else {
                continue;
            };
            let gold = gold.select(&[first, second])?;
            all.push_links(gold.links());
            for (lines, version) in all.lines.iter_mut().zip(gold.article().versions()) {
                for segment in version.segments(Unit::Paragraph) {
                    let words = version.text_of(segment).split_whitespace();
                    lines.push(words.collect::<Vec<_>>().join(" "));
                }
            }
            all.articles += 1;
            if all.lines.iter().any(|lines| lines.len() >= enough) {
                break;
            }
        }
        Ok(all)
    }

    /// Adds the links of what is put behind the lines that are there.
    pub(crate) fn push_links(&mut self, links: Vec<Vec<Vec<usize>>>) {
        for mut link in links {
            for (paragraphs, lines) in link.iter_mut().zip(&self.lines) {
                paragraphs.iter_mut().for_each(|p| *p += lines.len());
            }
            self.links.push(link);
        }
    }

    /// The same as an article with its gold.
    pub(crate) fn gold(self) -> Result<GoldArticle, Error> {
        let [first, second] = self.lines.map(|lines| lines.join("\n"));
        let lines = |text, lang| Source::new(text).lines(Unit::Paragraph).lang(lang);
        let [x, y] = self.langs;
        let article = Article::detect([lines(first, x), lines(second, y)])?;
        GoldArticle::new(article, self.links)
    }
}
