//! Tables drawn with ruling lines: a grid of the lines, its boxes joined where no line parts them.

use super::lines::Word;
use super::page::Rule;

/// Lines this near to each other touch, in points.
const TOUCH: f64 = 3.0;
/// Most lines of a grid in one direction; drawings have more.
const MAX_LINES: usize = 150;
/// Most boxes of a grid: sixty rows of forty columns.
const MAX_BOXES: usize = 2_400;
/// Share of a box's side that must be drawn to part it from its neighbour.
const DRAWN: f64 = 0.6;

/// A table found by its lines.
#[derive(Debug)]
pub struct Grid {
    /// Left, upper, right, lower edge.
    pub area: [f64; 4],
    /// Cells by row.
    pub rows: Vec<Vec<GridCell>>,
    /// Edges of its columns.
    pub xs: Vec<f64>,
}

/// A cell with its words.
#[derive(Debug)]
pub struct GridCell {
    /// Left edge.
    pub x0: f64,
    /// Right edge.
    pub x1: f64,
    /// Words in it.
    pub words: Vec<Word>,
}

/// Takes the words of ruled tables out of `words`.
pub fn take(rules: &[Rule], words: &mut Vec<Word>) -> Vec<Grid> {
    let mut grids: Vec<Grid> = Vec::new();
    for group in connected(&joined(rules)) {
        let Some(outline) = Outline::of(&group) else { continue };
        let mut grid = outline.grid();
        let (inside, outside) = words.drain(..).partition(|word: &Word| outline.holds(word));
        *words = outside;
        for word in inside {
            outline.place(word, &mut grid, words);
        }
        let filled = grid.rows.iter().flatten().filter(|cell| !cell.words.is_empty()).count();
        if filled > 1 {
            grids.push(grid);
        } else {
            // A frame around text is no table.
            words.extend(grid.rows.into_iter().flatten().flat_map(|cell| cell.words));
        }
    }
    grids.sort_by(|a, b| a.area[1].total_cmp(&b.area[1]));
    grids
}

/// Pieces of one line, drawn cell by cell, made whole.
fn joined(rules: &[Rule]) -> Vec<Rule> {
    let mut sorted = rules.to_vec();
    let across = |rule: &Rule| if rule.is_level() { (rule.y0 + rule.y1) / 2.0 } else { (rule.x0 + rule.x1) / 2.0 };
    let start = |rule: &Rule| if rule.is_level() { rule.x0 } else { rule.y0 };
    // Nearly equal places are made equal first, so that pieces of one line follow each other.
    let key = |rule: &Rule| (rule.is_level(), (across(rule) / 1.5).round() as i64);
    sorted.sort_by(|a, b| key(a).cmp(&key(b)).then(start(a).total_cmp(&start(b))));
    let mut whole: Vec<Rule> = Vec::new();
    for rule in sorted {
        match whole.last_mut() {
            Some(last) if key(last) == key(&rule) && rule.is_level() && rule.x0 <= last.x1 + TOUCH => {
                last.x1 = last.x1.max(rule.x1);
            }
            Some(last) if key(last) == key(&rule) && !rule.is_level() && rule.y0 <= last.y1 + TOUCH => {
                last.y1 = last.y1.max(rule.y1);
            }
            _ => whole.push(rule),
        }
    }
    whole
}

/// Groups of lines that touch, level ones with upright ones.
fn connected(rules: &[Rule]) -> Vec<Vec<Rule>> {
    let mut group: Vec<usize> = (0..rules.len()).collect();
    if rules.len() > 4 * MAX_LINES {
        return Vec::new();
    }
    for (i, a) in rules.iter().enumerate() {
        for (j, b) in rules.iter().enumerate().skip(i + 1) {
            let touch = a.x0 <= b.x1 + TOUCH && b.x0 <= a.x1 + TOUCH && a.y0 <= b.y1 + TOUCH && b.y0 <= a.y1 + TOUCH;
            if touch && a.is_level() != b.is_level() {
                unite(&mut group, i, j);
            }
        }
    }
    let mut groups: Vec<Vec<Rule>> = vec![Vec::new(); rules.len()];
    for (rule, number) in rules.iter().zip(group) {
        groups[number].push(*rule);
    }
    groups.retain(|group| group.len() >= 3);
    groups
}

/// Makes the groups of two members one, called by the smaller number.
fn unite(group_of: &mut [usize], a: usize, b: usize) {
    let (from, to) = (group_of[a].max(group_of[b]), group_of[a].min(group_of[b]));
    if from != to {
        group_of.iter_mut().filter(|group| **group == from).for_each(|group| *group = to);
    }
}

/// The lines of one table, and which of its boxes belong together.
struct Outline {
    xs: Vec<f64>,
    ys: Vec<f64>,
    /// For each box, row by row: the first box of its cell.
    cell_of: Vec<usize>,
}

impl Outline {
    fn of(rules: &[Rule]) -> Option<Self> {
        let level: Vec<&Rule> = rules.iter().filter(|rule| rule.is_level()).collect();
        let upright: Vec<&Rule> = rules.iter().filter(|rule| !rule.is_level()).collect();
        // Tables are often open at the sides: their level lines tell how far they go.
        let ends = level.iter().flat_map(|rule| [rule.x0, rule.x1]);
        let extremes = [ends.clone().fold(f64::MAX, f64::min), ends.fold(f64::MIN, f64::max)];
        let xs = places(upright.iter().map(|rule| (rule.x0 + rule.x1) / 2.0).chain(extremes));
        let ends = upright.iter().flat_map(|rule| [rule.y0, rule.y1]);
        let extremes = [ends.clone().fold(f64::MAX, f64::min), ends.fold(f64::MIN, f64::max)];
        let ys = places(level.iter().map(|rule| (rule.y0 + rule.y1) / 2.0).chain(extremes));
        let sides = [xs.len(), ys.len()];
        if level.is_empty() || upright.is_empty() || sides.iter().any(|side| !(2..=MAX_LINES).contains(side)) {
            return None;
        }
        if (xs.len() - 1) * (ys.len() - 1) > MAX_BOXES {
            return None;
        }
        let mut outline = Outline { cell_of: (0..(xs.len() - 1) * (ys.len() - 1)).collect(), xs, ys };
        outline.join_boxes(&level, &upright);
        let cells = outline.cell_of.iter().enumerate().filter(|&(index, &cell)| index == cell).count();
        (cells > 1).then_some(outline)
    }

    fn columns(&self) -> usize {
        self.xs.len() - 1
    }

    fn join_boxes(&mut self, level: &[&Rule], upright: &[&Rule]) {
        let columns = self.columns();
        for index in 0..self.cell_of.len() {
            let (row, column) = (index / columns, index % columns);
            let (top, bottom) = (self.ys[row], self.ys[row + 1]);
            let (left, right) = (self.xs[column], self.xs[column + 1]);
            if column + 1 < columns {
                let drawn: f64 = upright
                    .iter()
                    .filter(|rule| (rule.x0 - right).abs() <= TOUCH)
                    .map(|rule| (rule.y1.min(bottom) - rule.y0.max(top)).max(0.0))
                    .sum();
                if drawn < DRAWN * (bottom - top) {
                    unite(&mut self.cell_of, index, index + 1);
                }
            }
            if row + 2 < self.ys.len() {
                let drawn: f64 = level
                    .iter()
                    .filter(|rule| (rule.y0 - bottom).abs() <= TOUCH)
                    .map(|rule| (rule.x1.min(right) - rule.x0.max(left)).max(0.0))
                    .sum();
                if drawn < DRAWN * (right - left) {
                    unite(&mut self.cell_of, index, index + columns);
                }
            }
        }
    }

    fn area(&self) -> [f64; 4] {
        let end = |places: &[f64]| places.last().copied().unwrap_or_default();
        [self.xs[0], self.ys[0], end(&self.xs), end(&self.ys)]
    }

    fn holds(&self, word: &Word) -> bool {
        let [x0, y0, x1, y1] = self.area();
        let (x, y) = middle(word);
        (x0..=x1).contains(&x) && (y0..=y1).contains(&y)
    }

    fn grid(&self) -> Grid {
        let columns = self.columns();
        let rows = (0..self.ys.len() - 1).map(|row| {
            let firsts = (0..columns).filter(|column| self.cell_of[row * columns + column] == row * columns + column);
            let cell = |column: usize| {
                let index = row * columns + column;
                let last = (column..columns).take_while(|c| self.cell_of[row * columns + c] == index).last();
                let x1 = self.xs[last.unwrap_or(column) + 1];
                GridCell { x0: self.xs[column], x1, words: Vec::new() }
            };
            firsts.map(cell).collect()
        });
        Grid { area: self.area(), rows: rows.collect(), xs: self.xs.clone() }
    }

    fn place(&self, word: Word, grid: &mut Grid, homeless: &mut Vec<Word>) {
        let (x, y) = middle(&word);
        let find = |places: &[f64], at: f64| places.iter().skip(1).position(|&place| at <= place);
        let (Some(row), Some(column)) = (find(&self.ys, y), find(&self.xs, x)) else {
            homeless.push(word);
            return;
        };
        let index = self.cell_of[row * self.columns() + column];
        let (row, x0) = (index / self.columns(), self.xs[index % self.columns()]);
        match grid.rows[row].iter_mut().find(|cell| cell.x0 == x0) {
            Some(cell) => cell.words.push(word),
            None => homeless.push(word),
        }
    }
}

fn middle(word: &Word) -> (f64, f64) {
    ((word.x0 + word.x1) / 2.0, word.y - 0.3 * word.size)
}

/// Places of lines in order, those that touch made one.
fn places(all: impl Iterator<Item = f64>) -> Vec<f64> {
    let mut sorted: Vec<f64> = all.filter(|place| place.is_finite() && place.abs() < 1e6).collect();
    sorted.sort_by(f64::total_cmp);
    sorted.dedup_by(|next, before| *next - *before <= TOUCH);
    sorted
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rule(x0: f64, y0: f64, x1: f64, y1: f64) -> Rule {
        Rule { x0, y0, x1, y1 }
    }

    fn word(text: &str, x0: f64, y: f64) -> Word {
        let (x1, size) = (x0 + 10.0, 10.0);
        Word { text: text.to_owned(), x0, x1, y, size, ..Word::default() }
    }

    #[test]
    fn cells_are_told_by_lines() {
        // Two columns, three rows; the first row is one cell, the second column's last two rows are one.
        let rules = [
            rule(0.0, 0.0, 200.0, 0.5),
            rule(0.0, 20.0, 200.0, 20.5),
            rule(0.0, 40.0, 100.0, 40.5),
            rule(0.0, 60.0, 200.0, 60.5),
            rule(0.0, 0.0, 0.5, 60.0),
            rule(100.0, 20.0, 100.5, 40.0),
            rule(100.0, 40.0, 100.5, 60.0),
            rule(200.0, 0.0, 200.5, 60.0),
            // An underline elsewhere.
            rule(0.0, 100.0, 50.0, 100.5),
        ];
        let mut words = vec![
            word("TT", 10.0, 15.0),
            word("a", 10.0, 35.0),
            word("b", 110.0, 45.0),
            word("c", 10.0, 55.0),
            word("ngoài", 10.0, 98.0),
        ];
        let grids = take(&rules, &mut words);
        assert_eq!(words.len(), 1);
        let texts: Vec<Vec<String>> = grids[0]
            .rows
            .iter()
            .map(|row| row.iter().map(|cell| cell.words.iter().map(|word| word.text.as_str()).collect()).collect())
            .collect();
        assert_eq!(texts, [vec!["TT"], vec!["a", "b"], vec!["c"]]);
    }

    #[test]
    fn a_frame_is_no_table() {
        let frame = [
            rule(0.0, 0.0, 200.0, 0.5),
            rule(0.0, 60.0, 200.0, 60.5),
            rule(0.0, 0.0, 0.5, 60.0),
            rule(200.0, 0.0, 200.5, 60.0),
        ];
        let mut words = vec![word("a", 10.0, 15.0)];
        assert!(take(&frame, &mut words).is_empty());
        assert_eq!(words.len(), 1);
    }
}
