//! Compound files ([MS-CFB]): a small file system of sectors inside one file.
//!
//! Read leniently: a stream whose chain breaks is given up to the break and said to be cut.

use std::collections::HashSet;

use super::bytes::{slice, u16_at, u32_at};

/// Highest number of a sector; those above mark ends and free sectors.
const MAX_SECTOR: u32 = 0xFFFF_FFFA;
/// Sector numbers in the header's own list of FAT sectors.
const HEADER_DIFAT: usize = 109;

/// An open compound file.
pub(in crate::source) struct Container<'b> {
    bytes: &'b [u8],
    /// Size of a sector, as a power of two.
    shift: u32,
    fat: Vec<u32>,
    mini_fat: Vec<u32>,
    mini_stream: Vec<u8>,
    mini_cutoff: u32,
    directory: Vec<u8>,
}

/// Bytes of a stream.
#[derive(Debug, Default)]
pub(in crate::source) struct Stream {
    pub bytes: Vec<u8>,
    /// `false` when the file ends, or its chain breaks, before the stream does.
    pub whole: bool,
}

/// A directory entry ([MS-CFB] 2.6.1).
struct Entry<'d>(&'d [u8]);

impl Entry<'_> {
    fn number(&self, at: usize) -> u32 {
        u32_at(self.0, at).unwrap_or(u32::MAX)
    }

    fn is_stream(&self, name: &str) -> bool {
        let length = (name.len() + 1) * 2;
        self.0.get(66) == Some(&2)
            && u16_at(self.0, 64) == u16::try_from(length).ok()
            && name.bytes().zip(self.0.chunks_exact(2)).all(|(want, have)| have == [want, 0])
    }
}

impl<'b> Container<'b> {
    /// Opens a file; `None` when its header or directory makes no sense.
    pub fn open(bytes: &'b [u8]) -> Option<Self> {
        let shift = u32::from(u16_at(bytes, 30)?);
        if !matches!(shift, 9 | 12) {
            return None;
        }
        let mut container = Container {
            bytes,
            shift,
            fat: Vec::new(),
            mini_fat: Vec::new(),
            mini_stream: Vec::new(),
            mini_cutoff: u32_at(bytes, 56)?,
            directory: Vec::new(),
        };
        container.read_fat()?;
        container.directory = container.chain(u32_at(bytes, 48)?, usize::MAX).bytes;
        let root = container.entry(0)?;
        let (start, size) = (root.number(116), root.number(120));
        container.mini_stream = container.chain(start, size as usize).bytes;
        let mini_fat = container.chain(u32_at(bytes, 60)?, usize::MAX).bytes;
        container.mini_fat = numbers(&mini_fat);
        Some(container)
    }

    /// `true` when sectors are chained in a circle, which no sound file does; less careful readers never leave it.
    pub fn runs_in_circles(&self) -> bool {
        is_circular(&self.fat) || is_circular(&self.mini_fat)
    }

    /// The stream of this name in the root storage. Embedded documents have streams of the same names deeper down.
    pub fn stream(&self, name: &str) -> Option<Stream> {
        let entry = self.in_root(name).or_else(|| self.entries().find(|entry| entry.is_stream(name)))?;
        let (start, size) = (entry.number(116), entry.number(120));
        let stream = if size < self.mini_cutoff {
            self.mini_chain(start, size as usize)
        } else {
            self.chain(start, size as usize)
        };
        Some(stream)
    }

    /// Walks the tree of siblings of the root storage; damaged trees may loop.
    fn in_root(&self, name: &str) -> Option<Entry<'_>> {
        let mut open = vec![self.entry(0)?.number(76)];
        let mut seen = HashSet::new();
        while let Some(at) = open.pop() {
            let Some(entry) = self.entry(at as usize).filter(|_| seen.insert(at)) else { continue };
            if entry.is_stream(name) {
                return Some(entry);
            }
            open.extend([entry.number(68), entry.number(72)]);
        }
        None
    }

    fn entry(&self, at: usize) -> Option<Entry<'_>> {
        slice(&self.directory, at.checked_mul(128)?, 128).map(Entry)
    }

    fn entries(&self) -> impl Iterator<Item = Entry<'_>> {
        self.directory.chunks_exact(128).map(Entry)
    }

    /// The bytes of a sector; the last one of a file may be short.
    fn sector(&self, number: u32) -> Option<&'b [u8]> {
        let size = 1usize << self.shift;
        let start = (number as usize).checked_add(1)?.checked_mul(size)?;
        let end = start.checked_add(size)?.min(self.bytes.len());
        self.bytes.get(start..end).filter(|bytes| !bytes.is_empty())
    }

    fn read_fat(&mut self) -> Option<()> {
        let header = slice(self.bytes, 76, HEADER_DIFAT * 4)?;
        let mut sectors = numbers(header);
        // Further lists are chained by their last number.
        let most = self.bytes.len() >> self.shift;
        let mut next = u32_at(self.bytes, 68)?;
        let mut lists = 0;
        while let Some(sector) = self.sector(next).filter(|_| next <= MAX_SECTOR && lists <= most) {
            let mut list = numbers(sector);
            next = list.pop().unwrap_or(u32::MAX);
            sectors.append(&mut list);
            lists += 1;
        }
        // More sectors than the file holds can only be repetitions.
        for &sector in sectors.iter().filter(|&&number| number <= MAX_SECTOR).take(most + 1) {
            let size = (1usize << self.shift) / 4;
            let start = self.fat.len();
            self.fat.extend(self.sector(sector).map(numbers).unwrap_or_default());
            self.fat.resize(start + size, u32::MAX);
        }
        Some(())
    }

    /// Up to `size` bytes of the sectors from `start` on.
    fn chain(&self, start: u32, size: usize) -> Stream {
        let most = self.bytes.len() >> self.shift;
        let mut bytes = Vec::new();
        let mut next = start;
        for _ in 0..=most {
            let Some(sector) = self.sector(next).filter(|_| next <= MAX_SECTOR && bytes.len() < size) else { break };
            bytes.extend_from_slice(&sector[..sector.len().min(size - bytes.len())]);
            next = self.fat.get(next as usize).copied().unwrap_or(u32::MAX);
        }
        Stream { whole: bytes.len() == size, bytes }
    }

    /// The same for streams too small for sectors of their own.
    fn mini_chain(&self, start: u32, size: usize) -> Stream {
        const MINI: usize = 64;
        let mut bytes = Vec::new();
        let mut next = start;
        for _ in 0..=self.mini_stream.len() / MINI {
            let from = (next as usize).saturating_mul(MINI);
            let room = size.saturating_sub(bytes.len()).min(MINI);
            let Some(rest) = self.mini_stream.get(from..).filter(|rest| room > 0 && !rest.is_empty()) else { break };
            bytes.extend_from_slice(&rest[..rest.len().min(room)]);
            next = self.mini_fat.get(next as usize).copied().unwrap_or(u32::MAX);
        }
        Stream { whole: bytes.len() == size, bytes }
    }
}

fn numbers(bytes: &[u8]) -> Vec<u32> {
    bytes.chunks_exact(4).filter_map(|four| u32_at(four, 0)).collect()
}
/// Follows every chain; each sector is walked over once.
fn is_circular(next: &[u32]) -> bool {
    let mut walked_by = vec![0; next.len()];
    (0..next.len()).any(|start| {
        let mut at = start;
        while walked_by.get(at) == Some(&0) {
            walked_by[at] = start + 1;
            at = next[at] as usize;
        }
        walked_by.get(at) == Some(&(start + 1))
    })
}
