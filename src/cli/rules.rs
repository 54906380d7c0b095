//! `rasoat rules check | test | list | explain | coverage | schema | export | import | new`.

use anyhow::{anyhow, bail};

use super::args::{CheckRules, Coverage, Explain, NewPack, Rules, RulesCommand, Schemas, TestRules};
use super::scan::today;
use super::{Exit, add_instruments, law_text, load_rules, print, say};
use crate::registry::Registry;
use crate::review::coverage::{Said, coverage};
use crate::review::{Confidence, explain, selftest};
use crate::rules::load;
use crate::rules::source::Lifecycle;
use crate::run;
use crate::source::files;

/// Runs a command about rules.
pub fn run(args: &Rules) -> anyhow::Result<Exit> {
    match &args.command {
        RulesCommand::Check(CheckRules { folders, instruments }) => {
            let mut set = load_rules(&folders.all(), &folders.packs)?;
            add_instruments(instruments, &mut set)?;
            super::load_decisions(&folders.all())?;
            print(&format!(
                "Bộ quy tắc hợp lệ: {} bộ, {} quy tắc, {} điều khoản, {} văn bản trong biểu đồ hiệu lực.\n",
                set.packs.len(),
                set.catalogue.len(),
                set.provisions.len(),
                set.instruments.len()
            ))?;
        }
        RulesCommand::List(folders) => {
            let set = load_rules(&folders.all(), &folders.packs)?;
            for (id, pack, state, confidence, title) in &set.catalogue {
                let state = match state {
                    Lifecycle::Draft => "draft",
                    Lifecycle::Trial => "trial",
                    Lifecycle::Stable => "stable",
                    Lifecycle::Retired => "retired",
                };
                let confidence = match confidence {
                    Confidence::Low => "low",
                    Confidence::Medium => "medium",
                    Confidence::High => "high",
                };
                print(&format!("{id}\t{pack}\t{state}\t{confidence}\t{title}\n"))?;
            }
        }
        RulesCommand::Test(asked) => return test(asked),
        RulesCommand::Explain(asked) => return explain_rule(asked),
        RulesCommand::Coverage(asked) => return cover(asked),
        RulesCommand::Schema(asked) => return write_schemas(asked),
        RulesCommand::Export(asked) => return super::exchange::write(asked),
        RulesCommand::Import(asked) => return super::exchange::read(asked),
        RulesCommand::New(asked) => return new_pack(asked),
    }
    Ok(Exit::Done)
}

/// The tests beside the rules, and how many changed copies of the rules they notice.
fn test(asked: &TestRules) -> anyhow::Result<Exit> {
    let set = load_rules(&asked.folders.all(), &asked.folders.packs)?;
    let outcomes = selftest::run(&set);
    let failed = outcomes.iter().filter(|outcome| outcome.fault.is_some()).count();
    for outcome in &outcomes {
        if let Some(fault) = &outcome.fault {
            let text = outcome.text.replace('\n', "\n    ");
            say(&format!("{} phép thử {}: {fault}\n    {text}", outcome.rule, outcome.number));
        }
    }
    let tested = set.rules.iter().filter(|rule| !rule.tests.is_empty()).count();
    print(&format!(
        "{tested} quy tắc, {} phép thử: {} đạt, {failed} không đạt.\n",
        outcomes.len(),
        outcomes.len() - failed
    ))?;
    // A rule whose tests fail tells nothing by its copies; the others still do.
    let failing: Vec<&str> =
        outcomes.iter().filter(|outcome| outcome.fault.is_some()).map(|outcome| outcome.rule.as_str()).collect();
    let mut mutants = selftest::mutants(&set);
    mutants.retain(|mutant| !failing.contains(&mutant.rule.as_str()));
    for (index, pack) in set.packs.iter().enumerate() {
        let own: Vec<_> = mutants.iter().filter(|mutant| mutant.pack == index).collect();
        let killed = own.iter().filter(|mutant| mutant.killed).count();
        if own.is_empty() {
            continue;
        }
        let share = format!("{:.1}", killed as f64 * 100.0 / own.len() as f64).replace('.', ",");
        print(&format!("{}: phép thử nhận ra {killed}/{} biến thể của quy tắc ({share} %).\n", pack.id, own.len()))?;
        for mutant in own.iter().filter(|mutant| asked.mutants && !mutant.killed) {
            print(&format!("  {}: {}\n", mutant.rule, mutant.change))?;
        }
    }
    Ok(if failed > 0 { Exit::CannotRun } else { Exit::Done })
}

/// Why a rule speaks or is silent.
fn explain_rule(asked: &Explain) -> anyhow::Result<Exit> {
    let set = load_rules(&asked.rules, &[])?;
    let Some(rule) = set.rules.iter().find(|rule| rule.id == asked.rule) else {
        let near = |(id, ..): &&(String, String, Lifecycle, Confidence, String)| id.contains(&asked.rule);
        match set.catalogue.iter().find(near).map(|(id, ..)| id) {
            Some(id) if *id == asked.rule => bail!("quy tắc “{id}” ở trạng thái draft hoặc retired nên không chạy"),
            Some(id) => bail!("không có quy tắc “{}”; có phải ý là “{id}”?", asked.rule),
            None => bail!("không có quy tắc “{}”; xem các mã bằng: rasoat rules list", asked.rule),
        }
    };
    let as_of = asked.as_of.unwrap_or_else(today);
    let (inputs, _) = files::collect(std::slice::from_ref(&asked.file))?;
    let input = inputs.first().ok_or_else(|| anyhow!("không có tệp “{}”", asked.file.display()))?;
    let names = Registry::new(set.instruments.clone(), &[]);
    let documents = match run::read_documents(input, &names, asked.assume.unwrap_or_default(), as_of) {
        Ok(documents) => documents,
        Err(unread) => {
            say(&format!("{}: {} {}", input.file, unread.message, unread.next_step));
            return Ok(Exit::SomeUnread);
        }
    };
    let registry = names.join(&documents);
    for (at, document) in documents.iter().enumerate() {
        let within = match &asked.path {
            None => None,
            Some(path) => Some(document.unit_at(path).ok_or_else(|| {
                anyhow!(
                    "văn bản không có “{path}”; xem các đường dẫn bằng: rasoat outline \"{}\"",
                    asked.file.display()
                )
            })?),
        };
        let status = registry.document_status(at, as_of);
        let found = explain::explain(rule, document, &status, &registry, &set, as_of, within);
        print(&explain::text(rule, document, &found))?;
    }
    Ok(Exit::Done)
}

/// Which provisions of a Law the rules speak of.
fn cover(asked: &Coverage) -> anyhow::Result<Exit> {
    let set = load_rules(&asked.rules, &[])?;
    let (input, law) = law_text::read(&asked.law_text)?;
    let named = asked.instrument.clone().or_else(|| law_text::instrument(&law, &input.file, &set));
    let instrument = named.or_else(|| law.identity.number.clone()).ok_or_else(|| {
        anyhow!("không rõ “{}” là văn bản nào; thêm --instrument <SỐ>, ví dụ --instrument 10/2022/QH15", input.file)
    })?;
    if !set.provisions.iter().any(|provision| provision.instrument == instrument) {
        bail!("không quy tắc nào dựa vào văn bản số {instrument}");
    }
    let (mut ruled, mut excused, mut open) = (0, 0, 0);
    for covered in coverage(&law, &instrument, &set) {
        let (state, words) = match &covered.said {
            Said::Ruled(rules) => {
                ruled += 1;
                ("rule", rules.join(", "))
            }
            Said::Excused(why) => {
                excused += 1;
                ("excused", why.clone())
            }
            Said::Nothing => {
                open += 1;
                ("none", String::new())
            }
        };
        if !asked.open || state == "none" {
            print(&format!("{}\t{}\t{state}\t{words}\n", covered.path, covered.cite))?;
        }
    }
    print(&format!(
        "Văn bản số {instrument}: {} điều, khoản; {ruled} có quy tắc, {excused} có lý do không cần quy tắc, {open} chưa có gì.\n",
        ruled + excused + open
    ))?;
    Ok(Exit::Done)
}

/// Writes what an editor needs to check rule files while they are typed.
fn write_schemas(asked: &Schemas) -> anyhow::Result<Exit> {
    let failed = |path: &std::path::Path, error: &std::io::Error| {
        anyhow!("không ghi được “{}”: {}", path.display(), crate::source::system::cause(error))
    };
    std::fs::create_dir_all(&asked.out).map_err(|error| failed(&asked.out, &error))?;
    let files = crate::schema::files();
    for file in &files {
        let path = asked.out.join(&file.name);
        std::fs::write(&path, &file.text).map_err(|error| failed(&path, &error))?;
    }
    print(&format!("Đã ghi {} lược đồ vào {}.\n", files.len(), asked.out.display()))?;
    Ok(Exit::Done)
}

/// Writes the worked example of the manual as a pack of its own, to be changed into what is wanted.
fn new_pack(asked: &NewPack) -> anyhow::Result<Exit> {
    let folder = &asked.folder;
    let id = folder.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    if id.is_empty() || !id.chars().all(plain) {
        bail!(
            "“{id}” không dùng làm mã bộ quy tắc được; viết bằng chữ thường không dấu, số và dấu gạch nối, ví dụ dat-dai"
        );
    }
    let failed = |error: std::io::Error| {
        anyhow!("không tạo được thư mục “{}”: {}", folder.display(), crate::source::system::cause(&error))
    };
    if folder.exists() {
        bail!("“{}” đã có; chọn tên khác để không ghi đè", folder.display());
    }
    std::fs::create_dir_all(folder).map_err(failed)?;
    for (name, text) in load::worked_example() {
        std::fs::write(folder.join(name), text.replace("id: vi-du", &format!("id: {id}"))).map_err(failed)?;
    }
    let shown = folder.display();
    print(&format!(
        "Đã tạo bộ quy tắc “{id}” ở {shown}.\nSửa các tệp trong đó rồi chạy: rasoat rules check {shown} && rasoat rules test {shown}\n"
    ))?;
    Ok(Exit::Done)
}
