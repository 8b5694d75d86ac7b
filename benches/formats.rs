//! How fast formats are written and read; see README.md beside this file.

use std::collections::BTreeMap;
use std::hint::black_box;
use std::io::{self, BufRead, Cursor, Write};
use std::sync::{Arc, Mutex};

use criterion::measurement::WallTime;
use criterion::{BenchmarkGroup, Criterion, Throughput, criterion_group, criterion_main};
use triglyph::format::{
    self, Create, Losses, Open, csv, intertext, jsonl, ladder, moses, tmx, tsv, vecalign, xces,
    xliff,
};
use triglyph::{Aligner, Error, Lang, Unit};

mod shared {
    pub(crate) mod made_up;
    pub(crate) mod texts;
}

use shared::made_up::Made;
use shared::texts::Aligned;

/// A folder that takes everything and keeps nothing.
struct Nowhere;

impl Create for Nowhere {
    fn create(&mut self, _: &str) -> Result<Box<dyn Write + Send>, Error> {
        Ok(Box::new(io::sink()))
    }
}

/// A folder in memory.
#[derive(Clone, Default)]
struct Files(Arc<Mutex<BTreeMap<String, Vec<u8>>>>);

impl Files {
    fn bytes(&self, name: &str) -> Vec<u8> {
        self.0.lock().unwrap()[name].clone()
    }
}

impl Create for Files {
    fn create(&mut self, name: &str) -> Result<Box<dyn Write + Send>, Error> {
        self.0.lock().unwrap().insert(name.to_owned(), Vec::new());
        Ok(Box::new(File(self.clone(), name.to_owned())))
    }
}

impl Open for Files {
    fn open(&self, name: &str) -> Result<Box<dyn BufRead>, Error> {
        Ok(Box::new(Cursor::new(self.bytes(name))))
    }
}

struct File(Files, String);

impl Write for File {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let mut files = self.0.0.lock().unwrap();
        files.get_mut(&self.1).unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

fn write(mut writer: impl format::Writer, aligned: &Aligned) -> Losses {
    writer
        .write("article", &aligned.article, &aligned.alignment)
        .unwrap();
    writer.finish().unwrap()
}

/// How much text is written and read in a second, in each format?
fn formats(c: &mut Criterion) {
    for (unit, name) in [(Unit::Paragraph, "paragraph"), (Unit::Sentence, "sentence")] {
        let mut aligned = Aligned::new(Made::default().texts(Unit::Paragraph, 100));
        aligned.alignment = Aligner::new().unit(unit).align(&aligned.article);
        let mut group = c.benchmark_group(format!("formats {name}"));
        group.throughput(Throughput::Bytes(aligned.texts.bytes() as u64));
        write_all(&mut group, &aligned);
        read_all(&mut group, &aligned);
        group.finish();
    }
}

fn write_all(group: &mut BenchmarkGroup<'_, WallTime>, aligned: &Aligned) {
    group.bench_function("write jsonl", |b| {
        b.iter(|| write(jsonl::Writer::new(io::sink()), black_box(aligned)));
    });
    group.bench_function("write tsv", |b| {
        b.iter(|| write(tsv::Writer::new(io::sink()), black_box(aligned)));
    });
    group.bench_function("write csv", |b| {
        b.iter(|| write(csv::Writer::new(io::sink()), black_box(aligned)));
    });
    group.bench_function("write moses", |b| {
        b.iter(|| write(moses::Writer::new(Nowhere), black_box(aligned)));
    });
    group.bench_function("write ladder", |b| {
        b.iter(|| write(ladder::Writer::new(Nowhere), black_box(aligned)));
    });
    group.bench_function("write vecalign", |b| {
        b.iter(|| write(vecalign::Writer::new(Nowhere), black_box(aligned)));
    });
    group.bench_function("write tmx", |b| {
        b.iter(|| write(tmx::Writer::new(io::sink()), black_box(aligned)));
    });
    group.bench_function("write xliff", |b| {
        b.iter(|| write(xliff::Writer::new(Nowhere), black_box(aligned)));
    });
    group.bench_function("write xces", |b| {
        b.iter(|| write(xces::Writer::new(Nowhere), black_box(aligned)));
    });
    group.bench_function("write intertext", |b| {
        b.iter(|| write(intertext::Writer::new(Nowhere), black_box(aligned)));
    });
}

fn read_all(group: &mut BenchmarkGroup<'_, WallTime>, aligned: &Aligned) {
    let mut lines = Vec::new();
    write(jsonl::Writer::new(&mut lines), aligned);
    let read = || jsonl::Reader::new("a", &lines[..]).next().unwrap().unwrap();
    let beads = [read().alignment(), &aligned.alignment].map(|all| all.iter().count());
    assert_eq!(beads[0], beads[1]);
    group.bench_function("read jsonl", |b| b.iter(|| black_box(read())));

    let mut memory = Vec::new();
    write(tmx::Writer::new(&mut memory), aligned);
    let read = || tmx::Reader::new("a", &memory[..]).next().unwrap().unwrap();
    let beads = [read().alignment(), &aligned.alignment].map(|all| all.iter().count());
    assert_eq!(beads[0], beads[1]);
    group.bench_function("read tmx", |b| b.iter(|| black_box(read())));

    // Of the three versions, two are read.
    let files = Files::default();
    write(xces::Writer::new(files.clone()), aligned);
    let [a, b] = [Lang::EN, Lang::FR];
    let links = files.bytes(&format!("{a}-{b}.xml"));
    let read = || {
        xces::Reader::new("a", &links[..], files.clone())
            .next()
            .unwrap()
            .unwrap()
    };
    let two = read()
        .article()
        .versions()
        .iter()
        .map(|v| v.text().len() as u64)
        .sum();
    group.throughput(Throughput::Bytes(two));
    group.bench_function("read xces", |b| b.iter(|| black_box(read())));
}

criterion_group!(benches, formats);
criterion_main!(benches);
