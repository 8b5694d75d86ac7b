//! [`Vectors`]: the embeddings of the sentences of a version, made elsewhere.
//!
//! The layout of `.npy` files is that of NumPy's `numpy.lib.format`, versions 1.0 to 3.0: a magic
//! string, the version, the length of the header (two bytes, from 2.0 on four), the header, which
//! is a Python dictionary of three entries, and the numbers.

use crate::error::Error;

const MAGIC: &[u8] = b"\x93NUMPY";

/// The vectors of a version: one a sentence, in the order of the text, all of one dimension.
///
/// Any model will do that puts sentences of different languages into one space. They count once
/// they are handed to their version: [`Version::with_vectors`](crate::Version::with_vectors).
///
/// Each is kept at length 1. A vector of zeros is allowed, and says nothing about its sentence.
///
/// # Examples
///
/// ```
/// use triglyph::Vectors;
///
/// let vectors = Vectors::new(vec![3.0, 4.0, 0.0, 0.0], 2)?;
/// assert_eq!((vectors.len(), vectors.dimension()), (2, 2));
/// assert_eq!(vectors.get(0), Some(&[0.6, 0.8][..]));
/// # Ok::<(), triglyph::Error>(())
/// ```
#[derive(Clone, PartialEq, Debug)]
pub struct Vectors {
    dimension: usize,
    /// Vector by vector.
    numbers: Vec<f32>,
}

impl Vectors {
    /// Takes the numbers of all vectors, one vector after the other.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Invalid`](crate::ErrorKind::Invalid) where the numbers cannot be shared out to
    /// vectors of this dimension, or one is not finite.
    pub fn new(mut numbers: Vec<f32>, dimension: usize) -> Result<Self, Error> {
        if !numbers.len().is_multiple_of(dimension) {
            let found = numbers.len();
            let reason =
                format!("{found} numbers, expected a multiple of the dimension, {dimension}");
            return Err(invalid(reason));
        }
        if let Some(at) = numbers.iter().position(|number| !number.is_finite()) {
            let (found, vector, place) = (numbers[at], at / dimension, at % dimension);
            let reason =
                format!("number {place} of vector {vector} is {found}, expected a finite one");
            return Err(invalid(reason));
        }
        numbers
            .chunks_exact_mut(dimension.max(1))
            .for_each(normalise);
        Ok(Self { dimension, numbers })
    }

    /// Takes the bytes of a file of numbers and nothing else, which is to hold `count` vectors:
    /// `f32` in little-endian order, one vector after the other.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Invalid`](crate::ErrorKind::Invalid) where so many numbers are not there for
    /// `count` vectors, and those of [`new`](Self::new).
    pub fn from_raw(bytes: &[u8], count: usize) -> Result<Self, Error> {
        let (numbers, rest) = bytes.as_chunks();
        if !rest.is_empty() {
            let found = bytes.len();
            let reason = format!("{found} bytes, expected four a number");
            return Err(invalid(reason));
        }
        let found = numbers.len();
        if !found.is_multiple_of(count) || (found == 0 && count > 0) {
            let reason = format!("{found} numbers, expected as many for each of {count} vectors");
            return Err(invalid(reason));
        }
        let numbers = numbers.iter().map(|&number| f32::from_le_bytes(number));
        Self::new(numbers.collect(), found.checked_div(count).unwrap_or(0))
    }

    /// Takes the bytes of a `.npy` file: an array of two dimensions, a row a vector, of numbers of
    /// the type `<f4`, `<f8` or `<f2`.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Invalid`](crate::ErrorKind::Invalid) where the bytes are anything else, and
    /// those of [`new`](Self::new).
    pub fn from_npy(bytes: &[u8]) -> Result<Self, Error> {
        let (header, data) = header(bytes)?;
        let entry = |key: &str| {
            let missing = || invalid(format!("the header has no entry `{key}`"));
            entry(header, key).ok_or_else(missing)
        };
        let shape = entry("shape")?;
        let Some([count, dimension]) = pair(shape) else {
            let reason = format!("the shape is {shape}, expected (vectors, dimension)");
            return Err(invalid(reason));
        };
        if entry("fortran_order")? != "False" {
            let reason = "the numbers stand column by column, expected row by row \
                          (numpy.ascontiguousarray)";
            return Err(invalid(reason));
        }
        let (size, read): (usize, fn(&[u8]) -> f32) = match entry("descr")? {
            "'<f2'" => (2, |b| half(u16::from_le_bytes([b[0], b[1]]))),
            "'<f4'" => (4, |b| f32::from_le_bytes([b[0], b[1], b[2], b[3]])),
            "'<f8'" => (8, |b| {
                f64::from_le_bytes([b[0], b[1], b[2], b[3], b[4], b[5], b[6], b[7]]) as f32
            }),
            other => {
                let reason = format!("numbers of the type {other}, expected '<f2', '<f4' or '<f8'");
                return Err(invalid(reason));
            }
        };
        let expected = count
            .checked_mul(dimension)
            .and_then(|n| n.checked_mul(size));
        if expected != Some(data.len()) || (dimension == 0 && count > 0) {
            let found = data.len();
            let reason =
                format!("{found} bytes of numbers, expected {count} × {dimension} × {size}");
            return Err(invalid(reason));
        }
        Self::new(data.chunks_exact(size).map(read).collect(), dimension)
    }

    /// Those of these numbers, in this order.
    pub(crate) fn select(&self, numbers: &[usize]) -> Self {
        let selected = numbers.iter().filter_map(|&number| self.get(number));
        Self {
            dimension: self.dimension,
            numbers: selected.flatten().copied().collect(),
        }
    }

    /// How many vectors there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.numbers.len().checked_div(self.dimension).unwrap_or(0)
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.numbers.is_empty()
    }

    /// How many numbers a vector has.
    #[must_use]
    pub const fn dimension(&self) -> usize {
        self.dimension
    }

    /// The vector of a sentence, of length 1 unless it is 0.
    #[must_use]
    pub fn get(&self, sentence: usize) -> Option<&[f32]> {
        self.iter().nth(sentence)
    }

    /// The vectors without what all have in common: each less their mean, and of length 1 again.
    /// The mean has one vector of zeros more, so that a single one is not its own mean. Where there
    /// are none, neither is there a dimension.
    pub(crate) fn centred(&self) -> Self {
        if self.is_empty() {
            // No vectors may claim a dimension that no memory has room for.
            let (dimension, numbers) = (0, Vec::new());
            return Self { dimension, numbers };
        }
        let mut mean = vec![0.0; self.dimension];
        for vector in self.iter() {
            mean.iter_mut().zip(vector).for_each(|(m, x)| *m += x);
        }
        let count = self.len() as f32 + 1.0;
        mean.iter_mut().for_each(|m| *m /= count);
        let mut centred = self.clone();
        for vector in centred.numbers.chunks_exact_mut(self.dimension.max(1)) {
            if vector.iter().any(|&x| x != 0.0) {
                vector.iter_mut().zip(&mean).for_each(|(x, m)| *x -= m);
                normalise(vector);
            }
        }
        centred
    }

    /// The vectors, in the order of their sentences.
    pub(crate) fn iter(&self) -> std::slice::ChunksExact<'_, f32> {
        self.numbers.chunks_exact(self.dimension.max(1))
    }
}

/// Stretches a vector to length 1, unless it is 0.
fn normalise(vector: &mut [f32]) {
    let squares = vector.iter().map(|&x| f64::from(x).powi(2));
    let norm = squares.sum::<f64>().sqrt();
    if norm > 0.0 {
        let unit = |x: &mut f32| *x = (f64::from(*x) / norm) as f32;
        vector.iter_mut().for_each(unit);
    }
}

fn invalid(reason: impl Into<String>) -> Error {
    Error::invalid("vectors", reason)
}

/// The header of a `.npy` file, and what follows.
fn header(bytes: &[u8]) -> Result<(&str, &[u8]), Error> {
    let short = || invalid("the file ends inside its header");
    let Some(rest) = bytes.strip_prefix(MAGIC) else {
        return Err(invalid("no .npy file: it does not begin with \\x93NUMPY"));
    };
    let (&[major, minor], rest) = rest.split_first_chunk().ok_or_else(short)?;
    let (length, rest) = match major {
        1 => {
            let (length, rest) = rest.split_first_chunk().ok_or_else(short)?;
            (u32::from(u16::from_le_bytes(*length)), rest)
        }
        2 | 3 => {
            let (length, rest) = rest.split_first_chunk().ok_or_else(short)?;
            (u32::from_le_bytes(*length), rest)
        }
        _ => {
            let reason = format!("a .npy file of version {major}.{minor}, expected 1, 2 or 3");
            return Err(invalid(reason));
        }
    };
    let (header, data) = rest.split_at_checked(length as usize).ok_or_else(short)?;
    match str::from_utf8(header) {
        Ok(header) => Ok((header, data)),
        Err(_) => Err(invalid("the header is no text")),
    }
}

/// The value of an entry of a header: up to the comma behind it, one inside brackets left aside.
fn entry<'h>(header: &'h str, key: &str) -> Option<&'h str> {
    let (_, rest) = header.split_once(&format!("'{key}':"))?;
    let mut depth = 0;
    let end = rest.find(|c| {
        depth += i32::from(c == '(') - i32::from(c == ')');
        depth == 0 && matches!(c, ',' | '}')
    })?;
    Some(rest[..end].trim())
}

/// The two numbers of a shape.
fn pair(shape: &str) -> Option<[usize; 2]> {
    let (first, second) = shape
        .strip_prefix('(')?
        .strip_suffix(')')?
        .split_once(',')?;
    Some([first.trim().parse().ok()?, second.trim().parse().ok()?])
}

/// A number of half precision (IEEE 754, binary16).
fn half(bits: u16) -> f32 {
    let [sign, exponent, fraction] = [bits >> 15, (bits >> 10) & 31, bits & 1023].map(u32::from);
    let size = match exponent {
        0 => fraction as f32 * 2_f32.powi(-24),
        31 if fraction == 0 => f32::INFINITY,
        31 => f32::NAN,
        _ => f32::from_bits(((exponent + 112) << 23) | (fraction << 13)),
    };
    if sign == 1 { -size } else { size }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The bytes of a `.npy` file of this version.
    fn npy(major: u8, header: &str, data: &[u8]) -> Vec<u8> {
        let length = (header.len() as u32).to_le_bytes();
        let length = if major == 1 { &length[..2] } else { &length };
        [MAGIC, &[major, 0], length, header.as_bytes(), data].concat()
    }

    fn floats(numbers: &[f32]) -> Vec<u8> {
        numbers.iter().flat_map(|x| x.to_le_bytes()).collect()
    }

    const HEADER: &str = "{'descr': '<f4', 'fortran_order': False, 'shape': (2, 2), }    \n";

    #[test]
    fn npy_files() {
        let numbers = [3.0, 4.0, 0.0, -2.0];
        let doubles = numbers.iter().flat_map(|&x| f64::from(x).to_le_bytes());
        let halves = [0x4200_u16, 0x4400, 0x8000, 0xc000].map(u16::to_le_bytes);
        let header = |descr: &str| HEADER.replace("<f4", descr);
        for (name, bytes) in [
            ("version 1", npy(1, HEADER, &floats(&numbers))),
            ("version 2", npy(2, HEADER, &floats(&numbers))),
            ("version 3", npy(3, HEADER, &floats(&numbers))),
            ("f8", npy(1, &header("<f8"), &doubles.collect::<Vec<u8>>())),
            ("f2", npy(1, &header("<f2"), halves.as_flattened())),
            (
                "another order",
                npy(
                    1,
                    "{'shape':(2,2),'descr':'<f4','fortran_order':False}",
                    &floats(&numbers),
                ),
            ),
        ] {
            let vectors = Vectors::from_npy(&bytes).expect(name);
            let found: Vec<&[f32]> = vectors.iter().collect();
            assert_eq!(found, [[0.6, 0.8], [0.0, -1.0]], "{name}");
        }
        let none = npy(1, &HEADER.replace("(2, 2)", "(0, 512)"), &[]);
        let none = Vectors::from_npy(&none).unwrap();
        assert_eq!((none.len(), none.dimension()), (0, 512));
    }

    #[test]
    fn damaged_npy_files() {
        let data = floats(&[3.0, 4.0, 0.0, -2.0]);
        let good = npy(1, HEADER, &data);
        let with = |old: &str, new: &str| npy(1, &HEADER.replace(old, new), &data);
        for (name, bytes, expected) in [
            (
                "empty",
                vec![],
                "no .npy file: it does not begin with \\x93NUMPY",
            ),
            (
                "text",
                b"0.1 0.2".to_vec(),
                "no .npy file: it does not begin with \\x93NUMPY",
            ),
            (
                "magic only",
                good[..6].to_vec(),
                "the file ends inside its header",
            ),
            (
                "no length",
                good[..9].to_vec(),
                "the file ends inside its header",
            ),
            (
                "half a header",
                good[..40].to_vec(),
                "the file ends inside its header",
            ),
            (
                "version 9",
                npy(9, HEADER, &data),
                "a .npy file of version 9.0, expected 1, 2 or 3",
            ),
            (
                "no text",
                npy(1, "\u{e9}", &data)[..11].to_vec(),
                "the file ends inside its header",
            ),
            (
                "no type",
                with("descr", "type"),
                "the header has no entry `descr`",
            ),
            (
                "no shape",
                with("shape", "size"),
                "the header has no entry `shape`",
            ),
            (
                "integers",
                with("<f4", "<i4"),
                "numbers of the type '<i4', expected '<f2', '<f4' or '<f8'",
            ),
            (
                "big-endian",
                with("<f4", ">f4"),
                "numbers of the type '>f4', expected '<f2', '<f4' or '<f8'",
            ),
            (
                "columns",
                with("False", "True"),
                "the numbers stand column by column, expected row by row (numpy.ascontiguousarray)",
            ),
            (
                "one dimension",
                with("(2, 2)", "(4,)"),
                "the shape is (4,), expected (vectors, dimension)",
            ),
            (
                "three dimensions",
                with("(2, 2)", "(1, 2, 2)"),
                "the shape is (1, 2, 2), expected (vectors, dimension)",
            ),
            (
                "cut off",
                good[..good.len() - 1].to_vec(),
                "15 bytes of numbers, expected 2 × 2 × 4",
            ),
            (
                "too long",
                [&good[..], &[0]].concat(),
                "17 bytes of numbers, expected 2 × 2 × 4",
            ),
            (
                "huge",
                with("(2, 2)", "(9223372036854775807, 9)"),
                "16 bytes of numbers, expected 9223372036854775807 × 9 × 4",
            ),
            (
                "no numbers",
                npy(1, &HEADER.replace("(2, 2)", "(2, 0)"), &[]),
                "0 bytes of numbers, expected 2 × 0 × 4",
            ),
        ] {
            let error = Vectors::from_npy(&bytes).unwrap_err().to_string();
            assert_eq!(error, format!("invalid vectors: {expected}"), "{name}");
        }
    }

    #[test]
    fn raw_files() {
        let vectors = Vectors::from_raw(&floats(&[3.0, 4.0, 0.0, -2.0]), 2).unwrap();
        assert_eq!(vectors, Vectors::new(vec![3.0, 4.0, 0.0, -2.0], 2).unwrap());
        let none = Vectors::from_raw(&[], 0).unwrap();
        assert!(none.is_empty() && none.get(0).is_none());
        for (numbers, count, expected) in [
            (4, 3, "4 numbers, expected as many for each of 3 vectors"),
            (4, 0, "4 numbers, expected as many for each of 0 vectors"),
            (0, 3, "0 numbers, expected as many for each of 3 vectors"),
        ] {
            let error = Vectors::from_raw(&floats(&vec![1.0; numbers]), count).unwrap_err();
            assert_eq!(error.to_string(), format!("invalid vectors: {expected}"));
        }
        let error = Vectors::from_raw(&[0; 7], 1).unwrap_err().to_string();
        assert_eq!(error, "invalid vectors: 7 bytes, expected four a number");
    }

    #[test]
    fn numbers_that_are_none() {
        for (number, expected) in [
            (f32::NAN, "NaN"),
            (f32::INFINITY, "inf"),
            (f32::NEG_INFINITY, "-inf"),
        ] {
            let error = Vectors::new(vec![0.0, 1.0, 2.0, number], 2).unwrap_err();
            let place = "invalid vectors: number 1 of vector 1 is";
            assert_eq!(
                error.to_string(),
                format!("{place} {expected}, expected a finite one")
            );
        }
        let error = Vectors::new(vec![1.0; 4], 3).unwrap_err().to_string();
        let expected = "4 numbers, expected a multiple of the dimension, 3";
        assert_eq!(error, format!("invalid vectors: {expected}"));
        let huge = Vectors::new(vec![f32::MAX, 0.0, f32::from_bits(1), 0.0], 2).unwrap();
        assert_eq!(huge.iter().collect::<Vec<_>>(), [[1.0, 0.0], [1.0, 0.0]]);
    }

    #[test]
    fn half_precision() {
        for (bits, expected) in [
            (0x0000, 0.0),
            (0x3c00, 1.0),
            (0xc000, -2.0),
            (0x7bff, 65504.0),
            (0x0400, 2_f32.powi(-14)),
            (0x0001, 2_f32.powi(-24)),
            (0x3555, 0.333_251_95),
            (0x7c00, f32::INFINITY),
        ] {
            assert_eq!(half(bits), expected, "{bits:x}");
        }
        assert!(half(0x7e00).is_nan());
    }

    #[test]
    fn centring_leaves_what_differs() {
        let common = |x: f32, y: f32| [10.0, x, y];
        let numbers = [
            common(1.0, 0.0),
            common(-1.0, 0.0),
            common(0.0, 1.0),
            [0.0; 3],
        ];
        let vectors = Vectors::new(numbers.concat(), 3).unwrap();
        let cosine = |v: &Vectors, i, j| {
            let [x, y] = [i, j].map(|i| v.get(i).unwrap());
            x.iter().zip(y).map(|(x, y)| x * y).sum::<f32>()
        };
        assert!(cosine(&vectors, 0, 1) > 0.9);
        let centred = vectors.centred();
        assert!(cosine(&centred, 0, 1) < cosine(&vectors, 0, 1));
        assert_eq!(centred.get(3), Some(&[0.0; 3][..]));
        let one = Vectors::new(vec![3.0, 4.0], 2).unwrap();
        assert_eq!(one.centred(), one);
        let none = Vectors::new(vec![], usize::MAX).unwrap();
        assert_eq!(none.centred(), Vectors::new(vec![], 0).unwrap());
    }
}
