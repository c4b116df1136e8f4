//! `torture`: the finished command line through calls to the system that fail, one after another.
//!
//! strace makes the n-th call of a kind fail (or kills the program at it), for every n up to a bound or until the program makes no such
//! call any more. Each time the same is asked: what was said is so, a check finds the workspace whole, a second run completes, and
//! nothing half is left lying about. The room of one attempt is a copy of one sample workspace, so that attempts know nothing of each
//! other.

mod case;
mod room;

use std::collections::VecDeque;
use std::path::PathBuf;
use std::sync::Mutex;

use crate::setup;
use crate::shell::{Outcome, built, cargo, empty, root, run, target};
use case::{CASES, Case};
use room::{How, Room, Verdict};

pub const HELP: &str = "\
cargo xtask torture [WORK…] [--calls fsync,rename] [--errors EIO,…] [--from N] [--to N] [--every-error] [--kill] [--program FILE]

Runs the command line (debug build) through calls to the system that fail: import, orders, post, bundle, backup, restore
(all when no WORK is named) × fsync, pwrite64, rename, openat, unlink × N = 1…60. The errors ENOSPC, EIO and EACCES take
turns; --every-error tries each at every N, --kill ends the program at the call instead; --program
takes a caoben that is built already. Afterwards `workspace check` must
be well, a second run must complete, and nothing may have been said that is not so. Prints a table of attempts and faults
with the N of each fault, and fails when there is one. Linux, where strace may trace; 10 to 40 minutes.
";

/// What the calls of a kind are called; the kernel has several for one thing.
const CALLS: &[(&str, &str)] = &[
    ("fsync", "fsync,fdatasync"),
    ("pwrite64", "pwrite64"),
    ("rename", "rename,renameat,renameat2"),
    ("openat", "openat"),
    ("unlink", "unlink,unlinkat"),
];
const ERRORS: &[&str] = &["ENOSPC", "EIO", "EACCES"];
/// So many attempts in a row that met no such call: there are no more. One alone may be a thread that made fewer this time.
const MISSES: u32 = 3;

/// What the person asked for.
struct Wish {
    cases: Vec<&'static Case>,
    calls: Vec<(&'static str, &'static str)>,
    errors: Vec<String>,
    from: u32,
    to: u32,
    every_error: bool,
    kill: bool,
    program: Option<PathBuf>,
}

/// One row of the table.
struct Row {
    case: &'static str,
    call: &'static str,
    attempts: u32,
    faults: Vec<(u32, String, String)>,
}

pub fn main(args: &[String]) -> Outcome {
    let wish = wish(args)?;
    setup::system(&[setup::BUILD, setup::TORTURE])?;
    let program = match &wish.program {
        Some(program) => program.clone(),
        None => {
            run(&mut cargo([
                "build",
                "--locked",
                "--workspace",
                "--bin",
                "caoben",
            ]))?;
            built("caoben", false)
        }
    };
    let rooms = target().join("torture");
    empty(&rooms)?;
    let base = Room::base(&program, &rooms.join("base"), &wish.cases)?;
    let work: VecDeque<_> = wish
        .cases
        .iter()
        .flat_map(|case| wish.calls.iter().map(move |call| (*case, *call)))
        .collect();
    let (work, rows) = (Mutex::new(work), Mutex::new(Vec::new()));
    let hands = std::thread::available_parallelism().map_or(2, usize::from);
    std::thread::scope(|scope| {
        for hand in 0..hands {
            let (work, rows, wish, base, rooms) = (&work, &rows, &wish, &base, &rooms);
            scope.spawn(move || {
                loop {
                    let next = work.lock().ok().and_then(|mut work| work.pop_front());
                    let Some((case, call)) = next else { return };
                    let row = row(case, call, wish, base, &rooms.join(format!("hand{hand}")));
                    print_row(&row);
                    if let Ok(mut rows) = rows.lock() {
                        rows.push(row);
                    }
                }
            });
        }
    });
    let rows = rows.into_inner().unwrap_or_default();
    conclude(&rows)
}

fn wish(args: &[String]) -> Outcome<Wish> {
    let mut wish = Wish {
        cases: Vec::new(),
        calls: CALLS.to_vec(),
        errors: ERRORS.iter().map(ToString::to_string).collect(),
        from: 1,
        to: 60,
        every_error: false,
        kill: false,
        program: None,
    };
    let mut args = args.iter();
    while let Some(arg) = args.next() {
        let mut value = || {
            args.next()
                .ok_or_else(|| format!("{arg} wants a value.\n\n{HELP}"))
        };
        let number = |text: &String| text.parse().map_err(|_| format!("`{text}` is no number"));
        match arg.as_str() {
            "--calls" => {
                let wanted: Vec<&str> = value()?.split(',').collect();
                wish.calls.retain(|(name, _)| wanted.contains(name));
                if wish.calls.len() != wanted.len() {
                    return Err(format!("{} are not all known.\n\n{HELP}", wanted.join(",")));
                }
            }
            "--errors" => wish.errors = value()?.split(',').map(str::to_owned).collect(),
            "--from" => wish.from = number(value()?)?,
            "--to" => wish.to = number(value()?)?,
            "--every-error" => wish.every_error = true,
            "--kill" => wish.kill = true,
            "--program" => wish.program = Some(root().join(value()?)),
            name => match CASES.iter().find(|case| case.name == name) {
                Some(case) => wish.cases.push(case),
                None => return Err(format!("`{name}` is nothing to torture.\n\n{HELP}")),
            },
        }
    }
    if wish.cases.is_empty() {
        wish.cases = CASES.iter().collect();
    }
    Ok(wish)
}

/// All attempts of one kind of work with one kind of call.
fn row(
    case: &'static Case,
    (call, all): (&'static str, &'static str),
    wish: &Wish,
    base: &Room,
    folder: &std::path::Path,
) -> Row {
    let mut row = Row {
        case: case.name,
        call,
        attempts: 0,
        faults: Vec::new(),
    };
    let mut misses = 0;
    for nth in wish.from..=wish.to {
        let turn = usize::try_from(nth).unwrap_or(0) % wish.errors.len().max(1);
        let hows: Vec<How> = if wish.kill {
            vec![How::Kill]
        } else if wish.every_error {
            wish.errors.iter().cloned().map(How::Error).collect()
        } else {
            wish.errors
                .get(turn)
                .cloned()
                .map(How::Error)
                .into_iter()
                .collect()
        };
        let mut met = false;
        for how in hows {
            let verdict = base.attempt(folder, case, all, nth, &how);
            if !matches!(verdict, Ok(Verdict::NoCall)) {
                met = true;
                row.attempts += 1;
            }
            let fault = match verdict {
                Ok(Verdict::NoCall | Verdict::NotOurs | Verdict::Well) => continue,
                Ok(Verdict::Fault(fault)) => fault,
                Err(broken) => format!("the attempt itself failed: {broken}"),
            };
            row.faults.push((nth, how.to_string(), fault));
        }
        misses = if met { 0 } else { misses + 1 };
        if misses >= MISSES {
            break;
        }
    }
    row
}

fn print_row(row: &Row) {
    let mut nths: Vec<String> = row.faults.iter().map(|(nth, ..)| nth.to_string()).collect();
    nths.dedup();
    println!(
        "{:8} {:9} {:4} attempts, {:3} faults  {}",
        row.case,
        row.call,
        row.attempts,
        row.faults.len(),
        nths.join(" ")
    );
}

fn conclude(rows: &[Row]) -> Outcome {
    println!("\n{:8} {:9} {:>8} {:>6}", "work", "call", "attempts", "faults");
    for row in rows {
        println!(
            "{:8} {:9} {:8} {:6}",
            row.case,
            row.call,
            row.attempts,
            row.faults.len()
        );
    }
    let (mut attempts, mut faults) = (0, 0);
    for row in rows {
        attempts += row.attempts;
        faults += row.faults.len();
        for (nth, how, fault) in &row.faults {
            println!("\n{} · {} {} at {nth}: {fault}", row.case, row.call, how);
        }
    }
    if attempts == 0 {
        return Err("nothing was tried: does strace work here? (`strace true`)".to_owned());
    }
    if faults > 0 {
        return Err(format!("{faults} faults in {attempts} attempts"));
    }
    println!("\n{attempts} attempts, no fault.");
    Ok(())
}
