//! The stems of one language, found by a hash.
//!
//! A stem and what is told of it stand in one place, whose address is known beforehand, so that memory is waited
//! for once. Sorted stems, which are found by halves, take four places, each of which says where the next one is.

use super::{FREQUENCIES, FREQUENCY_STEPS, code};
use crate::lexicon::Known;

/// Bytes of a bucket: as much as two lines of a processor's cache.
pub(super) const BUCKET: usize = 128;
/// Bytes of its head.
const HEAD: usize = 4;
/// Bytes that tell of a stem, besides its own.
const TOLD: usize = 3;
/// Bytes of a bucket that stems stand in.
const ROOM: usize = BUCKET - HEAD;
/// Bytes of a stem at the most.
pub(in crate::lexicon) const MAX_STEM_BYTES: usize = ROOM - TOLD;
/// How much of the buckets is filled: 2 / 3. Of the stems of the embedded lexicon, 3 to 4 % find no room in their
/// bucket then, and stand in the next one.
const FILLED: [usize; 2] = [2, 3];
/// The bit of a head that says that the bucket is full.
const IS_FULL: u32 = 0x80;

/// The stems of one language.
#[derive(Clone, Copy)]
pub(crate) struct Stems<'a> {
    pub(super) count: usize,
    /// How many of the buckets, the first ones, hashes are spread over.
    pub(super) homes: usize,
    pub(super) buckets: &'a [[u8; BUCKET]],
}

/// Stems that hashes send to the same place, or to one of the last before it.
pub(super) struct Bucket<'a> {
    /// The number of the first one.
    pub(super) first: u32,
    /// Whether some stems that it had no room for stand in the next one.
    pub(super) is_full: bool,
    /// Of each stem, a byte of its hash, how many bytes it has, and its frequency.
    pub(super) told: &'a [[u8; TOLD]],
    /// The stems one behind the other.
    text: &'a [u8],
}

impl<'a> Stems<'a> {
    /// Those of a section of a file, if there is room for so many.
    pub(super) fn of(section: &'a [u8], count: usize) -> Option<Self> {
        let (homes, buckets) = section.split_first_chunk()?;
        let buckets = buckets.as_chunks().0;
        let has_room = count <= buckets.len() * (ROOM / TOLD);
        has_room.then(|| Self {
            count,
            homes: u32::from_le_bytes(*homes) as usize,
            buckets,
        })
    }

    /// How many there are.
    pub(crate) const fn len(&self) -> usize {
        self.count
    }

    /// The number of a stem, and its share among all words of the texts that the lexicon was trained from.
    pub(crate) fn find(&self, stem: &str) -> Option<Known<u32>> {
        let (home, mark) = self.home(stem);
        for bytes in self.buckets.get(home..)? {
            let bucket = Bucket::of(bytes);
            let is_it = |(own, mark_of_own)| mark_of_own == mark && own == stem.as_bytes();
            if let Some(index) = bucket.stems().position(is_it) {
                let [.., frequency] = bucket.told[index];
                return Some(Known {
                    frequency: FREQUENCIES[usize::from(frequency)],
                    number: bucket.first + index as u32,
                });
            }
            if !bucket.is_full {
                break;
            }
        }
        None
    }

    /// A stem by its number.
    pub(crate) fn stem(&self, number: u32) -> &'a str {
        let after = (self.buckets).partition_point(|bytes| Bucket::of(bytes).first <= number);
        let bucket = after.checked_sub(1).map(|at| Bucket::of(&self.buckets[at]));
        let stem = bucket.and_then(|bucket| {
            let index = number.checked_sub(bucket.first)?;
            bucket.stems().nth(index as usize)
        });
        let text = stem.and_then(|(stem, _)| str::from_utf8(stem).ok());
        text.unwrap_or_default()
    }

    /// The bucket where a stem is looked for first, and its mark.
    pub(super) fn home(&self, stem: &str) -> (usize, u8) {
        home(stem, self.homes)
    }
}

impl<'a> Bucket<'a> {
    pub(super) fn of([a, b, c, d, bytes @ ..]: &'a [u8; BUCKET]) -> Self {
        let head = u32::from_le_bytes([*a, *b, *c, *d]);
        let count = (head & (IS_FULL - 1)) as usize;
        let (told, text) = bytes.split_at(bytes.len().min(TOLD * count));
        Self {
            first: head >> 8,
            is_full: head & IS_FULL > 0,
            told: told.as_chunks().0,
            text,
        }
    }

    /// The bytes of each stem, and its mark.
    pub(super) fn stems(&self) -> impl Iterator<Item = (&'a [u8], u8)> + use<'a> {
        let (mut start, text) = (0, self.text);
        self.told.iter().map_while(move |&[mark, length, _]| {
            let end = start + usize::from(length);
            let stem = text.get(start..end)?;
            start = end;
            Some((stem, mark))
        })
    }
}

/// Stems in the buckets where they are written.
pub(super) struct Placed {
    /// Per given one, its number.
    pub(super) numbers: Vec<u32>,
    homes: usize,
    pub(super) buckets: Vec<[u8; BUCKET]>,
}

impl Placed {
    /// Of stems with their frequencies; one has [`MAX_STEM_BYTES`] at the most.
    pub(super) fn new(stems: &[(Box<str>, f32)]) -> Self {
        debug_assert!(stems.iter().all(|(stem, _)| stem.len() <= MAX_STEM_BYTES));
        // With what is lost at the end of a bucket, if all are so long.
        let taken = |(stem, _): &(Box<str>, f32)| ROOM / (ROOM / (TOLD + stem.len()));
        let bytes: usize = stems.iter().map(taken).sum();
        let homes = (bytes * FILLED[1]).div_ceil(ROOM * FILLED[0]);
        let home = |index: u32| home(&stems[index as usize].0, homes);
        let mut order: Vec<u32> = (0..stems.len() as u32).collect();
        order.sort_by_cached_key(|&index| (home(index).0, &stems[index as usize].0));
        let mut numbers = vec![0; stems.len()];
        for (number, &index) in (0..).zip(&order) {
            numbers[index as usize] = number;
        }
        let mut buckets = Vec::with_capacity(homes);
        let mut rest = &order[..];
        while buckets.len() < homes || !rest.is_empty() {
            let mut room = ROOM;
            let own = rest
                .iter()
                .take_while(|&&index| home(index).0 <= buckets.len());
            let count = own.take_while(|&&index| {
                let bytes = TOLD + stems[index as usize].0.len();
                let fits = bytes <= room;
                room = room.saturating_sub(bytes);
                fits
            });
            let (own, others) = rest.split_at(count.count());
            let is_full = others
                .first()
                .is_some_and(|&index| home(index).0 <= buckets.len());
            let first = order.len() - rest.len();
            let flag = if is_full { IS_FULL } else { 0 };
            let head = ((first as u32) << 8) | flag | own.len() as u32;
            let told = own.iter().flat_map(|&index| {
                let (stem, frequency) = &stems[index as usize];
                [
                    home(index).1,
                    stem.len() as u8,
                    code(*frequency, FREQUENCY_STEPS),
                ]
            });
            let text = own
                .iter()
                .flat_map(|&index| stems[index as usize].0.bytes());
            let bytes = head.to_le_bytes().into_iter().chain(told).chain(text);
            let mut bucket = [0; BUCKET];
            bucket
                .iter_mut()
                .zip(bytes)
                .for_each(|(to, from)| *to = from);
            buckets.push(bucket);
            rest = others;
        }
        Self {
            numbers,
            homes,
            buckets,
        }
    }

    /// Writes what [`Stems`] reads.
    pub(super) fn put(&self, bytes: &mut Vec<u8>) {
        bytes.extend_from_slice(&(self.homes as u32).to_le_bytes());
        bytes.extend_from_slice(self.buckets.as_flattened());
    }
}

/// Bytes of a section of so many buckets.
pub(super) fn size(buckets: usize) -> usize {
    buckets.saturating_mul(BUCKET).saturating_add(4)
}

/// The bucket where a stem is looked for first, of so many: the upper half of its hash, stretched; and its mark,
/// the lowest byte of the hash.
fn home(stem: &str, homes: usize) -> (usize, u8) {
    let hash = rapidhash::v3::rapidhash_v3(stem.as_bytes());
    let home = ((hash >> 32) * homes as u64) >> 32;
    (home as usize, hash as u8)
}
