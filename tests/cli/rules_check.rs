//! What `rasoat rules check` says of faulty packs: `tests/bad-rules/*.yaml`, compared whole with the `.out` beside each.
//!
//! A case is a rule file put into `tests/bad-rules/pack` in the place of `10-quy-tac.yaml`; or, when its first line says
//! `# thay cho: terms.yaml`, of that file. Run with `BLESS=1` to write the `.out` files anew.

use std::path::{Path, PathBuf};

use super::fixture::rasoat;

const CASES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/bad-rules");

/// A copy of the sound pack, in a folder named as its id.
fn pack(folder: &Path) -> PathBuf {
    let pack = folder.join("thu");
    std::fs::create_dir(&pack).expect("a new folder");
    for entry in std::fs::read_dir(Path::new(CASES).join("pack")).expect("the sound pack") {
        let path = entry.expect("an entry").path();
        std::fs::copy(&path, pack.join(path.file_name().expect("a name"))).expect("a copy");
    }
    pack
}

/// Everything `rules check thu` says, with its exit code.
fn check(folder: &Path) -> String {
    let output = rasoat().args(["rules", "check", "thu"]).current_dir(folder).output().expect("a run");
    let said = [output.stdout, output.stderr].concat();
    format!("{}mã kết thúc: {}\n", String::from_utf8_lossy(&said), output.status.code().unwrap_or(-1))
}

#[test]
fn a_sound_pack_passes() {
    let folder = tempfile::tempdir().expect("a folder");
    pack(folder.path());
    assert_eq!(
        check(folder.path()),
        "Bộ quy tắc hợp lệ: 1 bộ, 1 quy tắc, 1 điều khoản, 1 văn bản trong biểu đồ hiệu lực.\nmã kết thúc: 0\n"
    );
}

#[test]
fn every_fault_is_shown_with_its_place_and_what_to_do() {
    let bless = std::env::var_os("BLESS").is_some();
    let mut wrong = Vec::new();
    for entry in std::fs::read_dir(CASES).expect("the cases") {
        let case = entry.expect("an entry").path();
        if case.extension().is_none_or(|extension| extension != "yaml") {
            continue;
        }
        let text = std::fs::read_to_string(&case).expect("a case");
        let folder = tempfile::tempdir().expect("a folder");
        let replaced = text.lines().next().and_then(|line| line.strip_prefix("# thay cho: "));
        let target = pack(folder.path()).join(replaced.unwrap_or("10-quy-tac.yaml"));
        std::fs::write(target, &text).expect("the case in its pack");
        let said = check(folder.path());
        let golden = case.with_extension("out");
        if bless {
            std::fs::write(&golden, &said).expect("the golden file");
        }
        let expected = std::fs::read_to_string(&golden).unwrap_or_default();
        if said != expected {
            wrong.push(format!("{}:\n--- expected\n{expected}--- said\n{said}", case.display()));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
