//! [`Places`]: where the pieces of a text stand in the source that it was taken from.

use std::ops::Range;

/// A piece of text, and where it stands in the source.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Piece {
    /// Where it begins in the text, in bytes.
    pub(crate) at: usize,
    /// Where it begins in the source, in bytes.
    pub(crate) start: usize,
    /// Where it ends in the source, if that is not as many bytes further as the piece is long: it is
    /// written in another way there, as `&amp;` is.
    pub(crate) end: Option<usize>,
}

impl Piece {
    /// The same piece from an offset of the text on.
    pub(crate) const fn from(self, at: usize) -> Self {
        match self.end {
            None => Self {
                at,
                start: self.start + (at - self.at),
                end: None,
            },
            Some(_) => Self { at, ..self },
        }
    }
}

/// The pieces of a text, one behind the other.
#[derive(Clone, Debug, Default)]
pub(crate) struct Places {
    pieces: Vec<Piece>,
}

impl Places {
    /// Adds a piece behind the others; one that goes on in the source as it does in the text becomes
    /// part of the one before.
    pub(crate) fn push(&mut self, piece: Piece) {
        if let (Some(last), None) = (self.pieces.last(), piece.end)
            && last.end.is_none()
            && last.from(piece.at) == piece
        {
            return;
        }
        self.pieces.push(piece);
    }

    /// Forgets what stands at an offset of the text or behind it.
    pub(crate) fn truncate(&mut self, at: usize) {
        let keep = self.pieces.partition_point(|piece| piece.at < at);
        self.pieces.truncate(keep);
    }

    /// The pieces of a range of the text in the source of its source, whose places are `outer`.
    #[cfg(all(feature = "html", feature = "markdown"))]
    pub(crate) fn through(&self, outer: &Self, range: Range<usize>) -> Vec<Piece> {
        let pieces = self.within(range.clone());
        let ends = pieces
            .iter()
            .skip(1)
            .map(|piece| piece.at)
            .chain([range.end]);
        let mut found = Vec::new();
        for (piece, end) in pieces.iter().zip(ends) {
            let Piece {
                at,
                start,
                end: other,
            } = *piece;
            match other {
                None => {
                    let inside = outer.within(start..start + (end - at));
                    found.extend(inside.into_iter().map(|inside| Piece {
                        at: at + (inside.at - start),
                        ..inside
                    }));
                }
                Some(end) => found.extend(outer.of(start..end).map(|place| Piece {
                    at,
                    start: place.start,
                    end: Some(place.end),
                })),
            }
        }
        found
    }

    /// The pieces of a range of the text, the first cut to its start.
    #[cfg(all(feature = "html", feature = "markdown"))]
    fn within(&self, range: Range<usize>) -> Vec<Piece> {
        let first = self.pieces.partition_point(|piece| piece.at <= range.start);
        let inside = self.pieces[first.saturating_sub(1)..].iter();
        let inside = inside.take_while(|piece| piece.at < range.end);
        inside
            .map(|piece| piece.from(piece.at.max(range.start)))
            .collect()
    }

    /// Where a range of the text stands in the source, from its first byte to its last; none for an
    /// empty one, and where the last stands before the first.
    pub(crate) fn of(&self, range: Range<usize>) -> Option<Range<usize>> {
        let last = range.end.checked_sub(1)?;
        let holding = |at: usize| {
            let index = self.pieces.partition_point(|piece| piece.at <= at);
            self.pieces.get(index.checked_sub(1)?)
        };
        let start = holding(range.start)?.from(range.start).start;
        let behind = holding(last)?;
        let end = behind.end.unwrap_or(behind.from(range.end).start);
        (start < end).then_some(start..end)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges() {
        let mut places = Places::default();
        let piece = |at, start, end| Piece { at, start, end };
        // `<p>a &amp; <b>b</b> c`, its text `a & b c`.
        for piece in [
            piece(0, 3, None),
            piece(2, 5, Some(10)),
            piece(3, 10, None),
            piece(4, 14, None),
            piece(5, 19, None),
            piece(6, 20, None),
        ] {
            places.push(piece);
        }
        assert_eq!(places.pieces.len(), 5);
        for (range, expected) in [
            (0..7, Some(3..21)),
            (0..1, Some(3..4)),
            (0..3, Some(3..10)),
            (2..3, Some(5..10)),
            (2..5, Some(5..15)),
            (4..5, Some(14..15)),
            (6..7, Some(20..21)),
            (3..3, None),
        ] {
            assert_eq!(places.of(range.clone()), expected, "{range:?}");
        }
        places.truncate(4);
        assert_eq!(places.pieces.len(), 3);
    }

    #[test]
    fn text_that_moved_before_what_it_stands_behind() {
        let mut places = Places::default();
        for (at, start) in [(0, 20), (1, 5)] {
            places.push(Piece {
                at,
                start,
                end: None,
            });
        }
        assert_eq!(places.of(0..2), None);
        assert_eq!(places.of(1..2), Some(5..6));
    }
}
