//! What is damaged in a package, in words a reviewer can act on.

use std::collections::BTreeSet;

use super::package::Fault;
use crate::source::{Block, Warning};

/// Words quoted to show how far the reading went.
const LAST_WORDS: usize = 12;

/// A piece of a package.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Piece {
    /// The zip around everything.
    Package,
    Main,
    Numbering,
    Styles,
    Notes,
    Running,
    /// Comments, charts: their words are no part of the text, or are told where they are referred to.
    Other,
}

/// Everything found damaged.
#[derive(Debug, Default)]
pub(super) struct Damage(BTreeSet<(Piece, Fault)>);

impl Damage {
    /// Notes a fault, if it is one.
    pub fn note(&mut self, piece: Piece, fault: Option<Fault>) {
        self.0.extend(fault.filter(|_| piece != Piece::Other).map(|fault| (piece, fault)));
    }

    /// Adds what another reading found.
    pub fn join(&mut self, other: Damage) {
        self.0.extend(other.0);
    }

    /// `true` when something is damaged.
    pub fn is_any(&self) -> bool {
        !self.0.is_empty()
    }

    /// One warning that says what is damaged and how far the text was read.
    pub fn warning(&self, blocks: &[Block]) -> Option<Warning> {
        let pieces: Vec<String> = self.0.iter().map(|&(piece, fault)| words(piece, fault, blocks)).collect();
        (!pieces.is_empty()).then(|| {
            Warning::new(
                "damaged-part",
                format!("Tệp bị hỏng một phần: {}. Cần đối chiếu với bản gốc trước khi kết luận.", pieces.join("; ")),
            )
        })
    }
}

fn words(piece: Piece, fault: Fault, blocks: &[Block]) -> String {
    let what = match (piece, fault) {
        (Piece::Package, Fault::Altered) => return "gói tệp có hai thành phần trùng tên, chỉ đọc một".to_owned(),
        (Piece::Package, _) => return "mất mục lục của gói tệp, các thành phần được tìm lại từng cái một".to_owned(),
        (Piece::Main, Fault::Cut) => {
            return match last_words(blocks) {
                Some(words) => format!("nội dung chỉ đọc được đến đoạn “…{words}”, phần sau không đọc được"),
                None => "không đọc được nội dung chính".to_owned(),
            };
        }
        (Piece::Main, _) => "nội dung chính",
        (Piece::Numbering, _) => "phần đánh số tự động (số điều, khoản, điểm có thể thiếu)",
        (Piece::Styles, _) => "phần kiểu chữ (chữ ẩn, số tự động có thể sai)",
        (Piece::Notes, _) => "phần chú thích cuối trang",
        (Piece::Running, _) => "phần đầu trang, chân trang",
        (Piece::Other, _) => "thành phần khác",
    };
    match fault {
        Fault::Altered => format!("{what} không khớp mã kiểm tra, có thể có chữ sai"),
        Fault::Cut => format!("{what} bị cắt giữa chừng"),
        Fault::Missing => format!("thiếu {what}"),
    }
}

/// The last words that were read.
fn last_words(blocks: &[Block]) -> Option<String> {
    blocks.iter().rev().find_map(|block| {
        let paragraphs = match block {
            Block::Paragraph(paragraph) => vec![paragraph],
            Block::Table(table) => table.paragraphs(),
        };
        let last = paragraphs.into_iter().rev().find(|paragraph| !paragraph.text.trim().is_empty())?;
        let words: Vec<&str> = last.text.split_whitespace().collect();
        Some(words[words.len().saturating_sub(LAST_WORDS)..].join(" "))
    })
}
