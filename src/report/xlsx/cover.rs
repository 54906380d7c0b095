//! Sheet "Tổng hợp": what was not read first, then what was asked, with which rules, and what was found.

use std::collections::BTreeMap;

use rust_xlsxwriter::{Format, Worksheet, XlsxError};

use super::documents::rule_sets;
use super::height;
use super::style::Styles;
use super::table::cell_text;
use crate::document::{Kind, UnitKind};
use crate::proposals::{Choice, Decided, Proposal, RunState};
use crate::report::index::Index;
use crate::report::{Results, words};
use crate::review::{Confidence, Handling, Relevance};
use crate::source::UnreadCode;

/// Widths of the columns: a name and five numbers.
const WIDTHS: [f64; 6] = [44.0, 14.0, 14.0, 14.0, 14.0, 14.0];
/// Most unread inputs named on the cover.
const MOST_UNREAD: usize = 10;

struct Cover<'c> {
    sheet: &'c mut Worksheet,
    styles: &'c Styles,
    row: u32,
}

/// Writes the sheet. `apart` names the file that holds the clauses when no sheet does.
pub fn write(sheet: &mut Worksheet, styles: &Styles, index: &Index, apart: Option<&str>) -> Result<(), XlsxError> {
    let results = index.results;
    sheet.set_name("Tổng hợp")?;
    for (column, width) in (0..).zip(WIDTHS) {
        sheet.set_column_width(column, width)?;
    }
    sheet.set_paper_size(9).set_portrait().set_print_fit_to_pages(1, 0);
    sheet.set_margins(0.6, 0.5, 0.6, 0.6, 0.3, 0.3).set_footer("&L&A&RTrang &P/&N");
    let mut cover = Cover { sheet, styles, row: 0 };
    cover.line("KẾT QUẢ RÀ SOÁT VĂN BẢN QUY PHẠM PHÁP LUẬT", &styles.title)?;
    cover.line(&format!("Tính đến ngày {}", words::date(results.run.as_of)), &styles.note)?;
    cover.unread(results)?;
    cover.run(results)?;
    cover.counts(results)?;
    cover.kinds(results)?;
    cover.proposals("4. Kiến nghị đối với văn bản", results, |path| path.is_none())?;
    cover.proposals("5. Kiến nghị theo điều khoản", results, |path| path.is_some())?;
    cover.decisions(results)?;
    cover.reading(results, apart)
}

impl Cover<'_> {
    /// A line over the whole width, as high as its words need.
    fn line(&mut self, text: &str, format: &Format) -> Result<(), XlsxError> {
        let text = cell_text(text);
        let last = (WIDTHS.len() - 1) as u16;
        self.sheet.merge_range(self.row, 0, self.row, last, &text, format)?;
        // Merged cells never find their height themselves.
        let height =
            if format == &self.styles.title { 24.0 } else { height::points(height::lines(&text, WIDTHS.iter().sum())) };
        self.sheet.set_row_height(self.row, height)?;
        self.row += 1;
        Ok(())
    }

    fn section(&mut self, text: &str) -> Result<(), XlsxError> {
        self.row += 1;
        let styles = self.styles;
        self.line(text, &styles.section)
    }

    fn note(&mut self, text: &str) -> Result<(), XlsxError> {
        let styles = self.styles;
        self.line(text, &styles.note)
    }

    /// A name with numbers after it.
    fn numbers(&mut self, name: &str, numbers: &[usize]) -> Result<(), XlsxError> {
        self.sheet.write_string_with_format(self.row, 0, name, &self.styles.text)?;
        for (column, &number) in (1..).zip(numbers) {
            self.sheet.write_number_with_format(self.row, column, number as f64, &self.styles.number)?;
        }
        self.row += 1;
        Ok(())
    }

    fn heads(&mut self, heads: &[&str]) -> Result<(), XlsxError> {
        for (column, &head) in (0..).zip(heads) {
            self.sheet.write_string_with_format(self.row, column, head, &self.styles.header)?;
        }
        self.row += 1;
        Ok(())
    }

    /// What no answer is given about.
    fn unread(&mut self, results: &Results) -> Result<(), XlsxError> {
        self.section("1. Chưa đọc được")?;
        if results.unreadable.is_empty() {
            return self.note("Không có: mọi tệp đưa vào và mọi văn bản trong danh mục đều đã được đọc.");
        }
        let count = results.unreadable.len();
        self.note(&format!(
            "{count} tệp hoặc văn bản chưa đọc được; KHÔNG có kết luận nào về các văn bản này (chi tiết và việc cần làm: trang “Không đọc được”)."
        ))?;
        let mut codes: BTreeMap<UnreadCode, usize> = BTreeMap::new();
        for input in &results.unreadable {
            *codes.entry(input.unread.code).or_default() += 1;
        }
        let codes: Vec<String> =
            codes.into_iter().map(|(code, count)| format!("{}: {count}", words::unread(code))).collect();
        self.note(&format!("Theo nguyên nhân: {}.", codes.join("; ")))?;
        for input in results.unreadable.iter().take(MOST_UNREAD) {
            // Which document a row of a list names stands in the message only.
            let line = match &input.list_row {
                Some((sheet, row)) => format!("{}, {sheet}, dòng {row}: {}", input.file, input.unread.message),
                None => format!("{}: {}", input.file, words::unread(input.unread.code)),
            };
            self.note(&format!("- {line}"))?;
        }
        if count > MOST_UNREAD {
            self.note(&format!("… và {} tệp, văn bản khác.", count - MOST_UNREAD))?;
        }
        Ok(())
    }

    /// Packs, their dates and cautions.
    fn run(&mut self, results: &Results) -> Result<(), XlsxError> {
        let run = &results.run;
        self.section("2. Bộ quy tắc đã dùng")?;
        for pack in &run.packs {
            self.note(&format!(
                "{} (mã {}), phiên bản {}, nội dung đã kiểm tra đến ngày {}.",
                pack.title,
                pack.id,
                pack.version,
                words::date(pack.checked_until)
            ))?;
            if run.as_of > pack.checked_until {
                self.note(&format!(
                    "Lưu ý: chạy tại ngày {}, sau ngày kiểm tra bộ quy tắc ({}); văn bản mới ban hành sau ngày kiểm tra có thể chưa được tính đến.",
                    words::date(run.as_of),
                    words::date(pack.checked_until)
                ))?;
            }
            for caution in &pack.cautions {
                self.note(&format!("Lưu ý: {caution}"))?;
            }
        }
        self.note(&words::missed(results.missed.as_ref()))?;
        for own in &run.supplied {
            self.note(&format!(
                "Danh mục hiệu lực bổ sung của người dùng: {} ({} văn bản), SHA-256 {}.",
                own.file, own.instruments, own.sha256
            ))?;
        }
        for (number, law) in results.law.laws() {
            let hash = &law.sha256;
            self.note(&format!("Nguyên văn văn bản số {number} trích từ tệp “{}” (SHA-256 {hash}).", law.file))?;
        }
        self.note(&format!("Phiên bản chương trình: rasoat {}.", run.tool))
    }

    fn counts(&mut self, results: &Results) -> Result<(), XlsxError> {
        self.section("3. Số liệu")?;
        let run = &results.run;
        let documents = &results.documents;
        let units = |kind| documents.iter().map(|reviewed| reviewed.document.count(kind)).sum();
        let related = |relevance| documents.iter().filter(|reviewed| reviewed.relevance == relevance).count();
        self.heads(&["Nội dung", "Số lượng"])?;
        for (name, number) in [
            ("Tệp, văn bản đưa vào", run.inputs),
            ("Đã đọc", run.read),
            ("Chưa đọc được", run.unreadable),
            ("Tệp hệ thống, tệp khóa bỏ qua", run.ignored),
            ("Văn bản đã đọc", documents.len()),
            ("Văn bản liên quan trực tiếp đến Luật", related(Relevance::Direct)),
            ("Văn bản liên quan gián tiếp", related(Relevance::Indirect)),
            ("Điều", units(UnitKind::Article)),
            ("Khoản", units(UnitKind::Clause)),
            ("Điểm", units(UnitKind::Point)),
            ("Điều, khoản, điểm, đoạn đã đối chiếu", documents.iter().map(|reviewed| reviewed.examined.len()).sum()),
            ("Văn bản đề nghị giữ nguyên", documents.iter().filter(|one| one.handling == Handling::Keep).count()),
            ("Cảnh báo khi đọc văn bản", documents.iter().map(|reviewed| reviewed.document.warnings.len()).sum()),
        ] {
            self.numbers(name, &[number])?;
        }
        Ok(())
    }

    /// Documents by kind.
    fn kinds(&mut self, results: &Results) -> Result<(), XlsxError> {
        let mut kinds: BTreeMap<Kind, usize> = BTreeMap::new();
        for reviewed in &results.documents {
            *kinds.entry(reviewed.document.identity.kind).or_default() += 1;
        }
        self.row += 1;
        self.heads(&["Văn bản đã đọc theo loại", "Số lượng"])?;
        for (kind, count) in kinds {
            self.numbers(words::kind(kind), &[count])?;
        }
        Ok(())
    }

    /// Proposals by handling and confidence.
    fn proposals(
        &mut self,
        title: &str,
        results: &Results,
        with: impl Fn(Option<&str>) -> bool,
    ) -> Result<(), XlsxError> {
        self.section(title)?;
        self.heads(&["Hình thức xử lý", "Tin cậy cao", "Trung bình", "Thấp", "Không nêu", "Cộng"])?;
        let mut total = [0; 5];
        for handling in words::HANDLINGS {
            let mut counts = [0; 5];
            let proposals =
                results.proposals.iter().filter(|one| one.handling == handling && with(one.path.as_deref()));
            for proposal in proposals {
                let column = match proposal.confidence {
                    Some(Confidence::High) => 0,
                    Some(Confidence::Medium) => 1,
                    Some(Confidence::Low) => 2,
                    None => 3,
                };
                counts[column] += 1;
                counts[4] += 1;
            }
            if counts[4] > 0 {
                self.numbers(words::handling(handling), &counts)?;
                total = std::array::from_fn(|column| total[column] + counts[column]);
            }
        }
        self.numbers("Cộng", &total)
    }

    /// What people decided, and what is new since.
    fn decisions(&mut self, results: &Results) -> Result<(), XlsxError> {
        self.section("6. Quyết định của người rà soát")?;
        match &results.earlier.compared {
            Some(with) => self.note(&format!("Trạng thái mới, đã biết, thay đổi, không còn: so với {with}."))?,
            None => self.note("Chưa có kết quả nào để so sánh; mọi kiến nghị được coi là mới.")?,
        }
        self.heads(&["Kiến nghị", "Mới", "Đã biết", "Thay đổi", "Không còn", "Cộng"])?;
        let open = || results.proposals.iter().filter(|proposal| proposal.handling != Handling::Keep);
        let choice =
            |proposal: &Proposal| proposal.decision.as_ref().and_then(Decided::first).map(|first| first.choice);
        let gone = &results.earlier.gone;
        let decided_gone = gone.iter().filter(|gone| !gone.decided.is_empty()).count();
        let undecided_gone = gone.len() - decided_gone;
        let rows = [
            (words::DECISIONS[0], Some(Choice::Agree)),
            (words::DECISIONS[1], Some(Choice::Change)),
            (words::DECISIONS[2], Some(Choice::Reject)),
            ("Chưa quyết định", None),
        ];
        for (name, wanted) in rows {
            let of = |state| open().filter(|one| choice(one) == wanted && one.state == state).count();
            let counts = [RunState::New, RunState::Known, RunState::Changed].map(of);
            let gone = if wanted.is_none() { undecided_gone } else { 0 };
            self.numbers(name, &[counts[0], counts[1], counts[2], gone, counts.iter().sum::<usize>() + gone])?;
        }
        if decided_gone > 0 {
            self.note(&format!("{decided_gone} quyết định thuộc kiến nghị không còn; xem trang “Không còn”."))?;
        }
        let again = open().filter(|one| one.decision.as_ref().is_some_and(|one| !one.look_again.is_empty())).count();
        if again > 0 {
            self.note(&format!(
                "{again} quyết định cần xem lại vì văn bản hoặc kiến nghị đã thay đổi; xem cột “Trạng thái”."
            ))?;
        }
        match results.earlier.disagreements.len() {
            0 => Ok(()),
            count => self.note(&format!("{count} kiến nghị có ý kiến khác nhau; xem trang “Ý kiến khác nhau”.")),
        }
    }

    /// How the answers are to be read.
    fn reading(&mut self, results: &Results, apart: Option<&str>) -> Result<(), XlsxError> {
        self.section("7. Cách hiểu kết quả")?;
        self.note(&format!(
            "“Không phát hiện” chỉ nói về phần văn bản đã đọc được, đối chiếu với {} quy tắc nêu tại trang “Quy tắc” ({}).",
            results.rules.len(),
            rule_sets(&results.run)
        ))?;
        self.note("Cột “Nội dung yêu cầu” là tóm tắt, không phải nguyên văn của Luật.")?;
        self.note("Mọi kiến nghị là đề xuất để người rà soát xem xét, quyết định; không phải kết luận pháp lý.")?;
        match apart {
            Some(file) => self.note(&format!("Kết quả từng điều khoản ở tệp {file} cùng thư mục.")),
            None => Ok(()),
        }
    }
}
