//! [`Links`]: which sentences of one version are linked to which of another, sparsely.

/// A link to a sentence of another version.
#[derive(Clone, Copy, PartialEq, Debug)]
pub(super) struct Link {
    /// The sentence.
    pub(super) to: usize,
    /// The probability of the link.
    pub(super) p: f32,
    /// Whether it stands elsewhere than the order of the two versions lets expect.
    pub(super) moved: bool,
}

/// The links from the sentences of one version to those of another.
#[derive(Clone, Default, Debug)]
pub(super) struct Links {
    /// Per sentence, where its links end; they begin where those of its predecessor end.
    ends: Vec<u32>,
    links: Vec<Link>,
}

/// Links between all versions: `[a][b]` are those from the sentences of version a to those of b.
pub(super) type Matrix = Vec<Vec<Links>>;

impl Links {
    /// The links of so many sentences, each with the sentence that it is of, in any order; of several
    /// between the same two, the first one.
    pub(super) fn new(rows: usize, mut all: Vec<(usize, Link)>) -> Self {
        all.sort_by_key(|(row, link)| (*row, link.to));
        all.dedup_by_key(|(row, link)| (*row, link.to));
        let mut ends = Vec::with_capacity(rows);
        let mut end = 0;
        for row in 0..rows {
            end += all[end..].iter().take_while(|link| link.0 == row).count();
            ends.push(end as u32);
        }
        Self {
            ends,
            links: all.into_iter().map(|(_, link)| link).collect(),
        }
    }

    /// The links of one sentence, rising.
    pub(super) fn of(&self, row: usize) -> &[Link] {
        let start = row.checked_sub(1).map_or(0, |before| self.ends[before]);
        &self.links[start as usize..self.ends[row] as usize]
    }

    /// The links of each sentence.
    pub(super) fn iter(&self) -> impl Iterator<Item = &[Link]> {
        (0..self.ends.len()).map(|row| self.of(row))
    }

    /// All links, each with the sentence that it is of.
    pub(super) fn all(&self) -> impl Iterator<Item = (usize, Link)> {
        (self.iter().enumerate())
            .flat_map(|(row, links)| links.iter().map(move |&link| (row, link)))
    }

    /// How many sentences they are of.
    pub(super) fn rows(&self) -> usize {
        self.ends.len()
    }

    /// The probability of one link; 0 where there is none.
    pub(super) fn p(&self, row: usize, to: usize) -> f32 {
        let found = self.of(row).iter().find(|link| link.to >= to);
        found
            .filter(|link| link.to == to)
            .map_or(0.0, |link| link.p)
    }

    /// The same links with other probabilities, those that `keep` gives nothing for left out.
    pub(super) fn filter_map(&self, keep: impl Fn(usize, &Link) -> Option<f32>) -> Self {
        let mut kept = Self {
            ends: Vec::with_capacity(self.ends.len()),
            links: Vec::with_capacity(self.links.len()),
        };
        for (row, links) in self.iter().enumerate() {
            let links = links.iter();
            kept.links.extend(links.filter_map(|link| {
                Some(Link {
                    p: keep(row, link)?,
                    ..*link
                })
            }));
            kept.ends.push(kept.links.len() as u32);
        }
        kept
    }

    /// The same links from the other side, which has so many sentences.
    pub(super) fn transposed(&self, columns: usize) -> Self {
        let mut next = vec![0u32; columns + 1];
        for link in &self.links {
            next[link.to + 1] += 1;
        }
        for column in 0..columns {
            next[column + 1] += next[column];
        }
        let none = Link {
            to: 0,
            p: 0.0,
            moved: false,
        };
        let mut links = vec![none; self.links.len()];
        for (row, link) in self.all() {
            let at = &mut next[link.to];
            links[*at as usize] = Link { to: row, ..link };
            *at += 1;
        }
        next.pop();
        Self { ends: next, links }
    }
}

/// The matrix of what `links` gives for each pair of versions of `sizes` sentences, both sides.
pub(super) fn matrix(
    sizes: &[usize],
    pairs: impl IntoIterator<Item = ([usize; 2], Links)>,
) -> Matrix {
    let mut all: Matrix = (sizes.iter())
        .map(|&size| vec![Links::new(size, Vec::new()); sizes.len()])
        .collect();
    for ([a, b], links) in pairs {
        all[b][a] = links.transposed(sizes[b]);
        all[a][b] = links;
    }
    all
}
