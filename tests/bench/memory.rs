//! How much memory this process has held at once, as Linux counts it.

/// Begins to count anew; without `/proc` nothing happens.
pub fn forget_peak() {
    let _ = std::fs::write("/proc/self/clear_refs", "5");
}

/// Most resident megabytes (of 1,000,000 bytes) since the count began; NaN where the system does not tell.
pub fn peak() -> f64 {
    told("VmHWM:")
}

/// Resident megabytes now; NaN where the system does not tell.
pub fn resident() -> f64 {
    told("VmRSS:")
}

fn told(name: &str) -> f64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix(name));
    let kibibytes: Option<f64> = line.and_then(|rest| rest.split_whitespace().next()?.parse().ok());
    kibibytes.map_or(f64::NAN, |k| k * 1024.0 / 1e6)
}
