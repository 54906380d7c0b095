//! `rasoat rules export | import`: simple rules as a sheet of Excel.

use std::path::{Path, PathBuf};

use anyhow::{anyhow, bail};

use super::args::{ExportRules, ImportRules};
use super::{Exit, print, say};
use crate::exchange::{Imported, SHEET, export, import};
use crate::report;
use crate::review::selftest;
use crate::rules::diagnostic::Gravity;
use crate::rules::{self, Diagnostic, load};
use crate::source::load::load as read_file;
use crate::source::system;

/// What the first line of an imported file begins with: only such a file is replaced.
const MARK: &str = "# Lập từ bảng ";

/// Writes the simple rules of packs to a workbook.
pub fn write(asked: &ExportRules) -> anyhow::Result<Exit> {
    if asked.out.exists() {
        bail!("“{}” đã có; chọn tên khác để không ghi đè", asked.out.display());
    }
    let folders = asked.folders.all();
    let (mut packs, mut faults) = if folders.is_empty() { load::embedded() } else { (Vec::new(), Vec::new()) };
    for folder in &folders {
        let (more, bad) = load::folder(folder)?;
        packs.extend(more);
        faults.extend(bad);
    }
    if !faults.is_empty() {
        faults.iter().for_each(|fault| say(&fault.render()));
        bail!("bộ quy tắc có lỗi (nêu ở trên); sửa rồi chạy lại");
    }
    let wanted = &asked.folders.packs;
    packs.retain(|pack| wanted.is_empty() || wanted.contains(&pack.pack.value.id));
    let done = export(&packs).map_err(|error| anyhow!("không lập được bảng: {error}"))?;
    report::write_file(&asked.out, &done.bytes)?;
    print(&format!("Đã xuất {} quy tắc vào {}.\n", done.rules, asked.out.display()))?;
    if !done.left.is_empty() {
        print(&format!("{} quy tắc không đơn giản, vẫn ở tệp quy tắc:\n", done.left.len()))?;
        for (id, why) in &done.left {
            print(&format!("  {id}: {why}\n"))?;
        }
    }
    Ok(Exit::Done)
}

/// Makes a rule file of a workbook, and writes it when it is sound together with its pack.
pub fn read(asked: &ImportRules) -> anyhow::Result<Exit> {
    let out = &asked.out;
    let folder = out
        .parent()
        .filter(|folder| folder.join("pack.yaml").is_file())
        .ok_or_else(|| anyhow!("“{}” không nằm trong thư mục của một bộ quy tắc (nơi có pack.yaml)", out.display()))?;
    let name = out.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    if !name.ends_with(".yaml") || crate::schema::of_file(&name) != "rules" {
        bail!("“{name}” không dùng làm tên tệp quy tắc được; ví dụ: 50-tu-ngu.yaml");
    }
    if let Ok(old) = std::fs::read_to_string(out)
        && !old.starts_with(MARK)
    {
        bail!("“{}” đã có và không phải tệp lập từ bảng; chọn tên khác để không ghi đè", out.display());
    }
    let bytes = read_file(&asked.list)
        .map_err(|unread| anyhow!("{}: {} {}", asked.list.display(), unread.message, unread.next_step))?;
    let list = asked.list.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let note = format!("{}{list}; sửa ở bảng rồi chạy lại rasoat rules import", MARK.trim_start_matches("# "));
    let imported = match import(&bytes, &note) {
        Ok(imported) => imported,
        Err(faults) => return refuse(&list, &faults),
    };
    let faults = tried(folder, &name, &imported)?;
    if !faults.is_empty() {
        return refuse(&list, &faults);
    }
    report::write_file(out, imported.yaml.as_bytes())?;
    print(&format!("Đã ghi {} quy tắc vào {}; mọi phép thử đều đạt.\n", imported.rules, out.display()))?;
    Ok(Exit::Done)
}

fn refuse(list: &str, faults: &[String]) -> anyhow::Result<Exit> {
    faults.iter().for_each(|fault| say(&format!("{list}, {fault}")));
    bail!("bảng có {} lỗi (nêu ở trên), chưa ghi gì; sửa rồi chạy lại", faults.len())
}

/// What is wrong with the rule file in a copy of its pack, beside the other packs of the folder.
fn tried(folder: &Path, name: &str, imported: &Imported) -> anyhow::Result<Vec<String>> {
    let failed = |error: std::io::Error| anyhow!("không thử được bảng: {}", system::cause(&error));
    let real = folder.canonicalize().map_err(failed)?;
    let copies = tempfile::tempdir().map_err(failed)?;
    let copy = copies.path().join(real.file_name().unwrap_or_default());
    std::fs::create_dir(&copy).map_err(failed)?;
    let mut folders: Vec<PathBuf> = vec![copy.clone()];
    for entry in std::fs::read_dir(&real).map_err(failed)? {
        let path = entry.map_err(failed)?.path();
        let own = path.file_name().unwrap_or_default();
        if path.extension().is_some_and(|extension| extension == "yaml" || extension == "yml") && own != name {
            std::fs::copy(&path, copy.join(own)).map_err(failed)?;
        }
    }
    std::fs::write(copy.join(name), &imported.yaml).map_err(failed)?;
    let beside = real.parent().and_then(|above| std::fs::read_dir(above).ok()).into_iter().flatten().flatten();
    let beside = beside.map(|entry| entry.path()).filter(|path| *path != real && path.join("pack.yaml").is_file());
    folders.extend(beside);
    let folders: Vec<&Path> = folders.iter().map(PathBuf::as_path).collect();
    let (set, faults) = rules::load(&folders, &[])?;
    let ours = format!("{}/{name}", copy.display()).replace('\\', "/");
    let (own, others): (Vec<Diagnostic>, Vec<Diagnostic>) =
        faults.into_iter().partition(|fault| fault.file.path == ours);
    let errors = |faults: &[Diagnostic]| faults.iter().any(|fault| fault.gravity == Gravity::Error);
    if errors(&others) && !errors(&own) {
        bail!("bộ quy tắc “{}” có lỗi từ trước; chạy rasoat rules check rồi sửa", folder.display());
    }
    let mut told: Vec<String> = own.iter().map(|fault| at_cell(fault, imported)).collect();
    let Some(mut set) = set else { return Ok(told) };
    // Warnings do not stop an import.
    told.drain(..).for_each(|warning| say(&format!("cảnh báo: {warning}")));
    set.rules.retain(|rule| imported.ids.contains(&rule.id));
    for outcome in selftest::run(&set) {
        if let Some(fault) = outcome.fault {
            let place = imported.test(&outcome.rule, outcome.number).unwrap_or(SHEET);
            told.push(format!("{place}: quy tắc {}, “{}”: {fault}", outcome.rule, outcome.text.replace('\n', " ")));
        }
    }
    Ok(told)
}

fn at_cell(fault: &Diagnostic, imported: &Imported) -> String {
    let place = imported.place(fault.line).unwrap_or(SHEET);
    let hint = fault.hint.as_ref().map_or_else(String::new, |hint| format!(" ({hint})"));
    format!("{place}: {}{hint}", fault.message)
}
