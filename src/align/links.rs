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
    rows: Vec<Vec<Link>>,
}

/// Links between all versions: `[a][b]` are those from the sentences of version a to those of b.
pub(super) type Matrix = Vec<Vec<Links>>;

impl Links {
    /// No links from so many sentences.
    pub(super) fn new(rows: usize) -> Self {
        Self {
            rows: vec![Vec::new(); rows],
        }
    }

    /// Adds a link, unless there is one already.
    pub(super) fn add(&mut self, row: usize, link: Link) {
        let links = &mut self.rows[row];
        if let Err(at) = links.binary_search_by_key(&link.to, |l| l.to) {
            links.insert(at, link);
        }
    }

    /// The links of one sentence, rising.
    pub(super) fn of(&self, row: usize) -> &[Link] {
        &self.rows[row]
    }

    /// The links of each sentence.
    pub(super) fn iter(&self) -> impl Iterator<Item = &[Link]> {
        self.rows.iter().map(Vec::as_slice)
    }

    /// The probability of one link; 0 where there is none.
    pub(super) fn p(&self, row: usize, to: usize) -> f32 {
        let links = &self.rows[row];
        let found = links.binary_search_by_key(&to, |l| l.to);
        found.map_or(0.0, |at| links[at].p)
    }

    /// The same links with other probabilities, those that `keep` gives nothing for left out.
    pub(super) fn filter_map(&self, keep: impl Fn(usize, &Link) -> Option<f32>) -> Self {
        let rows = self.rows.iter().enumerate().map(|(row, links)| {
            let kept = links.iter().filter_map(|link| {
                let p = keep(row, link)?;
                Some(Link { p, ..*link })
            });
            kept.collect()
        });
        Self {
            rows: rows.collect(),
        }
    }

    /// The same links from the other side, which has so many sentences.
    pub(super) fn transposed(&self, columns: usize) -> Self {
        let mut other = Self::new(columns);
        for (row, links) in self.rows.iter().enumerate() {
            for link in links {
                other.rows[link.to].push(Link { to: row, ..*link });
            }
        }
        other
    }
}

/// The matrix of what `links` gives for each pair of versions of `sizes` sentences, both sides.
pub(super) fn matrix(
    sizes: &[usize],
    pairs: impl IntoIterator<Item = ([usize; 2], Links)>,
) -> Matrix {
    let mut all: Matrix = (sizes.iter())
        .map(|&size| vec![Links::new(size); sizes.len()])
        .collect();
    for ([a, b], links) in pairs {
        all[b][a] = links.transposed(sizes[b]);
        all[a][b] = links;
    }
    all
}
