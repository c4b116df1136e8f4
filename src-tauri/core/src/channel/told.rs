//! How a rule is told to people: short in the sentence, the makers' notes behind 出处.

use super::{Limit, LinkPolicy};

/// 2026-11-22 → 11 月 22 日; anything else as it stands.
fn day(checked_on: &str) -> String {
    let mut parts = checked_on.split('-').skip(1);
    let figure = |part: Option<&str>| part.and_then(|part| part.parse::<u8>().ok());
    match (figure(parts.next()), figure(parts.next())) {
        (Some(month), Some(day)) => format!("{month} 月 {day} 日"),
        _ => checked_on.to_owned(),
    }
}

impl Limit {
    /// Why it holds, for the sentence: 小红书限制 · 11 月 22 日核对, and what a person has to know to count right.
    pub fn told(&self, platform: &str) -> String {
        if self.overridden {
            return "这是你自己设的数字。".to_owned();
        }
        let unsure = if self.hard { "" } else { "，还没核实" };
        format!(
            "{platform}限制 · {}核对{unsure}。{}",
            day(&self.checked_on),
            self.note
        )
    }

    /// Where it is from, in full.
    pub fn proof(&self) -> String {
        let also: String = self
            .alternatives
            .iter()
            .map(|other| format!("；也有：{other}"))
            .collect();
        format!(
            "{}（{} 核对，可信度 {}{also}）",
            self.source, self.checked_on, self.confidence
        )
    }
}

/// A rule the platform itself gave a name: 《交易导流违规管理细则》.
fn named(source: &str) -> Option<&str> {
    let (_, rest) = source.split_once('《')?;
    let (name, _) = rest.split_once('》')?;
    Some(name)
}

impl LinkPolicy {
    /// Why it holds, for the sentence.
    pub fn told(&self, platform: &str) -> String {
        let rule = named(&self.source).map_or_else(String::new, |name| format!("《{name}》"));
        format!(
            "{platform}的链接规则{rule} · {}核对。{}",
            day(&self.checked_on),
            self.note
        )
    }

    /// Where it is from, in full.
    pub fn proof(&self) -> String {
        format!(
            "{}（{} 核对，可信度 {}）",
            self.source, self.checked_on, self.confidence
        )
    }
}

#[cfg(test)]
mod tests {
    use super::super::platforms;

    #[test]
    fn nothing_that_is_told_names_a_file_a_repository_or_a_grade() {
        for pack in platforms() {
            let told = pack.limits.iter().map(|limit| limit.told(&pack.name));
            for sentence in told.chain([
                pack.links.told(&pack.name),
                pack.note.clone(),
                pack.topic_note.clone(),
            ]) {
                let is_ours = |part: &str| part.contains('/') && part.is_ascii() || part.contains('_');
                let strange: Vec<&str> = sentence
                    .split([' ', '；', '。', '，', '：', '（', '）', '「', '」'])
                    .filter(|part| is_ours(part))
                    .collect();
                assert!(strange.is_empty(), "{}: {sentence}: {strange:?}", pack.platform);
                for word in ["可信度", "接口", "把握约", "skill", "issue", "也有："] {
                    assert!(!sentence.contains(word), "{}: {sentence}", pack.platform);
                }
            }
        }
    }
}
