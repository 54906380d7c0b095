//! Numbers of units: Roman numerals, the Vietnamese point alphabet, "5a".

/// Letters of điểm in their legal order (no f, j, w, z; ă â ê ô ơ ư not used).
pub const POINT_LETTERS: [char; 23] =
    ['a', 'b', 'c', 'd', 'đ', 'e', 'g', 'h', 'i', 'k', 'l', 'm', 'n', 'o', 'p', 'q', 'r', 's', 't', 'u', 'v', 'x', 'y'];
