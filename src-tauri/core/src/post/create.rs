//! Starting a post, and reading posts.

use super::{
    NewPost, Post, PostSummary,
    excerpt::plain,
    journal::{self, Saving, State},
    store, tidy, uses,
};
use crate::{
    db::{Db, Tx},
    error::{Error, Result},
    search,
    value::{Id, Noun, Time},
};

/// Base32 without look-alikes: neither 0 and O nor 1 and I. People read these codes aloud and type them in.
const ALPHABET: [char; 32] = [
    '2', '3', '4', '5', '6', '7', '8', '9', 'A', 'B', 'C', 'D', 'E', 'F', 'G', 'H', 'J', 'K', 'L', 'M', 'N',
    'P', 'Q', 'R', 'S', 'T', 'U', 'V', 'W', 'X', 'Y', 'Z',
];

/// Starts a post.
///
/// # Errors
/// `NotFound` for a product or photo that is not there.
pub async fn create(db: &Db, input: NewPost, now: Time) -> Result<Post> {
    let state = State {
        title: tidy::title(&input.title),
        body: tidy::body(input.body),
        products: once(input.products),
        photos: once(input.photos),
    };
    let mut tx = db.begin().await?;
    let code = free_code(&mut tx).await?;
    let id = store::insert(tx.conn(), &code, &state.title, &state.body, now).await?;
    set_products(&mut tx, id, &state.products).await?;
    set_photos(&mut tx, id, &state.photos).await?;
    journal::keep(&mut tx, id, None, &state, Saving::Whole, now).await?;
    uses::tell(&mut tx, None, &state);
    finish(tx, id, &state).await?;
    get(db, id).await
}

/// One post.
///
/// # Errors
/// `NotFound`.
pub async fn get(db: &Db, id: Id) -> Result<Post> {
    store::get(&mut *db.read().acquire().await?, id).await
}

/// Posts, newest edit first; archived ones only when asked for.
pub async fn list(db: &Db, archived: bool) -> Result<Vec<PostSummary>> {
    store::list(db.read(), archived).await
}

/// Puts a post into the search index and commits.
pub(super) async fn finish(mut tx: Tx, id: Id, state: &State) -> Result<()> {
    tx.touch(Noun::Post);
    search::put(&mut tx, Noun::Post, id, &state.title, &plain(&state.body)).await?;
    tx.commit().await
}

pub(super) async fn set_products(tx: &mut Tx, post: Id, products: &[Id]) -> Result<()> {
    if let Some(missing) = store::missing_product(tx.conn(), products).await? {
        return Err(Error::not_found("好物", missing));
    }
    store::set_products(tx.conn(), post, products).await
}

pub(super) async fn set_photos(tx: &mut Tx, post: Id, photos: &[Id]) -> Result<()> {
    if let Some(missing) = store::missing_photo(tx.conn(), photos).await? {
        return Err(Error::not_found("素材", missing));
    }
    store::set_photos(tx.conn(), post, photos).await
}

/// The list without repeats, first places kept.
pub(super) fn once(ids: Vec<Id>) -> Vec<Id> {
    let mut seen = std::collections::HashSet::new();
    ids.into_iter().filter(|id| seen.insert(*id)).collect()
}

async fn free_code(tx: &mut Tx) -> Result<String> {
    // 33 million codes: with ten thousand posts one try in three thousand meets a taken one.
    for _ in 0..64 {
        let dice = store::dice(tx.conn()).await?;
        let code: String = dice
            .iter()
            .filter_map(|byte| ALPHABET.get(usize::from(byte % 32)))
            .collect();
        if code.chars().count() == 5 && !store::is_code_taken(tx.conn(), &code).await? {
            return Ok(code);
        }
    }
    Err(Error::internal(
        "没能给内容取到短码，什么都没有改动。请再试一次。",
    ))
}
