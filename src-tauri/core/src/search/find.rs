//! Finding: the index proposes, the text itself decides.

use super::{Hit, fold, sound, store};
use crate::{db::Db, error::Result, value::Noun};

/// The title has all the words: people search for names.
const IN_TITLE: f64 = 10.0;
/// The words stand together as they were typed.
const AS_TYPED: f64 = 5.0;
/// The title is what was typed.
const IS_TITLE: f64 = 20.0;

/// Finds every entry that contains all words of `query`, best first. Empty `nouns` means all.
///
/// Case, full and half width do not count. A title is also found by its pinyin, after everything found by its letters.
pub async fn search(db: &Db, query: &str, nouns: &[Noun], limit: u32) -> Result<Vec<Hit>> {
    let phrase = fold::fold(query.trim());
    let words: Vec<String> = phrase.split_whitespace().map(str::to_owned).collect();
    if words.is_empty() || limit == 0 {
        return Ok(Vec::new());
    }
    let wanted = limit as usize;
    let nouns = serde_json::to_string(nouns)?;
    let mut hits = Vec::new();
    let pairs = fold::query(&words);
    // Few candidates fail on their text; a page with room to re-rank is nearly always the only one.
    let (page, mut offset) = (i64::from(limit).saturating_mul(4).max(200), 0);
    loop {
        let found = store::find(db.read(), &pairs, &nouns, page, offset).await?;
        let last = (found.len() as i64) < page;
        hits.extend(
            found
                .into_iter()
                .filter_map(|candidate| judge(candidate, &phrase, &words)),
        );
        if last || hits.len() >= wanted {
            break;
        }
        offset += page;
    }
    hits.sort_by(|a, b| b.score.total_cmp(&a.score));
    hits.truncate(wanted);
    by_sound(db, &words.concat(), &nouns, wanted, &mut hits).await?;
    Ok(hits)
}

/// A hit, when the texts really hold every word.
fn judge(found: store::Candidate, phrase: &str, words: &[String]) -> Option<Hit> {
    let (title, body) = (fold::fold(&found.title), fold::fold(&found.body));
    if !words
        .iter()
        .all(|word| title.contains(word.as_str()) || body.contains(word.as_str()))
    {
        return None;
    }
    let mut score = -found.rank;
    if words.iter().all(|word| title.contains(word.as_str())) {
        score += IN_TITLE;
    }
    if title.contains(phrase) || body.contains(phrase) {
        score += AS_TYPED;
    }
    if title == phrase {
        score += IS_TITLE;
    }
    let snippet = words
        .iter()
        .find_map(|word| fold::snippet(&found.body, word))
        .or_else(|| words.iter().find_map(|word| fold::snippet(&found.title, word)))
        .unwrap_or_default();
    Some(Hit {
        noun: found.noun.parse().ok()?,
        id: found.id,
        title: found.title,
        snippet,
        score,
    })
}

async fn by_sound(db: &Db, typed: &str, nouns: &str, wanted: usize, hits: &mut Vec<Hit>) -> Result<()> {
    let spelled =
        typed.chars().all(|c| c.is_ascii_alphanumeric()) && typed.chars().any(|c| c.is_ascii_alphabetic());
    if !spelled || hits.len() >= wanted {
        return Ok(());
    }
    let worst = hits.last().map_or(0.0, |hit| hit.score.min(0.0));
    let limit = i64::try_from(wanted).unwrap_or(i64::MAX).saturating_mul(4);
    for found in store::sounding(db.read(), typed, nouns, limit).await? {
        let Ok(noun) = found.noun.parse::<Noun>() else {
            continue;
        };
        let known = hits.iter().any(|hit| hit.noun == noun && hit.id == found.id);
        if known || hits.len() >= wanted || !sound::sounds_like(&found.title, typed) {
            continue;
        }
        let snippet = fold::snippet(&found.title, "").unwrap_or_default();
        hits.push(Hit {
            noun,
            id: found.id,
            title: found.title,
            snippet,
            score: worst - 1.0,
        });
    }
    Ok(())
}
