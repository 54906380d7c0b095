//! The report itself: situation, results, what is not known, difficulties, proposals; then the annexes.

use std::collections::BTreeMap;

use docx_rs::{AlignmentType, Docx, Header, PageOrientationType, PageSize, Paragraph, Section};

use super::annexes;
use super::page::{self, Cell, Ruled, body, centered, heading, plain, words};
use crate::document::{Kind, UnitKind};
use crate::registry::State;
use crate::report::index::{Index, distinct};
use crate::report::{Results, counts, words as names};
use crate::review::{Confidence, FindingKind, Handling, Relevance};
use crate::source::UnreadCode;

/// Most provisions of the Law listed by how much rests on them.
const MOST_PROVISIONS: usize = 15;
/// Most fields and issuers listed; the others are one row.
const MOST_ROWS: usize = 25;

/// The whole document.
pub fn document(index: &Index, grounds: &[String]) -> Docx {
    let results = index.results;
    let mut text = Text(Section::new());
    text.head(results);
    text.grounds(results, grounds);
    text.situation(results);
    text.found(index);
    text.unknown(index);
    text.difficulties(results);
    text.proposals(index);
    text.closing();
    let upright = text
        .0
        .page_size(PageSize::new().size(page::A4.0, page::A4.1))
        .page_margin(page::margins())
        .title_pg()
        .first_header(Header::new().add_paragraph(Paragraph::new()))
        .header(page::numbered());
    let docx = dressed(results).add_section(upright);
    let docx = docx.page_size(page::A4.1, page::A4.0).page_orient(PageOrientationType::Landscape);
    annexes::add(docx.page_margin(page::margins()).header(page::numbered()), index)
}

/// An empty document in the font of offices, dated by the day of the questions.
pub fn dressed(results: &Results) -> Docx {
    let day = format!("{}T00:00:00Z", results.run.as_of);
    Docx::new().default_fonts(page::fonts()).default_size(page::BODY).created_at(&day).updated_at(&day)
}

/// What the report is of: the titles of the packs used.
pub fn subject(results: &Results) -> String {
    results.run.packs.iter().map(|pack| pack.title.as_str()).collect::<Vec<_>>().join("; ")
}

/// A name from the settings of the office in capitals, else what is to be filled in.
pub fn capitals(name: &Option<String>, open: &str) -> String {
    name.as_deref().map_or(open.to_owned(), str::to_uppercase)
}

struct Text(Section);

impl Text {
    fn put(&mut self, paragraph: Paragraph) {
        self.0 = std::mem::take(&mut self.0).add_paragraph(paragraph);
    }

    fn say(&mut self, text: &str) {
        self.put(body([words(text)]));
    }

    fn table(&mut self, table: Ruled) {
        self.0 = std::mem::take(&mut self.0).add_table(table.finish());
        self.put(plain([]).line_spacing(docx_rs::LineSpacing::new().before(0).after(60)));
    }

    /// Counts of documents by handling, one row a heading.
    fn handlings(&mut self, head: &str, rows: &[(&str, BTreeMap<Handling, usize>)]) {
        let used: Vec<Handling> = names::HANDLINGS
            .into_iter()
            .filter(|handling| rows.iter().any(|(_, row)| row.contains_key(handling)))
            .collect();
        let mut columns = vec![(head, 30)];
        columns.extend(used.iter().map(|&handling| (names::handling(handling), 10)));
        columns.push(("Cộng", 8));
        let mut table = Ruled::new(page::WIDTH, &columns);
        let mut add = |name: &str, rows: &[(&str, BTreeMap<Handling, usize>)], total: bool| {
            let of = |handling: &Handling| {
                rows.iter().map(|(_, row)| row.get(handling).copied().unwrap_or(0)).sum::<usize>()
            };
            let mut cells = vec![if total { Cell::over(name, 1) } else { Cell::text(name) }];
            cells.extend(used.iter().map(|handling| Cell::count(of(handling))));
            cells.push(Cell::count(used.iter().map(of).sum()));
            table.row(cells);
        };
        for row in rows.iter().take(MOST_ROWS) {
            add(row.0, std::slice::from_ref(row), false);
        }
        if rows.len() > MOST_ROWS {
            add("Còn lại", &rows[MOST_ROWS..], false);
        }
        add("Tổng số", rows, true);
        self.table(table);
    }

    /// Counts, one row a name.
    fn numbers<'n>(&mut self, heads: [&str; 2], rows: impl IntoIterator<Item = (&'n str, usize)>) {
        let mut table = Ruled::new(page::WIDTH, &[(heads[0], 78), (heads[1], 22)]);
        rows.into_iter().for_each(|(name, count)| table.row(vec![Cell::text(name), Cell::count(count)]));
        self.table(table);
    }

    fn head(&mut self, results: &Results) {
        let small = |text: &str| words(text).size(24);
        let place = results.office.province.as_deref().map_or("[…]", |province| province.trim_start_matches("tỉnh "));
        let left = vec![
            centered([small(&capitals(&results.office.superior, "[TÊN CƠ QUAN CHỦ QUẢN]"))]),
            centered([small(&capitals(&results.office.office, "[TÊN CƠ QUAN, ĐƠN VỊ]")).bold()]),
            centered([words("_________").size(16)]),
            centered([small("Số:        /BC-[…]")]),
        ];
        let right = vec![
            centered([small("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM").bold()]),
            centered([words("Độc lập - Tự do - Hạnh phúc").bold()]),
            centered([words("____________________________").size(16)]),
            centered([words(&format!("{}, ngày      tháng      năm {}", place, results.run.as_of.year())).italic()]),
        ];
        self.0 = std::mem::take(&mut self.0).add_table(page::state_head(left, right));
        self.put(plain([]));
        self.put(centered([words("BÁO CÁO").bold()]));
        self.put(centered([words("Kết quả rà soát văn bản quy phạm pháp luật").bold()]));
        self.put(centered([words(&format!("({})", subject(results))).bold()]));
        self.put(centered([words(&format!("Tính đến ngày {}", names::date(results.run.as_of))).italic()]));
        self.put(centered([words("__________").size(16)]));
        self.put(body([words(
            "Dự thảo lập từ kết quả của chương trình rà soát. Cơ quan rà soát kiểm tra, bổ sung các chỗ trong ngoặc vuông […] và xóa dòng này trước khi ký.",
        )
        .italic()
        .size(24)]));
    }

    fn grounds(&mut self, results: &Results, grounds: &[String]) {
        for line in grounds {
            self.put(body([words(line).italic()]));
        }
        self.put(body([words("Căn cứ [Kế hoạch rà soát số …, ngày …];").italic()]));
        let office = results.office.office.as_deref().unwrap_or("[Cơ quan, đơn vị]");
        self.say(&format!(
            "{office} báo cáo kết quả rà soát văn bản quy phạm pháp luật theo {}, tính đến ngày {}, như sau:",
            subject(results),
            names::date(results.run.as_of)
        ));
    }

    fn situation(&mut self, results: &Results) {
        let run = &results.run;
        let documents = &results.documents;
        self.put(heading("I. TÌNH HÌNH TRIỂN KHAI", 0));
        self.put(heading("1. Phạm vi rà soát", 1));
        self.say(&format!(
            "Đã đưa vào rà soát {} tệp, văn bản; đọc được {}; chưa đọc được {} (mục III và Phụ lục V). {}",
            run.inputs,
            run.read,
            run.unreadable,
            if results.lists.is_empty() {
                "Không có danh mục kèm theo.".to_owned()
            } else {
                format!("Danh mục kèm theo có {} dòng nêu văn bản.", results.lists.len())
            }
        ));
        let mut kinds: BTreeMap<Kind, usize> = BTreeMap::new();
        for reviewed in documents {
            *kinds.entry(reviewed.document.identity.kind).or_default() += 1;
        }
        let kinds =
            kinds.into_iter().map(|(kind, count)| format!("{}: {count}", names::kind(kind))).collect::<Vec<_>>();
        self.say(&format!("Số văn bản đã đọc: {} ({}).", documents.len(), kinds.join("; ")));
        let units = |kind| documents.iter().map(|reviewed| reviewed.document.count(kind)).sum::<usize>();
        let related = |relevance| documents.iter().filter(|reviewed| reviewed.relevance == relevance).count();
        self.say(&format!(
            "Các văn bản này có {} điều, {} khoản, {} điểm; đã đối chiếu {} điều, khoản, điểm, đoạn. Văn bản liên quan trực tiếp: {}; gián tiếp: {}.",
            units(UnitKind::Article),
            units(UnitKind::Clause),
            units(UnitKind::Point),
            documents.iter().map(|reviewed| reviewed.examined.len()).sum::<usize>(),
            related(Relevance::Direct),
            related(Relevance::Indirect)
        ));
        self.put(heading("2. Căn cứ đối chiếu", 1));
        for pack in &run.packs {
            self.say(&format!(
                "- Bộ quy tắc “{}”, phiên bản {}, nội dung đã kiểm tra đến ngày {}.",
                pack.title,
                pack.version,
                names::date(pack.checked_until)
            ));
        }
        for (number, law) in results.law.laws() {
            let text = format!("- Nguyên văn văn bản số {number}: tệp “{}”, mã băm SHA-256 {}.", law.file, law.sha256);
            self.put(body([words(&text)]).align(AlignmentType::Left));
        }
        self.put(heading("3. Tổ chức thực hiện", 1));
        self.say("[Việc phân công, phối hợp, thời gian thực hiện]");
    }

    fn found(&mut self, index: &Index) {
        let results = index.results;
        self.put(heading("II. KẾT QUẢ RÀ SOÁT", 0));
        self.put(heading("1. Tình trạng hiệu lực của văn bản đã rà soát", 1));
        let mut states: BTreeMap<&str, usize> = BTreeMap::new();
        for reviewed in &results.documents {
            *states.entry(names::state(reviewed.status.state)).or_default() += 1;
        }
        self.numbers(["Tình trạng hiệu lực", "Số văn bản"], states);
        self.put(heading("2. Kết quả theo loại văn bản và hình thức xử lý", 1));
        let kinds = counts::by_handling(index, |reviewed| names::kind(reviewed.document.identity.kind));
        self.handlings("Loại văn bản", &kinds);
        let issue = counts::to_issue(results).count();
        if issue > 0 {
            self.say(&format!("Ngoài ra có {issue} nội dung Luật giao quy định mà chưa tìm thấy văn bản trong tập rà soát (ban hành mới)."));
        }
        self.put(heading("3. Kết quả theo lĩnh vực", 1));
        self.handlings("Lĩnh vực", &counts::by_handling(index, counts::field));
        self.put(heading("4. Kết quả theo cơ quan ban hành", 1));
        self.handlings("Cơ quan ban hành", &counts::by_handling(index, counts::issuer));
        self.put(heading("5. Các vấn đề phát hiện", 1));
        self.kinds(results);
        let provisions = counts::provisions(results);
        if !provisions.is_empty() {
            self.put(heading("6. Quy định là căn cứ của nhiều phát hiện nhất", 1));
            let mut table = Ruled::new(page::WIDTH, &[("Quy định", 66), ("Số phát hiện", 17), ("Số văn bản", 17)]);
            for (cite, found, documents) in provisions.into_iter().take(MOST_PROVISIONS) {
                table.row(vec![Cell::text(cite), Cell::count(found), Cell::count(documents)]);
            }
            self.table(table);
        }
    }

    /// Findings by kind and confidence.
    fn kinds(&mut self, results: &Results) {
        let mut kinds: BTreeMap<FindingKind, [usize; 4]> = BTreeMap::new();
        for finding in counts::findings(results) {
            let row = kinds.entry(finding.kind).or_default();
            let column = match finding.confidence {
                Confidence::High => 0,
                Confidence::Medium => 1,
                Confidence::Low => 2,
            };
            row[column] += 1;
            row[3] += 1;
        }
        if kinds.is_empty() {
            return self.say("Không phát hiện vấn đề nào theo các bộ quy tắc đã dùng.");
        }
        let heads = [("Loại vấn đề", 46), ("Tin cậy cao", 13), ("Trung bình", 14), ("Thấp", 13), ("Cộng", 14)];
        let mut table = Ruled::new(page::WIDTH, &heads);
        let mut total = [0; 4];
        for (kind, row) in &kinds {
            total = std::array::from_fn(|column| total[column] + row[column]);
            let mut cells = vec![Cell::text(names::finding_kind(*kind))];
            cells.extend(row.iter().map(|&count| Cell::count(count)));
            table.row(cells);
        }
        let mut cells = vec![Cell::over("Tổng số", 1)];
        cells.extend(total.iter().map(|&count| Cell::count(count)));
        table.row(cells);
        self.table(table);
    }

    fn unknown(&mut self, index: &Index) {
        let results = index.results;
        self.put(heading("III. NỘI DUNG CHƯA ĐỌC ĐƯỢC, CHƯA XÁC ĐỊNH ĐƯỢC", 0));
        if results.unreadable.is_empty() {
            self.say("1. Mọi tệp đưa vào và mọi văn bản nêu trong danh mục đều đã được đọc.");
        } else {
            self.say(&format!(
                "1. Chưa đọc được {} tệp, văn bản; không có kết luận nào về các văn bản này (Phụ lục V):",
                results.unreadable.len()
            ));
            let mut codes: BTreeMap<UnreadCode, usize> = BTreeMap::new();
            for input in &results.unreadable {
                *codes.entry(input.unread.code).or_default() += 1;
            }
            self.numbers(
                ["Nguyên nhân", "Số lượng"],
                codes.into_iter().map(|(code, count)| (names::unread(code), count)),
            );
        }
        let documents = &results.documents;
        let open = (0..documents.len()).filter(|&at| index.handling(at) == Handling::Undetermined).count();
        let state = documents.iter().filter(|reviewed| reviewed.status.state == State::Unknown).count();
        let normative = documents.iter().filter(|reviewed| reviewed.document.identity.normative.is_none()).count();
        self.say(&format!(
            "2. Chưa xác định hình thức xử lý: {open} văn bản; chưa xác định tình trạng hiệu lực: {state} văn bản; chưa rõ có phải văn bản quy phạm pháp luật hay không: {normative} văn bản."
        ));
        let low = counts::findings(results).filter(|finding| finding.confidence == Confidence::Low).count();
        self.say(&format!("3. Số phát hiện có độ tin cậy thấp, cần kiểm tra trước khi kết luận: {low}."));
        self.say(&format!(
            "4. “Không phát hiện” chỉ nói về phần văn bản đã đọc được, đối chiếu với {} quy tắc của các bộ quy tắc nêu tại mục I, tại ngày {}.",
            results.rules.len(),
            names::date(results.run.as_of)
        ));
        self.say(&names::missed(results.missed.as_ref()));
        let run = &results.run;
        for pack in run.packs.iter().filter(|pack| run.as_of > pack.checked_until) {
            self.say(&format!(
                "Bộ quy tắc “{}” mới kiểm tra đến ngày {}; văn bản ban hành sau ngày đó có thể chưa được tính đến.",
                pack.title,
                names::date(pack.checked_until)
            ));
        }
        for caution in run.packs.iter().flat_map(|pack| &pack.cautions) {
            self.say(&format!("Lưu ý: {caution}"));
        }
        if results.law.laws().next().is_none() {
            self.say("Nội dung yêu cầu của Luật trong các phụ lục là tóm tắt, không phải nguyên văn.");
        }
    }

    fn difficulties(&mut self, results: &Results) {
        self.put(heading("IV. KHÓ KHĂN, VƯỚNG MẮC", 0));
        let listed = results.unreadable.iter().filter(|input| input.unread.code == UnreadCode::ListedNotFound).count();
        let doubts = results.lists.iter().filter(|entry| !entry.doubts.is_empty()).count();
        let warnings: usize = results.documents.iter().map(|reviewed| reviewed.document.warnings.len()).sum();
        let absent =
            results.corpus.named.iter().filter(|named| named.document.is_none() && named.ground_of > 0).count();
        for (count, what) in [
            (listed, "văn bản có trong danh mục nhưng không có tệp để rà soát"),
            (
                results.unreadable.len() - listed,
                "tệp không đọc được (ảnh quét, tệp hỏng, có mật khẩu, loại tệp chưa hỗ trợ)",
            ),
            (doubts, "dòng danh mục ghi số, ngày hoặc tên văn bản có chỗ nghi ngờ"),
            (results.corpus.doubled.len(), "văn bản có nhiều tệp trùng nhau"),
            (results.corpus.homonyms.len(), "trường hợp các văn bản khác nhau mang cùng số, ký hiệu"),
            (absent, "văn bản là căn cứ ban hành nhưng không có toàn văn trong tập rà soát"),
            (warnings, "chỗ đọc chưa chắc chắn (đánh số nhảy, phông chữ cũ, ngày hiệu lực suy ra…)"),
        ] {
            if count > 0 {
                self.say(&format!("- Có {count} {what}."));
            }
        }
        self.say("[Khó khăn, vướng mắc khác và nguyên nhân]");
    }

    fn proposals(&mut self, index: &Index) {
        let results = index.results;
        self.put(heading("V. ĐỀ XUẤT, KIẾN NGHỊ", 0));
        let mut order = 0;
        for (handling, count) in counts::whole(results) {
            if handling == Handling::Keep {
                continue;
            }
            order += 1;
            let whole =
                || results.proposals.iter().filter(|one| one.path.is_none() && one.settled().handling == handling);
            let drafters = distinct(whole().map(|proposal| proposal.settled().drafter), "; ");
            let forms = distinct(whole().map(|proposal| proposal.instrument_form.as_str()), "; ");
            let mut text = format!("{order}. {}: {count} văn bản.", names::handling(handling));
            for (name, value) in [("Chủ trì soạn thảo", drafters), ("Hình thức văn bản xử lý", forms)] {
                if !value.is_empty() {
                    text.push_str(&format!(
                        " {name}: {}.",
                        crate::report::place::cut(&value, 400).trim_end_matches('.')
                    ));
                }
            }
            self.say(&text);
        }
        let kept = (0..results.documents.len()).filter(|&at| index.handling(at) == Handling::Keep).count();
        self.say(&format!("{}. Giữ nguyên: {kept} văn bản (Phụ lục IV).", order + 1));
        self.say("Chi tiết từng văn bản, từng điều khoản tại các phụ lục kèm theo. Mọi kiến nghị là đề xuất để cơ quan có thẩm quyền xem xét, quyết định.");
        self.say("[Kiến nghị khác với Ủy ban nhân dân tỉnh, Hội đồng nhân dân tỉnh, các bộ, ngành]");
        self.put(body([words(
            "Trên đây là báo cáo kết quả rà soát văn bản quy phạm pháp luật của [cơ quan, đơn vị]./.",
        )]));
    }

    fn closing(&mut self) {
        let left = vec![
            plain([words("Nơi nhận:").bold().italic().size(24)]),
            plain([words("- Như trên;\n- Sở Tư pháp;\n- […];\n- Lưu: VT, […].").size(22)]),
        ];
        let right = vec![
            centered([words("[QUYỀN HẠN, CHỨC VỤ CỦA NGƯỜI KÝ]").bold()]),
            centered([words("\n\n\n")]),
            centered([words("[Họ và tên]").bold()]),
        ];
        self.0 = std::mem::take(&mut self.0).add_table(page::state_head(left, right));
    }
}
