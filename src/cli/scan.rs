//! `rasoat scan`.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;
use std::time::Duration;

use anyhow::{Context as _, bail};
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use jiff::civil::Date;

use super::args::{Annotate, Format, Scan};
use super::{Exit, add_instruments, law_text, load_decisions, load_forms, load_rules, office, print, say};
use crate::proposals::{FormSet, RunState};
use crate::report::decisions::Desk;
use crate::report::recall;
use crate::report::{self, Originals, Results, Tally, UnreadInput, With, words};
use crate::review::Confidence;
use crate::rules::RuleSet;
use crate::rules::ruleset::Profile;
use crate::run::{self, Config, Step};
use crate::source::files;

/// Runs a review and writes its outputs.
pub fn run(args: Scan) -> anyhow::Result<Exit> {
    if args.ndjson {
        return super::ndjson::run(&args);
    }
    if args.paths.is_empty() && args.lists.is_empty() {
        bail!("chưa nêu tệp hoặc thư mục cần rà soát. Ví dụ: rasoat scan van-ban/ --list danh-muc.xlsx");
    }
    let formats: Vec<report::Format> = args.formats.iter().map(|&format| format.into()).collect();
    let office = office::load(args.config.as_deref())?;
    if let Some(folder) = args.baseline.as_ref().filter(|folder| !folder.is_dir()) {
        bail!("không có thư mục “{}” (nêu ở --baseline)", folder.display());
    }
    let mut rules = load_rules(&args.rules, &args.packs)?;
    add_instruments(&args.instruments, &mut rules)?;
    rules.profile = args.profile_rules.then(|| Profile::new(rules.rules.len()));
    let table = load_decisions(&args.rules)?;
    let as_of = args.as_of.unwrap_or_else(today);
    let out = args.out.clone().unwrap_or_else(|| PathBuf::from(format!("ra-soat-{as_of}")));
    for paths in [&args.paths, &args.lists] {
        files::check(paths)?;
    }
    let sets: BTreeSet<FormSet> = office.forms.iter().chain(&args.forms).copied().chain([FormSet::Nd79]).collect();
    let forms = sets.into_iter().map(|set| load_forms(&args.rules, set)).collect::<anyhow::Result<Vec<_>>>()?;
    report::prepare(&out)?;
    let law = law_text::load(&args.law_texts, &args.rules, &rules)?;
    let desk = Desk::open(&out, args.baseline.as_deref(), as_of)?;
    for note in &desk.notes {
        say(note);
    }
    let config = Config {
        paths: args.paths,
        lists: args.lists,
        as_of,
        assume: args.assume.unwrap_or_default(),
        out: Some(out.clone()),
        office,
    };
    let threads = args.threads.unwrap_or(0);
    let pool = rayon::ThreadPoolBuilder::new()
        .num_threads(threads)
        .build()
        .context("không tạo được các luồng chạy song song; giảm --threads")?;
    let bars = Bars::new(args.quiet);
    let tick = |step, count| bars.tick(step, count);
    let answered = report::answered_sample(&out);
    let again = args.annotate.is_some() || args.sample.is_some() || answered.is_some() || !desk.is_blank();
    let (results, tally, written) = if formats == [report::Format::Json] && !again {
        // Nothing asks for the documents once they are written: they need not stay in memory.
        let batch = pool.install(|| run::open(&config, &rules, &table, run::KEPT, &tick))?.with_law(law);
        let ((results, tally), written) =
            report::write_json(&out, |file| pool.install(|| batch.write_json(&tick, file)))?;
        (results, tally, vec![written])
    } else {
        let mut results = pool.install(|| run::scan(&config, &rules, &table, &tick))?;
        (results.forms, results.law) = (forms, law);
        desk.apply(&mut results);
        if let Some(sample) = &answered {
            estimate(sample, &mut results);
        }
        let mut written = report::write_all(&results, &out, &formats)?;
        if let Some(wanted) = args.sample {
            written.push(report::write_sample(&results, &out, wanted as usize)?);
        }
        if let Some(asked) = args.annotate {
            let with = match asked {
                Annotate::Comments => With::Comments,
                Annotate::Changes => With::Changes,
            };
            let (inputs, _) = files::collect(&config.paths)?;
            let originals = Originals::new(inputs.into_iter().map(|input| (input.file, input.path)));
            written.extend(pool.install(|| report::annotate(&results, &originals, with, &out))?);
        }
        let tally = Tally::of(&results);
        (results, tally, written)
    };
    bars.finish();
    if results.run.inputs == 0 {
        say("cảnh báo: không có tệp nào để đọc trong các đường dẫn đã nêu; kết quả sẽ trống.");
    }
    if !args.quiet {
        print(&summary(&results, &tally))?;
        for file in &written {
            print(&format!("Đã ghi: {}\n", file.path.display()))?;
        }
    }
    if let Some(profile) = &rules.profile {
        print(&slowest(&rules, &profile.times()))?;
    }
    for note in written.iter().filter_map(|file| file.note.as_deref()) {
        say(note);
    }
    Ok(match args.fail_on {
        Some(least) if tally.surest.is_some_and(|surest| surest >= least.0) => Exit::Findings,
        _ if !results.unreadable.is_empty() => Exit::SomeUnread,
        _ => Exit::Done,
    })
}

/// Takes what an answered sample tells of what was missed, when it was drawn from this very review.
fn estimate(sample: &Path, results: &mut Results) {
    let strata = match recall::read(sample) {
        Ok(strata) => strata,
        Err(error) => return say(&format!("cảnh báo: {error}")),
    };
    if report::sample_fits(results, &strata) {
        results.missed = recall::estimate(&strata);
    } else {
        say(&format!(
            "cảnh báo: mẫu kiểm tra “{}” được lập từ một lần chạy khác (số điều khoản hoặc số phát hiện đã thay đổi) nên không dùng để ước lượng phần bỏ sót; muốn ước lượng, lập mẫu mới bằng --sample.",
            sample.display()
        ));
    }
}

impl From<Format> for report::Format {
    fn from(asked: Format) -> Self {
        match asked {
            Format::Xlsx => report::Format::Xlsx,
            Format::Json => report::Format::Json,
            Format::Docx => report::Format::Docx,
            Format::Html => report::Format::Html,
        }
    }
}

/// The only place that asks the clock, and only when nobody named a day.
pub fn today() -> Date {
    let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap_or_default();
    // Việt Nam is seven hours ahead of UTC all year.
    let days = (since.as_secs() + 7 * 3600) / 86_400;
    jiff::civil::date(1970, 1, 1).saturating_add(jiff::Span::new().days(i64::try_from(days).unwrap_or(0)))
}

/// What happened, on one screen.
fn summary(results: &Results, tally: &Tally) -> String {
    use std::fmt::Write as _;
    let mut text = String::new();
    let run = &results.run;
    let _ = writeln!(
        text,
        "Xét tại ngày {}. Đầu vào: {} (đọc được {}, chưa đọc được {}, bỏ qua {}).",
        run.as_of.strftime("%d/%m/%Y"),
        run.inputs,
        run.read,
        run.unreadable,
        run.ignored
    );
    unread(&mut text, results);
    let of = |confidence| tally.findings(Some(confidence));
    let _ = writeln!(
        text,
        "Văn bản: {}; điều, khoản, điểm đã đối chiếu: {}; phát hiện: {} (tin cậy cao {}, trung bình {}, thấp {}).",
        tally.documents,
        tally.clauses,
        tally.findings(None),
        of(Confidence::High),
        of(Confidence::Medium),
        of(Confidence::Low)
    );
    earlier(&mut text, results);
    let parts: Vec<String> =
        tally.handlings().iter().map(|&(handling, count)| format!("{} {count}", words::handling(handling))).collect();
    let idle: Vec<&str> =
        results.filters.iter().filter(|filter| filter.stopped == 0).map(|filter| filter.id.as_str()).collect();
    if !idle.is_empty() && !results.documents.is_empty() {
        /// More are named in the workbook only.
        const NAMED: usize = 3;
        let more = if idle.len() > NAMED { ", … (nêu đủ ở trang “Quy tắc”)" } else { "" };
        let names = idle[..idle.len().min(NAMED)].join(", ");
        let (count, all) = (idle.len(), results.filters.len());
        let _ = writeln!(text, "Bộ lọc chung chưa loại chỗ nào trong lần chạy này: {count}/{all}: {names}{more}.");
    }
    if !parts.is_empty() {
        let _ = writeln!(text, "Đề xuất theo văn bản: {}.", parts.join(", "));
    }
    text
}

/// What is new since the results compared with, and how much is decided.
fn earlier(text: &mut String, results: &Results) {
    use std::fmt::Write as _;
    let earlier = &results.earlier;
    if let Some(with) = &earlier.compared {
        let all: usize = results.documents.iter().map(|reviewed| reviewed.findings.len()).sum::<usize>();
        let of = |state| earlier.findings.values().filter(|&&own| own == state).count();
        let (known, changed) = (of(RunState::Known), of(RunState::Changed));
        let new = (all + results.missing.len()).saturating_sub(known + changed);
        let gone = earlier.gone_findings.len();
        let _ = writeln!(
            text,
            "So với {with}: phát hiện mới {new}, đã biết {known}, thay đổi {changed}, không còn {gone}."
        );
    }
    let decided = results.proposals.iter().filter_map(|one| one.decision.as_ref()).filter(|one| one.first().is_some());
    let again = decided.clone().filter(|one| !one.look_again.is_empty());
    let (decided, again, disputed) = (decided.count(), again.count(), earlier.disagreements.len());
    if decided > 0 {
        let _ = writeln!(
            text,
            "Kiến nghị đã có quyết định: {decided}; cần xem lại quyết định: {again}; ý kiến khác nhau: {disputed}."
        );
    }
}

/// The rules that took the most time, with a warning about one that takes far more than its share.
fn slowest(rules: &RuleSet, times: &[Duration]) -> String {
    use std::fmt::Write as _;
    /// How many are named.
    const NAMED: usize = 5;
    /// A rule that takes this share of all is worth a look, unless everything took no time.
    const UNUSUAL: f64 = 0.2;
    let total: f64 = times.iter().map(Duration::as_secs_f64).sum();
    let mut order: Vec<usize> = (0..times.len()).collect();
    order.sort_by_key(|&at| std::cmp::Reverse(times[at]));
    let number = |value: f64| format!("{value:.1}").replace('.', ",");
    let mut text = format!("Thời gian đối chiếu quy tắc, cộng mọi luồng: {} ms.\n", number(total * 1e3));
    for &at in order.iter().take(NAMED) {
        let own = times[at].as_secs_f64();
        let share = if total > 0.0 { own / total } else { 0.0 };
        let unusual = if share >= UNUSUAL && own > 0.01 {
            "  ← chậm bất thường: thu hẹp điều kiện, tránh pattern"
        } else {
            ""
        };
        let _ = writeln!(
            text,
            "  {:>8} ms {:>5} %  {}{unusual}",
            number(own * 1e3),
            number(share * 100.0),
            rules.rules[at].id
        );
    }
    text
}

/// Most unread inputs of each kind that the screen names; the results name all.
const MOST_SHOWN: usize = 5;

/// Files that were not read, with what to do; then rows of lists without a file.
fn unread(text: &mut String, results: &Results) {
    use std::fmt::Write as _;
    let (rows, files): (Vec<&UnreadInput>, Vec<&UnreadInput>) =
        results.unreadable.iter().partition(|input| input.list_row.is_some());
    for (what, inputs) in [("Tệp chưa đọc được", files), ("Văn bản có trong danh mục nhưng không có tệp", rows)]
    {
        if inputs.is_empty() {
            continue;
        }
        let _ = writeln!(text, "{what}: {}.", inputs.len());
        for input in inputs.iter().take(MOST_SHOWN) {
            let place = match &input.list_row {
                None => String::new(),
                Some((sheet, row)) if sheet.is_empty() => format!(" [dòng {row}]"),
                Some((sheet, row)) => format!(" [{sheet}, dòng {row}]"),
            };
            // A name must not be able to steer the terminal.
            let name = format!("{}{place}", input.file).replace(char::is_control, "�");
            let _ = writeln!(text, "  - {name}: {} {}", input.unread.message, input.unread.next_step);
        }
        if inputs.len() > MOST_SHOWN {
            let _ = writeln!(text, "  … và {} mục nữa, nêu đủ trong kết quả.", inputs.len() - MOST_SHOWN);
        }
    }
}

/// Progress, only where a person watches.
struct Bars {
    hidden: bool,
    read: OnceLock<ProgressBar>,
    review: OnceLock<ProgressBar>,
}

impl Bars {
    fn new(quiet: bool) -> Bars {
        Bars { hidden: quiet, read: OnceLock::new(), review: OnceLock::new() }
    }

    fn tick(&self, step: Step, count: usize) {
        let (slot, words) = match step {
            Step::Read => (&self.read, "Đọc tệp"),
            Step::Review => (&self.review, "Đối chiếu"),
        };
        if count == 0 {
            if let Some(bar) = slot.get() {
                bar.inc(1);
            }
            return;
        }
        slot.get_or_init(|| {
            // Draws nothing when stderr is no terminal.
            let target = if self.hidden { ProgressDrawTarget::hidden() } else { ProgressDrawTarget::stderr() };
            let bar = ProgressBar::with_draw_target(Some(count as u64), target);
            if let Ok(style) = ProgressStyle::with_template("{msg:10} {bar:40} {pos}/{len}") {
                bar.set_style(style);
            }
            bar.set_message(words);
            bar
        });
    }

    fn finish(&self) {
        for bar in [&self.read, &self.review].into_iter().filter_map(OnceLock::get) {
            bar.finish_and_clear();
        }
    }
}
