//! Alignments that were read from files, compared with the gold: those of other programs, and those
//! made before.

use std::collections::HashMap;

use super::{Counts, GoldArticle, Link, judged, lax, overlap, strict};
use crate::article::{Unit, Version};
use crate::error::Error;
use crate::format::Aligned;

impl GoldArticle {
    /// Compares an alignment that was read from a file with the gold.
    ///
    /// Versions are found by their languages; of a gold article with more versions, those count that
    /// the file has. Segments are found by their texts, white space left aside: a segment is the unit
    /// with the same text, or the units whose texts make it up, as where a format joins the segments
    /// of a bead. One that is neither is a unit of its own, which no link of the gold names.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Invalid`](crate::ErrorKind::Invalid) where less than two versions of the file are
    /// in languages of the gold article.
    ///
    /// # Examples
    ///
    /// ```
    /// use triglyph::eval::GoldArticle;
    /// use triglyph::format::moses::Reader;
    /// use triglyph::{Article, Lang, Source};
    ///
    /// let english = Source::new("Good day.\n\nIt rains.").lang(Lang::EN);
    /// let article = Article::detect([english, Source::new("Guten Tag. Es regnet.").lang(Lang::DE)])?;
    /// let gold = GoldArticle::new(article, vec![vec![vec![0, 1], vec![0]]])?;
    /// let mut reader = Reader::new("x")
    ///     .version("x.de", Lang::DE, "Guten Tag. Es regnet.\n".as_bytes())
    ///     .version("x.en", Lang::EN, "Good day. It rains.\n".as_bytes());
    /// let counts = gold.compare_read(&reader.next().expect("one article")?)?;
    /// assert_eq!(counts.strict.f1(), 1.0);
    /// # Ok::<(), triglyph::Error>(())
    /// ```
    pub fn compare_read(&self, aligned: &Aligned) -> Result<Counts, Error> {
        let own = self.article.versions();
        let mut places: Vec<usize> = Vec::new();
        let mut chosen = Vec::new();
        for (v, version) in aligned.article().versions().iter().enumerate() {
            let fits =
                |&place: &usize| own[place].lang() == version.lang() && !places.contains(&place);
            if let Some(place) = (0..own.len()).find(fits) {
                places.push(place);
                chosen.push(v);
            }
        }
        if chosen.len() < 2 {
            let reason = format!(
                "{}: {} versions in languages of the gold, expected two or more",
                aligned.id(),
                chosen.len()
            );
            return Err(Error::invalid("alignment", reason));
        }
        let gold = self.select(&places)?;
        let aligned = aligned.select(&chosen)?;
        Ok(gold.compare_links(&gold.links_of(&aligned)))
    }

    /// The beads as links between gold units, with their scores; versions are those of the gold.
    fn links_of(&self, aligned: &Aligned) -> Vec<(Link, f64)> {
        let unit = aligned.alignment().unit();
        let versions = self
            .article
            .versions()
            .iter()
            .zip(aligned.article().versions());
        let units = versions.enumerate().map(|(v, (gold, read))| {
            // The gold is cut into its units, whatever the unit of the alignment is called.
            let units = UnitTexts::new(gold, &self.units[v], unit);
            units.of_segments(read, unit)
        });
        let units: Vec<Vec<Vec<usize>>> = units.collect();
        let beads = aligned.alignment().iter().flat_map(|bead| {
            let named = bead.segments().iter().zip(&units).map(|(segments, units)| {
                let mut named: Vec<usize> =
                    segments.iter().flat_map(|&s| units[s].clone()).collect();
                named.sort_unstable();
                named.dedup();
                named
            });
            let link = Link::of(&named.collect::<Vec<_>>());
            let score = bead.score();
            self.without_noise(link)
                .into_iter()
                .map(move |link| (link, score))
        });
        beads.collect()
    }

    /// Compares links that were found, with their scores, with the gold.
    pub(super) fn compare_links(&self, scored: &[(Link, f64)]) -> Counts {
        let gold = self.gold();
        let judged = judged(scored, &gold);
        let found: Vec<Link> = scored.iter().map(|(link, _)| link.clone()).collect();
        Counts {
            articles: 1,
            strict: strict(&found, &gold),
            pair: overlap(&found, &gold, Link::pairs),
            null: overlap(&found, &gold, Link::nulls),
            lax: (self.units.len() == 2).then(|| lax(&found, &gold)),
            reliability: judged.beads.into_iter().collect(),
            null_reliability: judged.nulls.into_iter().collect(),
        }
    }
}

/// The units of a gold version by their texts.
struct UnitTexts {
    /// The number of each unit and its text without white space, in the order of the version.
    units: Vec<(usize, String)>,
    /// Places of the units with a text, the last one first.
    places: HashMap<String, Vec<usize>>,
    /// Whether a segment was found that the unit is part of.
    taken: Vec<bool>,
}

impl UnitTexts {
    fn new(version: &Version, numbers: &[usize], unit: Unit) -> Self {
        let segments = version.segments(unit).iter().enumerate();
        let units = segments.map(|(s, segment)| {
            let number = numbers.get(s).copied().unwrap_or(s);
            (number, bare(version.text_of(segment)))
        });
        let units: Vec<(usize, String)> = units.collect();
        let mut places: HashMap<String, Vec<usize>> = HashMap::new();
        for (place, (_, text)) in units.iter().enumerate().rev() {
            places.entry(text.clone()).or_default().push(place);
        }
        let taken = vec![false; units.len()];
        Self {
            units,
            places,
            taken,
        }
    }

    /// The units that each segment of a version is made of.
    fn of_segments(mut self, version: &Version, unit: Unit) -> Vec<Vec<usize>> {
        let unknown = self
            .units
            .iter()
            .map(|(number, _)| number + 1)
            .max()
            .unwrap_or_default();
        let mut next = 0;
        let segments = version.segments(unit).iter().enumerate();
        let found = segments.map(|(s, segment)| {
            let text = bare(version.text_of(segment));
            let one = |places: &HashMap<String, Vec<usize>>| {
                let place = places.get(&text)?.last()?;
                Some(vec![*place])
            };
            let run = (self.run(next, &text))
                .or_else(|| one(&self.places))
                .or_else(|| (next..self.units.len()).find_map(|at| self.run(at, &text)))
                .or_else(|| (0..next).find_map(|at| self.run(at, &text)));
            let Some(run) = run else {
                return vec![unknown + s];
            };
            next = run.last().map_or(next, |last| last + 1);
            for &place in &run {
                self.taken[place] = true;
                if let Some(places) = self.places.get_mut(&self.units[place].1) {
                    places.retain(|&other| other != place);
                }
            }
            run.into_iter().map(|place| self.units[place].0).collect()
        });
        found.collect()
    }

    /// The places of units that make up a text, the first of them at `at`; others that stand between
    /// them are passed over, and so are those that a segment before was made of.
    fn run(&self, at: usize, text: &str) -> Option<Vec<usize>> {
        let mut places = Vec::new();
        let mut rest = text;
        for (place, (_, unit)) in self.units.iter().enumerate().skip(at) {
            let next = (rest.strip_prefix(unit.as_str()))
                .filter(|_| !unit.is_empty() && !self.taken[place]);
            match next {
                Some("") => {
                    places.push(place);
                    return Some(places);
                }
                Some(next) => {
                    places.push(place);
                    rest = next;
                }
                None if places.is_empty() => return None,
                None => {}
            }
        }
        None
    }
}

/// A text without its white space.
fn bare(text: &str) -> String {
    text.split_whitespace().collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::Article;
    use crate::format::moses::Reader;
    use crate::input::Source;
    use crate::lang::Lang;

    /// Strict, pair and null F1 of line-parallel texts against links of `1 2 3 4` and `a b c d`.
    fn scores(english: &str, german: &str) -> [f64; 3] {
        let source = |text: &str, lang| {
            Source::new(text.replace(' ', "\n"))
                .lang(lang)
                .lines(Unit::Paragraph)
        };
        let article = Article::detect([source("1 2 3 3 4", Lang::EN), source("a b c d", Lang::DE)]);
        let links = [
            [&[0][..], &[0][..]],
            [&[1, 2], &[1]],
            [&[3], &[2]],
            [&[4], &[]],
            [&[], &[3]],
        ];
        let links = links.map(|link| link.map(<[usize]>::to_vec).to_vec());
        let gold = GoldArticle::new(article.unwrap(), links.to_vec()).unwrap();
        let mut reader = Reader::new("x")
            .version("x.en", Lang::EN, english.as_bytes())
            .version("x.de", Lang::DE, german.as_bytes());
        let counts = gold.compare_read(&reader.next().unwrap().unwrap()).unwrap();
        [counts.strict, counts.pair, counts.null].map(|tally| (tally.f1() * 1e3).round() / 1e3)
    }

    #[test]
    fn segments_are_found_by_text() {
        for (name, english, german, expected) in [
            (
                "as the gold",
                "1\n2 3\n3\n4\n\n",
                "a\nb\nc\n\nd\n",
                [1.0; 3],
            ),
            (
                "another order",
                "4\n1\n2 3\n3\n\n",
                "\na\nb\nc\nd\n",
                [1.0; 3],
            ),
            (
                "one link wrong",
                "1\n2\n3 3\n4\n\n",
                "a\nb\nc\n\nd\n",
                [0.333, 0.75, 1.0],
            ),
            (
                "a text that is not there",
                "1\n2 3\nx\n4\n\n",
                "a\nb\nc\n\nd\n",
                [0.667, 0.75, 1.0],
            ),
        ] {
            assert_eq!(scores(english, german), expected, "{name}");
        }
    }
}
