//! A proxy on loopback that passes requests on to a shop and breaks some of them, by number or by seeded chance.
//!
//! It speaks HTTP/1.1 by hand, one request per connection, because a server library will not send half an answer.

use std::collections::HashMap;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

/// One way in which a shop's answer goes wrong.
#[derive(Clone, Debug, PartialEq)]
pub enum Fault {
    /// 429, with this `Retry-After` (seconds or an HTTP date; empty: no such header). The shop never sees the request.
    TooMany { retry_after: &'static str },
    /// This status with a short text. The shop never sees the request.
    Status(u16),
    /// 200 with a page of HTML, as hosting firms and captive portals send it. The shop never sees the request.
    Html,
    /// The shop has handled the request, and the connection ends before the first byte of its answer.
    Silence,
    /// The connection ends in the middle of the body.
    Cut,
    /// The body trickles in eight pieces with this pause between them.
    Slow(Duration),
    /// The answer to the request before this one, once more (nothing happens on the first request).
    Repeat,
}

/// Which request meets which fault. Requests count from 1.
#[derive(Clone, Debug, Default)]
pub struct Script {
    at: HashMap<u64, Fault>,
    chance: Option<(u64, f64, Vec<Fault>)>,
}

impl Script {
    /// Breaks request `number`.
    pub fn on(mut self, number: u64, fault: Fault) -> Self {
        self.at.insert(number, fault);
        self
    }

    /// Breaks every other request with `probability` (0 to 1) by one of `faults`; the same seed breaks the same numbers.
    pub fn sometimes(mut self, seed: u64, probability: f64, faults: &[Fault]) -> Self {
        self.chance = Some((seed, probability, faults.to_vec()));
        self
    }

    fn fault(&self, number: u64) -> Option<Fault> {
        if let Some(fault) = self.at.get(&number) {
            return Some(fault.clone());
        }
        let (seed, probability, faults) = self.chance.as_ref()?;
        let dice = scramble(seed.wrapping_add(scramble(number)));
        let hit = ((dice >> 11) as f64 / (1_u64 << 53) as f64) < *probability;
        hit.then(|| faults[(dice % faults.len() as u64) as usize].clone())
    }
}

/// SplitMix64: spreads neighbouring numbers over all of `u64`.
fn scramble(number: u64) -> u64 {
    let mut z = number.wrapping_add(0x9e37_79b9_7f4a_7c15);
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

/// A request as the proxy saw it; `target` is the path with the query.
#[derive(Clone, Debug)]
pub struct Seen {
    pub method: String,
    pub target: String,
    pub fault: Option<Fault>,
    pub at: Instant,
}

/// A running proxy; it stops when dropped.
pub struct Proxy {
    url: String,
    road: Arc<Road>,
    task: tokio::task::JoinHandle<()>,
}

struct Road {
    upstream: String,
    http: reqwest::Client,
    script: Mutex<Script>,
    seen: Mutex<Vec<Seen>>,
    last: Mutex<Option<Answer>>,
}

#[derive(Clone)]
struct Answer {
    head: String,
    body: Vec<u8>,
}

impl Proxy {
    /// Stands in front of `upstream`, for example `http://127.0.0.1:3000`.
    pub async fn start(upstream: &str, script: Script) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let http = reqwest::Client::builder()
            .no_proxy()
            .redirect(reqwest::redirect::Policy::none())
            .build()
            .unwrap();
        let road = Arc::new(Road {
            upstream: upstream.trim_end_matches('/').to_owned(),
            http,
            script: Mutex::new(script),
            seen: Mutex::default(),
            last: Mutex::default(),
        });
        let inner = Arc::clone(&road);
        let task = tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let road = Arc::clone(&inner);
                tokio::spawn(async move { road.serve(stream).await });
            }
        });
        Self { url, road, task }
    }

    /// Where clients find the proxy, without a slash at the end.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// Every request so far, in order of arrival.
    pub fn seen(&self) -> Vec<Seen> {
        self.road.seen.lock().unwrap().clone()
    }

    /// Replaces the script; numbers go on counting from the first request ever.
    pub fn follow(&self, script: Script) {
        *self.road.script.lock().unwrap() = script;
    }
}

impl Drop for Proxy {
    fn drop(&mut self) {
        self.task.abort();
    }
}

impl Road {
    /// Answers one request. A client that goes away is none of our business, so its errors end the connection quietly.
    async fn serve(&self, mut stream: TcpStream) -> Option<()> {
        let (method, target, headers, body) = read_request(&mut stream).await?;
        let fault = {
            let mut seen = self.seen.lock().unwrap();
            let fault = self.script.lock().unwrap().fault(seen.len() as u64 + 1);
            seen.push(Seen {
                method: method.clone(),
                target: target.clone(),
                fault: fault.clone(),
                at: Instant::now(),
            });
            fault
        };
        let made_up = |status: &str, kind: &str, body: &str| Answer {
            head: format!("HTTP/1.1 {status}\r\ncontent-type: {kind}\r\n"),
            body: body.as_bytes().to_vec(),
        };
        let answer = match &fault {
            Some(Fault::TooMany { retry_after }) => {
                let mut answer = made_up("429 Too Many Requests", "text/plain", "slow down");
                if !retry_after.is_empty() {
                    answer.head += &format!("retry-after: {retry_after}\r\n");
                }
                answer
            }
            Some(Fault::Status(status)) => made_up(&format!("{status} Broken"), "text/plain", "broken"),
            Some(Fault::Html) => made_up(
                "200 OK",
                "text/html; charset=utf-8",
                "<!doctype html><title>Just a moment…</title><p>checking your browser",
            ),
            Some(Fault::Repeat) if self.last.lock().unwrap().is_some() => {
                self.last.lock().unwrap().clone()?
            }
            _ => match self.forward(&method, &target, &headers, body).await {
                Ok(answer) => answer,
                Err(error) => made_up("502 Bad Gateway", "text/plain", &error.to_string()),
            },
        };
        let Answer { head, body } = &answer;
        let head = format!(
            "{head}content-length: {}\r\nconnection: close\r\n\r\n",
            body.len()
        );
        match fault {
            Some(Fault::Silence) => {}
            Some(Fault::Cut) => {
                stream.write_all(head.as_bytes()).await.ok()?;
                stream.write_all(&body[..body.len() / 2]).await.ok()?;
            }
            Some(Fault::Slow(pause)) => {
                stream.write_all(head.as_bytes()).await.ok()?;
                for piece in body.chunks(body.len().div_ceil(8).max(1)) {
                    tokio::time::sleep(pause).await;
                    stream.write_all(piece).await.ok()?;
                    stream.flush().await.ok()?;
                }
            }
            _ => {
                stream.write_all(head.as_bytes()).await.ok()?;
                stream.write_all(body).await.ok()?;
            }
        }
        stream.shutdown().await.ok()
    }

    async fn forward(
        &self,
        method: &str,
        target: &str,
        headers: &[(String, String)],
        body: Vec<u8>,
    ) -> reqwest::Result<Answer> {
        let mut request = self
            .http
            .request(method.parse().unwrap(), format!("{}{target}", self.upstream))
            .body(body);
        for (name, value) in headers.iter().filter(|(name, _)| !hop(name)) {
            request = request.header(name, value);
        }
        let answer = request.send().await?;
        let mut head = format!("HTTP/1.1 {}\r\n", answer.status());
        for (name, value) in answer.headers().iter().filter(|(name, _)| !hop(name.as_str())) {
            head += &format!("{name}: {}\r\n", String::from_utf8_lossy(value.as_bytes()));
        }
        let answer = Answer {
            head,
            body: answer.bytes().await?.to_vec(),
        };
        *self.last.lock().unwrap() = Some(answer.clone());
        Ok(answer)
    }
}

/// Headers that speak of one connection only, and those that we write ourselves.
fn hop(name: &str) -> bool {
    [
        "host",
        "connection",
        "keep-alive",
        "content-length",
        "transfer-encoding",
    ]
    .contains(&name.to_ascii_lowercase().as_str())
}

type Request = (String, String, Vec<(String, String)>, Vec<u8>);

/// Reads a request whose body, if any, has a `Content-Length`; reqwest always sends one for JSON.
async fn read_request(stream: &mut TcpStream) -> Option<Request> {
    let mut bytes = Vec::new();
    let end = loop {
        if let Some(at) = bytes.windows(4).position(|four| four == b"\r\n\r\n") {
            break at + 4;
        }
        if stream.read_buf(&mut bytes).await.ok()? == 0 {
            return None;
        }
    };
    let head = String::from_utf8_lossy(&bytes[..end]).into_owned();
    let mut lines = head.split("\r\n");
    let mut first = lines.next()?.split(' ');
    let (method, target) = (first.next()?.to_owned(), first.next()?.to_owned());
    let headers: Vec<(String, String)> = lines
        .filter_map(|line| line.split_once(": "))
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
        .collect();
    let length = headers
        .iter()
        .find(|(name, _)| name.eq_ignore_ascii_case("content-length"));
    let length: usize = length.map_or(Some(0), |(_, value)| value.trim().parse().ok())?;
    while bytes.len() < end + length {
        if stream.read_buf(&mut bytes).await.ok()? == 0 {
            return None;
        }
    }
    Some((method, target, headers, bytes[end..end + length].to_vec()))
}
