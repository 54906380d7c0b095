//! Groups of shapes (OfficeArtContent, [MS-DOC] 2.9.172; records are those of [MS-ODRAW]).
//!
//! A text box names its own shape, but only the outermost group of shapes is anchored in the text.

use std::collections::HashMap;

use super::bytes::{u16_at, u32_at};

/// Records of [MS-ODRAW] 2.2.
mod record {
    pub const DRAWINGS: u16 = 0xF000;
    pub const DRAWING: u16 = 0xF002;
    pub const GROUP: u16 = 0xF003;
    pub const SHAPE: u16 = 0xF004;
    pub const IDENTITY: u16 = 0xF00A;
}

/// Deepest nesting of groups.
const MAX_DEPTH: usize = 64;

/// The outermost group of every shape that is in one.
pub(super) fn groups(bytes: &[u8]) -> HashMap<u32, u32> {
    let mut groups = HashMap::new();
    // Open containers: where each ends, and whether it is a group.
    let mut open: Vec<(usize, bool)> = Vec::new();
    let mut outermost = None;
    let mut at = 0;
    while at < bytes.len() {
        while open.last().is_some_and(|&(end, _)| end <= at) {
            open.pop();
        }
        // Each drawing stands behind one byte that tells where it belongs.
        if open.is_empty() && u16_at(bytes, at + 2) != Some(record::DRAWINGS) {
            at += 1;
        }
        let (Some(kind), Some(length)) = (u16_at(bytes, at + 2), u32_at(bytes, at + 4)) else { break };
        let (body, end) = (at + 8, (at + 8).saturating_add(length as usize).min(bytes.len()));
        // The first group of a drawing holds everything; those right below it are anchored.
        let depth = open.iter().filter(|(_, is_group)| *is_group).count();
        match kind {
            record::DRAWING | record::SHAPE if open.len() < MAX_DEPTH => open.push((end, false)),
            record::GROUP if open.len() < MAX_DEPTH => {
                if depth <= 1 {
                    outermost = None;
                }
                open.push((end, true));
            }
            record::IDENTITY => {
                if let Some(shape) = u32_at(bytes, body).filter(|_| depth >= 2) {
                    // A group names itself in its first shape.
                    groups.insert(shape, *outermost.get_or_insert(shape));
                }
                at = end;
                continue;
            }
            _ => {
                at = end.max(at + 8);
                continue;
            }
        }
        at = body;
    }
    groups
}

#[cfg(test)]
mod tests {
    use super::*;

    fn record(kind: u16, body: &[u8]) -> Vec<u8> {
        let mut bytes = vec![0x0F, 0];
        bytes.extend(kind.to_le_bytes());
        bytes.extend((body.len() as u32).to_le_bytes());
        bytes.extend(body);
        bytes
    }

    fn shape(number: u32) -> Vec<u8> {
        let mut identity = number.to_le_bytes().to_vec();
        identity.extend([0; 4]);
        record(record::SHAPE, &record(record::IDENTITY, &identity))
    }

    #[test]
    fn shapes_know_their_outermost_group() {
        let inner = record(record::GROUP, &[shape(12), shape(13)].concat());
        let group = record(record::GROUP, &[shape(10), shape(11), inner].concat());
        let second = record(record::GROUP, &[shape(20), shape(21)].concat());
        let all = record(record::GROUP, &[shape(1), shape(2), group, second].concat());
        let mut bytes = record(record::DRAWINGS, &[0; 16]);
        bytes.push(0);
        bytes.extend(record(record::DRAWING, &all));
        let groups = groups(&bytes);
        for (shape, group) in [(11, Some(10)), (12, Some(10)), (13, Some(10)), (21, Some(20)), (2, None)] {
            assert_eq!(groups.get(&shape).copied(), group, "{shape}");
        }
    }

    #[test]
    fn garbage_ends() {
        assert!(groups(&[0xFF; 100]).is_empty());
        assert!(groups(&record(record::GROUP, &[])).is_empty());
    }
}
