//! `bao-cao.html`: one page that needs nothing from elsewhere. What was not read comes first; then totals, the list with
//! filters, and per document the local words beside what the Law demands. Anchors are ids of findings.

mod documents;
mod escape;
mod overview;

use std::io::{self, Write};

use super::index::Index;
use super::{Results, words};
use escape::Text;

const STYLE: &str = include_str!("page.css");
const SCRIPT: &str = include_str!("page.js");

/// Writes the page.
pub fn write(results: &Results, out: &mut impl Write) -> io::Result<()> {
    let index = Index::new(results);
    let day = words::date(results.run.as_of);
    let subject = results.run.packs.iter().map(|pack| pack.title.as_str()).collect::<Vec<_>>().join("; ");
    // The policy lets nothing in from elsewhere, whatever the words of a document try.
    write!(
        out,
        "<!DOCTYPE html>\n<html lang=\"vi\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <title>Kết quả rà soát văn bản quy phạm pháp luật, tính đến ngày {day}</title>\n<style>\n{STYLE}</style>\n</head>\n<body>\n\
         <a class=\"skip\" href=\"#danh-sach\">Đến danh sách văn bản</a>\n\
         <header class=\"top\"><h1>Kết quả rà soát văn bản quy phạm pháp luật</h1>\n<p>{}</p>\n<p class=\"soft\">Tính đến ngày {day}. \
         Mọi kiến nghị là đề xuất để người rà soát xem xét, quyết định; không phải kết luận pháp lý.</p></header>\n<main>\n",
        Text(&subject)
    )?;
    overview::unread(results, out)?;
    overview::totals(&index, out)?;
    documents::filters(&index, out)?;
    documents::list(&index, out)?;
    overview::laws(&index, out)?;
    overview::reading(results, out)?;
    write!(out, "</main>\n<script>\n{SCRIPT}</script>\n</body>\n</html>\n")
}

#[cfg(test)]
mod tests;
