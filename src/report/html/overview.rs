//! What was not read, totals and charts, the provisions quoted, how the page is to be read.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Write};

use super::escape::Text;
use crate::report::index::Index;
use crate::report::{Results, counts, words};
use crate::review::{Confidence, Handling};

/// Unread inputs shown before the rest is folded away.
const OPEN_ROWS: usize = 20;
/// Most bars of a chart; the others are one bar.
const MOST_BARS: usize = 12;

/// What no answer is given about.
pub fn unread(results: &Results, out: &mut impl Write) -> io::Result<()> {
    let unread = &results.unreadable;
    writeln!(out, "<section class=\"warn\" id=\"chua-doc\"><h2>Chưa đọc được: {}</h2>", unread.len())?;
    if unread.is_empty() {
        return writeln!(
            out,
            "<p>Không có: mọi tệp đưa vào và mọi văn bản trong danh mục đều đã được đọc.</p></section>"
        );
    }
    writeln!(out, "<p>Không có kết luận nào về các tệp, văn bản sau đây.</p>")?;
    for (at, rows) in
        [&unread[..unread.len().min(OPEN_ROWS)], &unread[unread.len().min(OPEN_ROWS)..]].iter().enumerate()
    {
        if rows.is_empty() {
            continue;
        }
        if at == 1 {
            write!(out, "<details><summary>{} mục nữa</summary>", rows.len())?;
        }
        out.write_all("<div class=\"table\"><table><thead><tr><th>Tệp, dòng danh mục</th><th>Nguyên nhân</th><th>Việc cần làm</th></tr></thead><tbody>\n".as_bytes())?;
        for input in *rows {
            let place = match &input.list_row {
                Some((sheet, row)) if sheet.is_empty() => format!(", dòng {row}"),
                Some((sheet, row)) => format!(", trang {sheet}, dòng {row}"),
                None => String::new(),
            };
            writeln!(
                out,
                "<tr><td>{}{}</td><td>{}: {}</td><td>{}</td></tr>",
                Text(&input.file),
                Text(&place),
                Text(words::unread(input.unread.code)),
                Text(&input.unread.message),
                Text(&input.unread.next_step)
            )?;
        }
        out.write_all(b"</tbody></table></div>")?;
        if at == 1 {
            out.write_all(b"</details>")?;
        }
    }
    out.write_all(b"</section>\n")
}

/// Tiles and charts.
pub fn totals(index: &Index, out: &mut impl Write) -> io::Result<()> {
    let results = index.results;
    let documents = &results.documents;
    let found = counts::findings(results).count();
    let sure = counts::findings(results).filter(|finding| finding.confidence == Confidence::High).count();
    let examined: usize = documents.iter().map(|reviewed| reviewed.examined.len()).sum();
    let kept = (0..documents.len()).filter(|&at| index.handling(at) == Handling::Keep).count();
    out.write_all("<section id=\"tong-hop\"><h2>Tổng hợp</h2>\n<ul class=\"tiles\">".as_bytes())?;
    for (number, name) in [
        (documents.len(), "văn bản đã đọc"),
        (results.unreadable.len(), "chưa đọc được"),
        (examined, "điều, khoản, điểm, đoạn đã đối chiếu"),
        (found, "phát hiện"),
        (sure, "phát hiện có độ tin cậy cao"),
        (documents.len() - kept, "văn bản cần xem xét, xử lý"),
        (kept, "văn bản giữ nguyên"),
    ] {
        write!(out, "<li><b>{number}</b>{name}</li>")?;
    }
    out.write_all("</ul>\n<div class=\"charts\">\n<div><h3>Theo hình thức xử lý</h3><ul class=\"bars\">".as_bytes())?;
    let whole = counts::whole(results);
    let most = whole.values().copied().max().unwrap_or(0);
    for (&handling, &count) in &whole {
        bar(out, words::handling(handling), &BTreeMap::from([(handling, count)]), most)?;
    }
    out.write_all(b"</ul></div>\n")?;
    chart(out, "Theo lĩnh vực", &counts::by_handling(index, counts::field))?;
    chart(out, "Theo cơ quan ban hành", &counts::by_handling(index, counts::issuer))?;
    out.write_all(b"</div>\n<ul class=\"legend\">")?;
    for handling in words::HANDLINGS.into_iter().filter(|handling| whole.contains_key(handling)) {
        let color = color(handling);
        write!(
            out,
            "<li><span class=\"key\" style=\"background:var(--h{color})\"></span>{}</li>",
            words::handling(handling)
        )?;
    }
    out.write_all(b"</ul></section>\n")
}

/// Number of the colour of a handling.
pub fn color(handling: Handling) -> usize {
    words::HANDLINGS.iter().position(|&one| one == handling).unwrap_or_default()
}

fn chart(out: &mut impl Write, title: &str, rows: &[(&str, BTreeMap<Handling, usize>)]) -> io::Result<()> {
    write!(out, "<div><h3>{title}</h3><ul class=\"bars\">")?;
    let total = |row: &BTreeMap<Handling, usize>| row.values().sum::<usize>();
    let rest = rows.get(MOST_BARS..).unwrap_or_default();
    let most = rows.iter().map(|(_, row)| total(row)).max().unwrap_or(0);
    for (name, row) in rows.iter().take(MOST_BARS) {
        bar(out, name, row, most)?;
    }
    if !rest.is_empty() {
        let sum: usize = rest.iter().map(|(_, row)| total(row)).sum();
        write!(
            out,
            "<li><span class=\"name soft\">{} mục còn lại</span><span></span><span class=\"n\">{sum}</span></li>",
            rest.len()
        )?;
    }
    out.write_all(b"</ul></div>\n")
}

/// One bar, cut by handling; what each piece is stands in its title and in the name of the picture.
fn bar(out: &mut impl Write, name: &str, row: &BTreeMap<Handling, usize>, most: usize) -> io::Result<()> {
    let total: usize = row.values().sum();
    let said = row
        .iter()
        .map(|(&handling, count)| format!("{}: {count}", words::handling(handling)))
        .collect::<Vec<_>>()
        .join("; ");
    let name = Text(name);
    write!(
        out,
        "<li><span class=\"name\">{name}</span><svg viewBox=\"0 0 1000 10\" preserveAspectRatio=\"none\" role=\"img\" aria-label=\"{name}. {said}\">"
    )?;
    let mut from = 0;
    for (&handling, &count) in row {
        let width = count * 1000 / most.max(1);
        write!(
            out,
            "<rect x=\"{from}\" y=\"0\" width=\"{width}\" height=\"10\" fill=\"var(--h{})\"><title>{}: {count}</title></rect>",
            color(handling),
            words::handling(handling)
        )?;
        from += width;
    }
    write!(out, "</svg><span class=\"n\">{total}</span></li>")
}

/// The provisions quoted, each once and whole, with the hash of the text they come from.
pub fn laws(index: &Index, out: &mut impl Write) -> io::Result<()> {
    let law = &index.results.law;
    if law.laws().next().is_none() {
        return Ok(());
    }
    out.write_all("<section id=\"luat\"><h2>Nguyên văn quy định được viện dẫn</h2>\n".as_bytes())?;
    for (number, text) in law.laws() {
        writeln!(
            out,
            "<p class=\"soft\">Văn bản số {}: tệp “{}”, mã băm SHA-256 <code>{}</code>.</p>",
            Text(number),
            Text(&text.file),
            Text(&text.sha256)
        )?;
    }
    let bases = counts::findings(index.results).flat_map(|finding| &finding.basis);
    let rested: BTreeSet<(&str, &str, &str)> =
        bases.map(|basis| (basis.instrument.as_str(), basis.provision.as_str(), basis.cite.as_str())).collect();
    for (instrument, provision, cite) in rested {
        if let Some(text) = law.quote(instrument, provision) {
            writeln!(
                out,
                "<h3 id=\"{}\">{}</h3><div class=\"words\">{}</div>",
                anchor(instrument, provision),
                Text(cite),
                Text(&text)
            )?;
        }
    }
    out.write_all(b"</section>\n")
}

/// Anchor of a provision on the page.
pub fn anchor(instrument: &str, provision: &str) -> String {
    let safe = |text: &str| {
        text.chars().map(|c| if c.is_alphanumeric() || matches!(c, '.' | '-') { c } else { '-' }).collect::<String>()
    };
    format!("q-{}-{}", safe(instrument), safe(provision))
}

/// Rule packs and what an answer means.
pub fn reading(results: &Results, out: &mut impl Write) -> io::Result<()> {
    let run = &results.run;
    out.write_all("<section id=\"cach-hieu\"><h2>Bộ quy tắc và cách hiểu kết quả</h2>\n<ul>".as_bytes())?;
    for pack in &run.packs {
        writeln!(
            out,
            "<li>{} (mã <code>{}</code>), phiên bản {}, nội dung đã kiểm tra đến ngày {}.</li>",
            Text(&pack.title),
            Text(&pack.id),
            Text(&pack.version),
            words::date(pack.checked_until)
        )?;
        for caution in &pack.cautions {
            writeln!(out, "<li>Lưu ý: {}</li>", Text(caution))?;
        }
    }
    writeln!(
        out,
        "<li>“Không phát hiện” chỉ nói về phần văn bản đã đọc được, đối chiếu với {} quy tắc, tại ngày {}.</li>\n\
         <li>{}</li></ul>\n\
         <p class=\"soft\">Chương trình rasoat {}.</p></section>",
        results.rules.len(),
        words::date(run.as_of),
        Text(&words::missed(results.missed.as_ref())),
        Text(run.tool)
    )
}
