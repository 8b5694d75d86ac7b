//! Files packed by gzip or Zstandard, read and written as if they were not.

use std::io::{self, BufRead, BufReader, Read, Write};
use std::path::Path;

use flate2::Compression;
use flate2::bufread::MultiGzDecoder;
use flate2::write::GzEncoder;

/// How a file is packed.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
#[non_exhaustive]
pub enum Packing {
    /// Not at all.
    #[default]
    Plain,
    /// By gzip: `.gz`.
    Gzip,
    /// By Zstandard: `.zst`.
    Zstd,
}

impl Packing {
    /// How a file of this name is packed.
    ///
    /// # Examples
    ///
    /// ```
    /// use triglyph::Packing;
    ///
    /// assert_eq!(Packing::of_name("corpus.tmx.gz".as_ref()), Packing::Gzip);
    /// assert_eq!(Packing::of_name("corpus.tmx".as_ref()), Packing::Plain);
    /// ```
    #[must_use]
    pub fn of_name(name: &Path) -> Self {
        match name.extension() {
            Some(extension) if extension.eq_ignore_ascii_case("gz") => Self::Gzip,
            Some(extension) if extension.eq_ignore_ascii_case("zst") => Self::Zstd,
            _ => Self::Plain,
        }
    }

    /// How a file is packed that begins with these bytes; four are enough.
    #[must_use]
    pub fn of_bytes(bytes: &[u8]) -> Self {
        match bytes {
            [0x1f, 0x8b, ..] => Self::Gzip,
            [0x28, 0xb5, 0x2f, 0xfd, ..] => Self::Zstd,
            _ => Self::Plain,
        }
    }

    /// Unpacks what is read, if it is packed; its first bytes tell.
    ///
    /// # Errors
    ///
    /// Those of the reader.
    ///
    /// # Examples
    ///
    /// ```
    /// use std::io::{Read, Write};
    /// use triglyph::Packing;
    ///
    /// for packing in [Packing::Plain, Packing::Gzip, Packing::Zstd] {
    ///     let mut packed = Vec::new();
    ///     let mut packer = packing.writer(&mut packed)?;
    ///     packer.write_all(b"text")?;
    ///     packer.finish()?;
    ///     let mut text = String::new();
    ///     Packing::reader(&packed[..])?.read_to_string(&mut text)?;
    ///     assert_eq!(text, "text");
    /// }
    /// # Ok::<(), std::io::Error>(())
    /// ```
    pub fn reader<'a>(mut packed: impl BufRead + 'a) -> io::Result<Box<dyn BufRead + 'a>> {
        Ok(match Self::of_bytes(packed.fill_buf()?) {
            Self::Plain => Box::new(packed),
            Self::Gzip => unpacked("gzip", MultiGzDecoder::new(packed)),
            Self::Zstd => unpacked("zstd", zstd::Decoder::with_buffer(packed)?),
        })
    }

    /// Packs what is written. Nothing is whole before [`Packer::finish`].
    ///
    /// # Errors
    ///
    /// Those of the writer.
    pub fn writer<W: Write>(self, out: W) -> io::Result<Packer<W>> {
        Ok(Packer(match self {
            Self::Plain => Inner::Plain(out),
            Self::Gzip => Inner::Gzip(GzEncoder::new(out, Compression::default())),
            Self::Zstd => Inner::Zstd(zstd::Encoder::new(out, zstd::DEFAULT_COMPRESSION_LEVEL)?),
        }))
    }
}

fn unpacked<'a>(packer: &'static str, reader: impl Read + 'a) -> Box<dyn BufRead + 'a> {
    Box::new(BufReader::new(Unpacked { packer, reader }))
}

/// What was packed; errors say that they are about that.
struct Unpacked<R> {
    packer: &'static str,
    reader: R,
}

impl<R: Read> Read for Unpacked<R> {
    fn read(&mut self, bytes: &mut [u8]) -> io::Result<usize> {
        self.reader.read(bytes).map_err(|e| match e.kind() {
            // The system tells errors of its own by a number.
            _ if e.raw_os_error().is_some() => e,
            kind => {
                let packer = self.packer;
                let reason = format!("{e}; what {packer} packed is damaged or cut short");
                io::Error::new(kind, reason)
            }
        })
    }
}

/// Packs what is written to it.
pub struct Packer<W: Write>(Inner<W>);

enum Inner<W: Write> {
    Plain(W),
    Gzip(GzEncoder<W>),
    Zstd(zstd::Encoder<'static, W>),
}

impl<W: Write> Packer<W> {
    /// Writes what is left.
    ///
    /// # Errors
    ///
    /// Those of the writer.
    pub fn finish(self) -> io::Result<()> {
        let mut out = match self.0 {
            Inner::Plain(out) => out,
            Inner::Gzip(out) => out.finish()?,
            Inner::Zstd(out) => out.finish()?,
        };
        out.flush()
    }
}

impl<W: Write> Write for Packer<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match &mut self.0 {
            Inner::Plain(out) => out.write(bytes),
            Inner::Gzip(out) => out.write(bytes),
            Inner::Zstd(out) => out.write(bytes),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match &mut self.0 {
            Inner::Plain(out) => out.flush(),
            Inner::Gzip(out) => out.flush(),
            Inner::Zstd(out) => out.flush(),
        }
    }
}
