//! Apache Parquet: a table of columns, for Spark, DuckDB, Polars, pandas; one row a bead.
//!
//! | column | type | holds |
//! |---|---|---|
//! | `article` | string | the name of the article |
//! | `bead` | int32 | the number of the bead in its article, from 0; those that a filter took are counted too |
//! | `score` | double | its score, 0..1, with four decimals |
//! | `moved`, `conflict`, `confirmed` | boolean | its flags |
//! | `group`, `filtered` | string or null | what a corpus knows of it, see [`Mark`] |
//! | one a version, named by its [label](super::labels) | list of strings | the texts of its segments; empty where the version has none |
//!
//! The versions are those of the first article unless [`Writer::columns`] says others. Texts stand as they are,
//! line breaks and all. Columns are packed by Zstandard. Kinds, offsets and languages of segments have no room.

use std::io::Write;
use std::sync::{Arc, Mutex, PoisonError};

use ::parquet::basic::{
    Compression, ConvertedType, LogicalType, Repetition, Type as Physical, ZstdLevel,
};
use ::parquet::data_type::{BoolType, ByteArray, ByteArrayType, DataType, DoubleType, Int32Type};
use ::parquet::errors::ParquetError;
use ::parquet::file::properties::WriterProperties;
use ::parquet::file::writer::{SerializedFileWriter, SerializedRowGroupWriter};
use ::parquet::schema::types::{Type, TypePtr};

use super::columns::Columns;
use super::jsonl::Record;
use super::{Losses, Mark};
use crate::alignment::Alignment;
use crate::article::Article;
use crate::error::{Error, ErrorKind};

/// Bytes of text from which on rows are written as a group.
const GROUP: usize = 8 << 20;

/// Writes the beads of many articles as one table.
pub struct Writer<W> {
    out: W,
    columns: Columns,
    /// The file, once the columns are known, and what of it is yet to go out.
    file: Option<(SerializedFileWriter<Pending>, Pending)>,
    rows: Rows,
}

impl<W> std::fmt::Debug for Writer<W> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Writer")
            .field("columns", &self.columns)
            .finish_non_exhaustive()
    }
}

/// Bytes that were written and not yet handed on.
#[derive(Clone, Default)]
struct Pending(Arc<Mutex<Vec<u8>>>);

impl Pending {
    fn take(&self) -> Vec<u8> {
        std::mem::take(&mut *self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

impl Write for Pending {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

/// Rows that are not yet written, column by column.
#[derive(Default)]
struct Rows {
    articles: Vec<ByteArray>,
    beads: Vec<i32>,
    scores: Vec<f64>,
    moved: Vec<bool>,
    conflicts: Vec<bool>,
    confirmed: Vec<bool>,
    groups: Strings,
    filtered: Strings,
    versions: Vec<Strings>,
    bytes: usize,
}

/// Strings that may be missing, or lists of them, as Parquet has them: the values that are there, and for
/// each how deep it is defined and whether it goes on with the list before (Melnik et al. 2010).
#[derive(Default)]
struct Strings {
    values: Vec<ByteArray>,
    defined: Vec<i16>,
    repeated: Vec<i16>,
}

impl Strings {
    fn push(&mut self, value: Option<&String>) {
        self.defined.push(i16::from(value.is_some()));
        self.values
            .extend(value.map(|value| ByteArray::from(value.as_str())));
    }

    fn push_list<'a>(&mut self, values: impl Iterator<Item = &'a str>) {
        let before = self.values.len();
        self.values.extend(values.map(ByteArray::from));
        match self.values.len() - before {
            0 => {
                self.defined.push(0);
                self.repeated.push(0);
            }
            count => {
                self.defined.extend(std::iter::repeat_n(1, count));
                self.repeated.push(0);
                self.repeated.extend(std::iter::repeat_n(1, count - 1));
            }
        }
    }
}

impl<W: Write> Writer<W> {
    /// A writer to `out`.
    pub fn new(out: W) -> Self {
        Self {
            out,
            columns: Columns::default(),
            file: None,
            rows: Rows::default(),
        }
    }

    /// Sets the labels of the versions that have columns, where the first article may not have all.
    #[must_use]
    pub fn columns(mut self, labels: Vec<String>) -> Self {
        self.columns.set_labels(labels);
        self
    }

    /// Writes an article with what a corpus knows of it.
    ///
    /// # Errors
    ///
    /// Those of [`format::Writer::write`](super::Writer::write).
    pub fn write_record(&mut self, record: &Record<'_>) -> Result<(), Error> {
        let (places, first) = self.columns.place(record.id, record.article)?;
        if first {
            self.begin()?;
        }
        let unmarked = Mark::default();
        let marks = record.marks.iter().chain(std::iter::repeat(&unmarked));
        let beads = record.alignment.beads(record.article);
        for ((number, bead), mark) in (0..).zip(beads).zip(marks) {
            let rows = &mut self.rows;
            rows.articles.push(record.id.into());
            rows.beads.push(mark.number.unwrap_or(number));
            rows.scores.push((bead.score() * 1e4).round() / 1e4);
            rows.moved.push(bead.moved());
            rows.conflicts.push(bead.conflict());
            rows.confirmed.push(bead.confirmed());
            rows.groups.push(mark.group.as_ref());
            rows.filtered.push(mark.filtered.as_ref());
            for (column, place) in rows.versions.iter_mut().zip(&places) {
                let segments = place.iter().flat_map(|&version| bead.segments_of(version));
                column.push_list(segments.inspect(|text| rows.bytes += text.len()));
            }
        }
        match self.rows.bytes < GROUP {
            true => Ok(()),
            false => self.write_rows(),
        }
    }

    fn begin(&mut self) -> Result<(), Error> {
        let labels = self.columns.labels();
        self.rows
            .versions
            .resize_with(labels.len(), Strings::default);
        let level = ZstdLevel::default();
        let properties = WriterProperties::builder().set_compression(Compression::ZSTD(level));
        let pending = Pending::default();
        let schema = schema(labels).map_err(error)?;
        let file = SerializedFileWriter::new(pending.clone(), schema, Arc::new(properties.build()));
        self.file = Some((file.map_err(error)?, pending));
        Ok(())
    }

    fn write_rows(&mut self) -> Result<(), Error> {
        let versions = self.rows.versions.len();
        let rows = std::mem::take(&mut self.rows);
        self.rows.versions.resize_with(versions, Strings::default);
        if let Some((file, pending)) = &mut self.file {
            rows.write(file).map_err(error)?;
            file.flush()?;
            self.out.write_all(&pending.take())?;
        }
        Ok(())
    }
}

impl<W: Write> super::Writer for Writer<W> {
    fn write(&mut self, id: &str, article: &Article, alignment: &Alignment) -> Result<(), Error> {
        alignment.fits(article)?;
        self.write_record(&Record::new(id, article, alignment))
    }

    fn finish(&mut self) -> Result<Losses, Error> {
        if self.file.is_none() {
            self.begin()?;
        }
        if !self.rows.beads.is_empty() {
            self.write_rows()?;
        }
        if let Some((file, pending)) = self.file.take() {
            file.close().map_err(error)?;
            self.out.write_all(&pending.take())?;
            self.out.flush()?;
        }
        Ok(Losses::default())
    }
}

impl Rows {
    fn write(&self, file: &mut SerializedFileWriter<Pending>) -> Result<(), ParquetError> {
        let mut group = file.next_row_group()?;
        column::<ByteArrayType>(&mut group, &self.articles, None, None)?;
        column::<Int32Type>(&mut group, &self.beads, None, None)?;
        column::<DoubleType>(&mut group, &self.scores, None, None)?;
        column::<BoolType>(&mut group, &self.moved, None, None)?;
        column::<BoolType>(&mut group, &self.conflicts, None, None)?;
        column::<BoolType>(&mut group, &self.confirmed, None, None)?;
        for strings in [&self.groups, &self.filtered] {
            column::<ByteArrayType>(&mut group, &strings.values, Some(&strings.defined), None)?;
        }
        for strings in &self.versions {
            let levels = (Some(&strings.defined[..]), Some(&strings.repeated[..]));
            column::<ByteArrayType>(&mut group, &strings.values, levels.0, levels.1)?;
        }
        group.close()?;
        Ok(())
    }
}

/// Writes the next column of a group.
fn column<T: DataType>(
    group: &mut SerializedRowGroupWriter<'_, Pending>,
    values: &[T::T],
    defined: Option<&[i16]>,
    repeated: Option<&[i16]>,
) -> Result<(), ParquetError> {
    if let Some(mut column) = group.next_column()? {
        column.typed::<T>().write_batch(values, defined, repeated)?;
        column.close()?;
    }
    Ok(())
}

/// The columns, as the table at the top of this file has them.
fn schema(labels: &[String]) -> Result<TypePtr, ParquetError> {
    let field = |name: &str, physical, repetition| {
        let field = Type::primitive_type_builder(name, physical).with_repetition(repetition);
        match physical {
            Physical::BYTE_ARRAY => field.with_logical_type(Some(LogicalType::String)),
            _ => field,
        }
        .build()
        .map(Arc::new)
    };
    let text = Physical::BYTE_ARRAY;
    let mut fields = vec![
        field("article", text, Repetition::REQUIRED)?,
        field("bead", Physical::INT32, Repetition::REQUIRED)?,
        field("score", Physical::DOUBLE, Repetition::REQUIRED)?,
        field("moved", Physical::BOOLEAN, Repetition::REQUIRED)?,
        field("conflict", Physical::BOOLEAN, Repetition::REQUIRED)?,
        field("confirmed", Physical::BOOLEAN, Repetition::REQUIRED)?,
        field("group", text, Repetition::OPTIONAL)?,
        field("filtered", text, Repetition::OPTIONAL)?,
    ];
    for label in labels {
        let element = field("element", text, Repetition::REQUIRED)?;
        let list = Type::group_type_builder("list")
            .with_repetition(Repetition::REPEATED)
            .with_fields(vec![element])
            .build()?;
        let column = Type::group_type_builder(label)
            .with_repetition(Repetition::REQUIRED)
            .with_logical_type(Some(LogicalType::List))
            .with_converted_type(ConvertedType::LIST)
            .with_fields(vec![Arc::new(list)])
            .build()?;
        fields.push(Arc::new(column));
    }
    let table = Type::group_type_builder("beads")
        .with_fields(fields)
        .build()?;
    Ok(Arc::new(table))
}

fn error(error: ParquetError) -> Error {
    let source = std::io::Error::other(error);
    ErrorKind::Write { source }.into()
}

#[cfg(test)]
mod tests {
    use ::parquet::file::reader::{FileReader, SerializedFileReader};

    use super::super::Writer as _;
    use super::super::tests::example;
    use super::*;
    use crate::article::Unit;

    #[test]
    fn rows() {
        let (article, alignment) = example(Unit::Paragraph);
        let mut out = Vec::new();
        let mut writer =
            Writer::new(&mut out).columns(["fr-3", "en", "fr-2", "de"].map(Into::into).into());
        let marks = [Some("short"), None, None].map(|filtered| Mark {
            group: Some("00ff".into()),
            filtered: filtered.map(Into::into),
            ..Mark::default()
        });
        writer
            .write_record(&Record::new("a", &article, &alignment).marks(&marks))
            .unwrap();
        writer.write("b", &article, &alignment).unwrap();
        writer.finish().unwrap();
        let reader = SerializedFileReader::new(bytes::Bytes::from(out)).unwrap();
        let rows: Vec<String> = reader
            .get_row_iter(None)
            .unwrap()
            .map(|row| row.unwrap().to_string())
            .collect();
        assert_eq!(rows.len(), 6);
        assert!(rows[0].starts_with(r#"{article: "a", bead: 0, score: 1.0, moved: false, conflict: true, confirmed: false, group: "00ff", filtered: "short", fr-3: ["Un deux"], en: ["A & B"#), "{}", rows[0]);
        assert!(
            rows[0].ends_with(r#"fr-2: ["Un", "deux"], de: []}"#),
            "{}",
            rows[0]
        );
        assert!(rows[4].starts_with(r#"{article: "b", bead: 1, score: 0.25, moved: true, conflict: false, confirmed: false, group: null, filtered: null, fr-3: ["Trois"], en: [], "#), "{}", rows[4]);
    }
}
