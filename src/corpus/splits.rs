//! [`Splits`]: which articles are to train, to develop and to test with.
//!
//! An article is put by the hash of a name, so that more articles do not move those that are there: its own, or
//! that of the first of all articles it is bound to. Articles are bound that share a bead that is kept in both,
//! the same or much like it, or the same text of at least [`WORDS`] words in one language.

use std::fmt;
use std::io;
use std::path::Path;

use super::entry::hash_of;
use super::sorter::Sorter;

/// Words from which on a text that two articles share in one language binds them: shorter ones, `Leave a
/// comment`, are everywhere, and give nothing away.
pub(super) const WORDS: usize = 8;

/// Shares of the articles that are kept aside.
#[derive(Clone, Copy, PartialEq, Debug, Default)]
pub struct Splits {
    dev: f64,
    test: f64,
}

/// What an article is for.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default)]
pub enum Split {
    /// To train with.
    #[default]
    Train,
    /// To develop with.
    Dev,
    /// To test with.
    Test,
}

impl Split {
    /// All, in the order that files list them in.
    pub const ALL: [Self; 3] = [Self::Train, Self::Dev, Self::Test];

    /// Its name: `train`, `dev` or `test`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Train => "train",
            Self::Dev => "dev",
            Self::Test => "test",
        }
    }
}

impl fmt::Display for Split {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl Splits {
    /// These shares of the articles to develop and to test with; none where they are not shares.
    #[must_use]
    pub fn new(dev: f64, test: f64) -> Option<Self> {
        let sound = dev >= 0.0 && test >= 0.0 && dev + test < 1.0;
        sound.then_some(Self { dev, test })
    }

    /// The split of the articles that are bound to the one of this name.
    pub(super) fn of(self, id: &str) -> Split {
        let at = hash_of(format!("split {id}").as_bytes()) as f64 / 2_f64.powi(64);
        if at < self.test {
            Split::Test
        } else if at < self.test + self.dev {
            Split::Dev
        } else {
            Split::Train
        }
    }
}

/// Which articles are bound to each other.
pub(super) struct Bonds {
    /// Rows of what is held, the bead and the article.
    rows: Sorter<3>,
    /// The first article that each is bound to, as far as is known: union–find, of 4 bytes an article.
    first: Vec<u32>,
}

impl Bonds {
    pub(super) fn new(folder: &Path) -> Self {
        Self {
            rows: Sorter::new(folder.join("bonds")),
            first: Vec::new(),
        }
    }

    /// Takes the next article.
    pub(super) fn article(&mut self) -> u32 {
        let article = u32::try_from(self.first.len()).unwrap_or(u32::MAX);
        self.first.push(article);
        article
    }

    /// Takes something that a bead of an article holds.
    pub(super) fn push(&mut self, held: u64, bead: u64, article: u32) -> io::Result<()> {
        self.rows.push([held, bead, u64::from(article)])
    }

    /// Binds all articles that hold the same in beads that are kept, and tells the first of those that each is
    /// bound to.
    pub(super) fn finish(self, is_kept: impl Fn(u64) -> bool) -> io::Result<Vec<u32>> {
        let mut first = self.first;
        let mut before = None;
        for row in self.rows.sorted()? {
            let [held, bead, article] = row?;
            if !is_kept(bead) {
                continue;
            }
            let article = article as u32;
            if let Some((same, other)) = before
                && same == held
            {
                join(&mut first, other, article);
            }
            before = Some((held, article));
        }
        for article in 0..first.len() {
            first[article] = root(&mut first, article as u32);
        }
        Ok(first)
    }
}

fn join(first: &mut [u32], a: u32, b: u32) {
    let (a, b) = (root(first, a), root(first, b));
    first[a.max(b) as usize] = a.min(b);
}

fn root(first: &mut [u32], mut article: u32) -> u32 {
    while first[article as usize] != article {
        let next = first[article as usize];
        first[article as usize] = first[next as usize];
        article = next;
    }
    article
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bound_articles() {
        let mut bonds = Bonds::new(&std::env::temp_dir());
        for _ in 0..6 {
            bonds.article();
        }
        for (held, bead, article) in [
            (7, 0, 4),
            (7, 1, 2),
            (8, 2, 2),
            (8, 3, 1),
            (9, 4, 0),
            (9, 5, 5),
        ] {
            bonds.push(held, bead, article).unwrap();
        }
        let first = bonds.finish(|bead| bead != 5).unwrap();
        assert_eq!(first, [0, 1, 1, 3, 1, 5]);
    }

    #[test]
    fn shares() {
        let splits = Splits::new(0.1, 0.2).unwrap();
        let of = |split| {
            (0..1000)
                .filter(|id: &i32| splits.of(&id.to_string()) == split)
                .count()
        };
        assert!((80..120).contains(&of(Split::Dev)), "{}", of(Split::Dev));
        assert!((160..240).contains(&of(Split::Test)), "{}", of(Split::Test));
        for (dev, test) in [(0.5, 0.5), (-0.1, 0.2), (f64::NAN, 0.0)] {
            assert_eq!(Splits::new(dev, test), None, "{dev} {test}");
        }
    }
}
