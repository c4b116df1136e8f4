//! The boxes of the MP4 family (ISO/IEC 14496-12): one after another, and by the way to them.

use heifer_isobmff::BoxIter;

/// The boxes side by side in these bytes, up to the first that makes no sense.
pub(crate) fn boxes(bytes: &[u8]) -> impl Iterator<Item = ([u8; 4], &[u8])> {
    BoxIter::new(bytes)
        .map_while(Result::ok)
        .map(|one| (one.header.box_type.0, one.content))
}

/// The same of the boxes that are told by a long number.
pub(crate) fn numbered(bytes: &[u8]) -> impl Iterator<Item = ([u8; 16], &[u8])> {
    BoxIter::new(bytes)
        .map_while(Result::ok)
        .filter_map(|one| Some((one.header.user_type?, one.content)))
}

/// The first box of a kind, by the way to it; no bytes where there is none.
pub(crate) fn find<'a>(bytes: &'a [u8], way: &[&[u8; 4]]) -> &'a [u8] {
    way.iter().fold(bytes, |inside, kind| {
        boxes(inside)
            .find(|(own, _)| own == *kind)
            .map(|(_, content)| content)
            .unwrap_or_default()
    })
}
