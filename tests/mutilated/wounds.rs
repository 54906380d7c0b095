//! Damage as disks, mail and half-finished copies do it.

use super::chance::Chance;
use super::package;
use super::runs::Made;

/// A kind of damage.
type Wound = fn(&mut Vec<u8>, &mut Chance);

const WOUNDS: [(&str, Wound); 12] = [
    ("cut", |bytes, chance| bytes.truncate(chance.below(bytes.len()))),
    ("cut-early", |bytes, chance| bytes.truncate(chance.below(600))),
    ("cut-late", |bytes, chance| bytes.truncate(bytes.len().saturating_sub(1 + chance.below(64)))),
    ("bit", |bytes, chance| flip(bytes, chance, 1)),
    ("bits", |bytes, chance| flip(bytes, chance, 200)),
    ("zeros", |bytes, chance| {
        let (from, to) = stretch(bytes, chance);
        bytes[from..to].fill(0);
    }),
    ("noise", |bytes, chance| {
        let (from, to) = stretch(bytes, chance);
        bytes[from..to].iter_mut().for_each(|byte| *byte = chance.byte());
    }),
    ("swap", |bytes, chance| {
        let size = (bytes.len() / 8).clamp(1, 4096);
        let (a, b) = (chance.below(bytes.len() / size) * size, chance.below(bytes.len() / size) * size);
        for at in 0..size.min(bytes.len().saturating_sub(a.max(b))) {
            bytes.swap(a + at, b + at);
        }
    }),
    ("twice", |bytes, chance| {
        let (from, to) = stretch(bytes, chance);
        let block = bytes[from..to].to_vec();
        bytes.splice(from..from, block);
    }),
    ("lost", |bytes, chance| {
        let (from, to) = stretch(bytes, chance);
        bytes.drain(from..to);
    }),
    ("after", |bytes, chance| bytes.extend((0..1 + chance.below(5_000)).map(|_| chance.byte()))),
    ("before", |bytes, chance| {
        let noise: Vec<u8> = (0..1 + chance.below(300)).map(|_| chance.byte()).collect();
        bytes.splice(0..0, noise);
    }),
];

fn flip(bytes: &mut [u8], chance: &mut Chance, most: usize) {
    for _ in 0..=chance.below(most) {
        let (at, bit) = (chance.below(bytes.len()), chance.below(8));
        if let Some(byte) = bytes.get_mut(at) {
            *byte ^= 1 << bit;
        }
    }
}

fn stretch(bytes: &[u8], chance: &mut Chance) -> (usize, usize) {
    let from = chance.below(bytes.len());
    (from, (from + 1 + chance.below(4_096)).min(bytes.len()))
}

/// The seed, wounded in `count` ways; which ways differs from seed to seed.
pub fn some((name, bytes): &Made, seed: u64, count: usize) -> Vec<Made> {
    let mut chance = Chance::new(seed);
    let first = chance.below(WOUNDS.len());
    (0..count)
        .map(|at| {
            let (what, wound) = WOUNDS[(first + at) % WOUNDS.len()];
            let mut bytes = bytes.clone();
            wound(&mut bytes, &mut chance);
            (format!("{what}-{name}"), bytes)
        })
        .collect()
}

/// The seed with its main part wounded inside a package whose checksums are right.
pub fn of_parts((name, bytes): &Made, seed: u64, count: usize) -> Vec<Made> {
    let parts = package::parts(bytes);
    let main = parts.iter().find(|(part, _)| part == "word/document.xml").expect("a main part").clone();
    some(&main, 500 + seed, count)
        .into_iter()
        .map(|(what, wounded)| {
            let parts: Vec<(&str, &[u8])> = parts
                .iter()
                .map(|(part, bytes)| (part.as_str(), if *part == main.0 { wounded.as_slice() } else { bytes }))
                .collect();
            (format!("part-{}-{name}", what.split('-').next().unwrap_or_default()), package::zip(&parts))
        })
        .collect()
}
