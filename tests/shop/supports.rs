//! The supports of the shop tests hold what they promise: without this, a green connector test would prove nothing.

mod proxy;
mod vendure;
mod woo;

const ORDERS: &str = "/wp-json/wc/v3/orders";
const NOON: i64 = 1_795_320_000; // 2026-11-22T04:00:00Z, noon in Shanghai
