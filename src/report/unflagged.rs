//! A sample of the clauses nothing was found in, for a person to look at: what a review missed can only be known from those.

use sha2::{Digest, Sha256};

use super::{Results, Reviewed};
use crate::document::{UnitId, own_path};
use crate::review::Relevance;

/// The strata, by how much the document has to do with the Law, with the share of the sample each gets: what is missed is
/// missed where the Law is near, so most of the sample is drawn there; the estimate weighs each stratum by its true size.
const STRATA: [(Relevance, usize); 3] = [(Relevance::Direct, 60), (Relevance::Indirect, 25), (Relevance::None, 15)];

/// One stratum: all its clauses, and those drawn.
#[derive(Debug)]
pub struct Stratum {
    /// Which documents.
    pub relevance: Relevance,
    /// Clauses without a finding.
    pub unflagged: usize,
    /// Clauses with one.
    pub flagged: usize,
    /// Drawn ones, in reading order: index of the document, unit in its text in force.
    pub drawn: Vec<(usize, UnitId)>,
}

/// Draws `wanted` clauses, fewer when there are not as many. The same clauses of the same files, whatever else the batch holds
/// and on whatever day: the lot of a clause is a hash of its file and path.
pub fn draw(results: &Results, wanted: usize) -> Vec<Stratum> {
    let mut lots: Vec<Vec<([u8; 8], usize, UnitId)>> = vec![Vec::new(); STRATA.len()];
    let mut flagged = [0; STRATA.len()];
    for (at, reviewed) in results.documents.iter().enumerate() {
        let Some(stratum) = STRATA.iter().position(|&(relevance, _)| relevance == reviewed.relevance) else { continue };
        for &unit in &reviewed.examined {
            match reviewed.findings.iter().any(|finding| finding.unit == Some(unit)) {
                true => flagged[stratum] += 1,
                false => lots[stratum].push((lot(reviewed, unit), at, unit)),
            }
        }
    }
    let sizes = shares(wanted, [0, 1, 2].map(|stratum| lots[stratum].len()));
    let strata = lots.into_iter().zip(STRATA).zip(sizes).zip(flagged);
    strata
        .map(|(((mut lots, (relevance, _)), size), flagged)| {
            let unflagged = lots.len();
            lots.sort_unstable();
            let mut drawn: Vec<_> = lots.into_iter().take(size).map(|(_, at, unit)| (at, unit)).collect();
            drawn.sort_unstable();
            Stratum { relevance, unflagged, flagged, drawn }
        })
        .collect()
}

fn lot(reviewed: &Reviewed, unit: UnitId) -> [u8; 8] {
    let path = own_path(&reviewed.in_force().units[unit].path);
    let hash = Sha256::new().chain_update(&reviewed.document.sha256).chain_update("\n").chain_update(path).finalize();
    let mut lot = [0; 8];
    lot.copy_from_slice(&hash[..8]);
    lot
}

/// How many are drawn of each stratum; what one cannot give, the others do.
fn shares(wanted: usize, sizes: [usize; 3]) -> [usize; 3] {
    let mut shares = [0, 1, 2].map(|stratum| (wanted * STRATA[stratum].1).div_ceil(100).min(sizes[stratum]));
    for stratum in (0..3).rev() {
        let over = shares.iter().sum::<usize>().saturating_sub(wanted);
        shares[stratum] -= over.min(shares[stratum]);
    }
    for stratum in 0..3 {
        let missing = wanted.saturating_sub(shares.iter().sum());
        shares[stratum] += missing.min(sizes[stratum] - shares[stratum]);
    }
    shares
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_add_up_and_never_ask_for_more_than_there_is() {
        assert_eq!(shares(100, [1000, 1000, 1000]), [60, 25, 15]);
        assert_eq!(shares(10, [1000, 1000, 1000]).iter().sum::<usize>(), 10);
        assert_eq!(shares(100, [5, 1000, 1000]), [5, 80, 15]);
        assert_eq!(shares(100, [5, 3, 2]), [5, 3, 2]);
        assert_eq!(shares(1, [9, 9, 9]), [1, 0, 0]);
        assert_eq!(shares(0, [9, 9, 9]), [0, 0, 0]);
    }

    #[test]
    fn a_clause_is_drawn_by_its_own_lot() {
        let few = draw(&super::super::sample::results(4), 6);
        let many = draw(&super::super::sample::results(4), 9);
        for (few, many) in few.iter().zip(&many) {
            assert_eq!((few.unflagged, few.flagged), (many.unflagged, many.flagged));
            assert!(few.drawn.iter().all(|clause| many.drawn.contains(clause)));
        }
        assert_eq!(few.iter().map(|stratum| stratum.drawn.len()).sum::<usize>(), 6);
    }
}
