//! One file per noun, one to five lines a command. Nothing here decides anything.

mod bundle;
mod channel;
mod link;
mod order;
mod photo;
mod pick;
mod post;
mod price;
mod product;
mod publication;
mod report;
mod review;
mod search;
mod shop;
mod trial;
mod workspace;

use tauri_specta::{Commands, collect_commands};

/// Every command the window may call.
pub fn all() -> Commands<tauri::Wry> {
    collect_commands![
        workspace::open_workspace,
        workspace::get_workspace,
        workspace::check_workspace,
        workspace::backup_workspace,
        workspace::restore_workspace,
        workspace::get_setting,
        workspace::set_setting,
        workspace::cancel_job,
        pick::pick_files,
        pick::pick_folder,
        pick::pick_save,
        product::create_product,
        product::get_product,
        product::list_products,
        product::edit_product,
        product::remove_product,
        product::import_products,
        price::add_price,
        price::list_prices,
        photo::import_photos,
        photo::get_photo,
        photo::get_photos,
        photo::list_photos,
        photo::wall_photos,
        photo::list_photo_facets,
        photo::count_photos,
        photo::edit_photos,
        photo::remove_photos,
        photo::restore_photos,
        photo::empty_trash,
        photo::list_duplicates,
        photo::export_photo,
        trial::start_trial,
        trial::log_trial,
        trial::remove_trial_photo,
        trial::move_trial_photo,
        trial::list_trial_edits,
        trial::edit_trial,
        trial::remove_trial,
        trial::reopen_trial,
        trial::list_scales,
        trial::rename_scale,
        trial::add_shortcoming,
        trial::edit_shortcoming,
        trial::remove_shortcoming,
        trial::finish_trial,
        trial::export_trial,
        trial::get_trial,
        trial::list_trials,
        review::add_review,
        review::list_reviews,
        review::edit_review,
        review::import_reviews,
        channel::create_channel,
        channel::list_channels,
        channel::edit_channel,
        channel::get_rules,
        channel::override_rule,
        channel::list_platforms,
        post::create_post,
        post::get_post,
        post::list_posts,
        post::edit_post,
        post::list_versions,
        post::name_version,
        post::restore_version,
        post::get_variant,
        post::set_variant,
        post::render_post,
        post::check_post,
        link::create_link,
        link::list_links,
        link::get_link_qr,
        link::save_link_qr,
        bundle::export_bundle,
        bundle::list_bundles,
        publication::add_publication,
        publication::edit_publication,
        publication::list_publications,
        shop::create_shop,
        shop::set_shop_key,
        shop::list_shops,
        shop::remove_shop,
        shop::sync_shops,
        shop::list_syncs,
        order::get_order,
        order::list_orders,
        order::count_orders,
        order::import_orders,
        order::list_credits,
        order::list_order_formats,
        report::get_report,
        report::get_daily,
        report::get_today,
        report::mark_seen,
        search::search,
    ]
}
