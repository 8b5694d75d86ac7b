//! [`Input`]: bytes, read as options and texts.

/// What stands between two parts of an input; no text in UTF-8 holds this byte.
const BREAK: u8 = 0xff;

/// The bytes that are left of an input.
pub struct Input<'a>(&'a [u8]);

impl<'a> Input<'a> {
    pub fn new(bytes: &'a [u8]) -> Self {
        Self(bytes)
    }

    /// One of the choices, by the next byte: `0` is the first, whatever is none of them another.
    /// At the end of the input, the first.
    pub fn choice<T: Copy>(&mut self, choices: &[T]) -> T {
        let Some((&byte, rest)) = self.0.split_first() else {
            return choices[0];
        };
        self.0 = rest;
        choices[usize::from(byte.wrapping_sub(b'0')) % choices.len()]
    }

    /// All that is left.
    pub fn rest(self) -> &'a [u8] {
        self.0
    }

    /// What is left, cut into parts: one at the least.
    pub fn parts(self) -> impl Iterator<Item = &'a [u8]> {
        self.0.split(|&byte| byte == BREAK)
    }

    /// The parts as texts; what is not UTF-8 becomes U+FFFD.
    pub fn texts(self) -> impl Iterator<Item = String> {
        self.parts()
            .map(|part| String::from_utf8_lossy(part).into_owned())
    }
}
