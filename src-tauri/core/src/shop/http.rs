//! One way to talk to shops: time limits, patience with a busy server, and answers that are really JSON.

use std::{
    error::Error as _,
    time::{Duration, Instant},
};

use jiff::fmt::rfc2822;
use reqwest::{Certificate, Client, RequestBuilder, Response, StatusCode, header, redirect};
use serde_json::Value;
use url::{Host, Url};

use crate::{
    error::{Code, Error, Result},
    job::Job,
    value::Time,
};

const ATTEMPTS: u32 = 6;
const FIRST_PAUSE: Duration = Duration::from_millis(300);
/// Longer than this nobody waits in front of a window; the next sync goes on where this one stopped.
const LONGEST_PAUSE: Duration = Duration::from_secs(120);

/// A connection to one shop.
pub(super) struct Http {
    client: Client,
    job: Job,
    /// How often something was asked again.
    pub retries: i64,
    /// The shop's own word for its last refusal, such as `rest_no_route`; empty where it gave none.
    pub refusal: String,
    attempts: u32,
    now: Time,
    started: Instant,
    /// Seconds by which the shop's clock is ahead of ours.
    skew: i64,
}

/// A JSON answer.
pub(super) struct Answer {
    pub json: Value,
    pub headers: header::HeaderMap,
}

impl Answer {
    /// The shop's clock when it answered.
    pub fn clock(&self) -> Option<Time> {
        let date = self.headers.get(header::DATE)?.to_str().ok().and_then(seconds)?;
        Some(Time(date * 1000))
    }
}

/// Why there is no answer, and whether asking again may help.
struct Failure {
    error: Error,
    /// The shop's own word for it.
    word: String,
    again: bool,
    wait: Option<Duration>,
    /// The shop's clock, seconds since 1970.
    date: Option<i64>,
}

impl Failure {
    fn last(code: Code, message: impl Into<String>) -> Self {
        Self {
            error: Error::new(code, message),
            word: String::new(),
            again: false,
            wait: None,
            date: None,
        }
    }

    fn again(message: impl Into<String>) -> Self {
        Self {
            again: true,
            ..Self::last(Code::Unreachable, message)
        }
    }
}

impl Http {
    /// A connection. `ca` has the PEM certificates of the shop's own authority, if it has one; `now` is the computer's time,
    /// which signatures need.
    pub fn new(url: &Url, ca: &str, job: &Job, now: Time) -> Result<Self> {
        let mut builder = Client::builder()
            .connect_timeout(Duration::from_secs(10))
            .read_timeout(Duration::from_secs(30))
            .timeout(Duration::from_secs(180))
            // A key must not travel to wherever a shop points.
            .redirect(redirect::Policy::none())
            .user_agent(concat!("Caoben/", env!("CARGO_PKG_VERSION")));
        if is_loopback(url) {
            builder = builder.no_proxy();
        }
        for root in authorities(ca)? {
            builder = builder.add_root_certificate(root);
        }
        let client = builder
            .build()
            .map_err(|e| Error::internal("网络组件没有准备好，什么都没有改动。").because(e))?;
        Ok(Self {
            client,
            job: job.clone(),
            retries: 0,
            refusal: String::new(),
            attempts: ATTEMPTS,
            now,
            started: Instant::now(),
            skew: 0,
        })
    }

    /// The same connection for somebody who waits in front of it: nothing is asked twice.
    pub fn impatient(mut self) -> Self {
        self.attempts = 1;
        self
    }

    /// Seconds since 1970 by the shop's clock, as far as it is known.
    fn clock(&self) -> i64 {
        let passed = i64::try_from(self.started.elapsed().as_secs()).unwrap_or(0);
        self.now.0 / 1000 + passed + self.skew
    }

    /// Asks until there is an answer that `fits`, or it is no use. `make` builds the request anew each time and is given
    /// the shop's time in seconds.
    ///
    /// # Errors
    /// `Unauthorized`, `NotFound` (404), `Unreachable`, or `Cancelled` as soon as the job is.
    pub async fn ask(
        &mut self,
        make: impl Fn(&Client, i64) -> RequestBuilder,
        fits: impl Fn(&Value) -> bool,
    ) -> Result<Answer> {
        let mut attempt = 0;
        loop {
            self.job.check()?;
            let request = make(&self.client, self.clock());
            let failure = tokio::select! {
                answer = once(request) => match answer {
                    Ok(answer) if fits(&answer.json) => return Ok(answer),
                    Ok(_) => Failure::again("店铺的回答答非所问。已读到的订单都保留了，请稍后再同步。"),
                    Err(failure) => failure,
                },
                () = cancelled(&self.job) => return Err(Error::cancelled()),
            };
            // A signature is refused when the clocks differ; the refusal tells the shop's own time.
            let off = failure.date.map_or(0, |date| date - self.clock());
            if failure.error.code == Code::Unauthorized && self.skew == 0 && off.abs() > 60 {
                self.skew = off;
                self.retries += 1;
                continue;
            }
            attempt += 1;
            if !failure.again || attempt >= self.attempts {
                self.refusal = failure.word;
                return Err(failure.error);
            }
            let wait = failure.wait.unwrap_or_else(|| pause(attempt));
            if wait > LONGEST_PAUSE {
                let minutes = wait.as_secs().div_ceil(60);
                let message = format!(
                    "店铺太忙，要求 {minutes} 分钟后再来。已读到的订单都保留了，到时再同步会接着读。"
                );
                return Err(Error::new(Code::Unreachable, message));
            }
            self.retries += 1;
            tokio::select! {
                () = tokio::time::sleep(wait) => {}
                () = cancelled(&self.job) => return Err(Error::cancelled()),
            }
        }
    }
}

/// The certificates of a PEM text.
///
/// # Errors
/// `Invalid` when there is none in a text that is not empty.
pub(super) fn authorities(pem: &str) -> Result<Vec<Certificate>> {
    let refused = || {
        Error::invalid(
            "ca",
            "这份证书看不懂，没有改动。请选 PEM 格式的证书文件（里面有 BEGIN CERTIFICATE 一行）。",
        )
    };
    if pem.trim().is_empty() {
        return Ok(Vec::new());
    }
    let found = Certificate::from_pem_bundle(pem.as_bytes()).map_err(|e| refused().because(e))?;
    if found.is_empty() {
        return Err(refused());
    }
    Ok(found)
}

/// Whether a connection failed for want of trust. The TLS library's own type is not ours to name, its word is.
fn is_distrust(error: &reqwest::Error) -> bool {
    let mut cause = error.source();
    while let Some(now) = cause {
        if now.to_string().contains("invalid peer certificate") {
            return true;
        }
        cause = now.source();
    }
    false
}

/// Exponential, with chance in it so that many clients do not come back at the same moment.
fn pause(attempt: u32) -> Duration {
    (FIRST_PAUSE * 2_u32.saturating_pow(attempt - 1)).mul_f64(0.5 + rand::random::<f64>())
}

async fn cancelled(job: &Job) {
    while !job.is_cancelled() {
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
}

async fn once(request: RequestBuilder) -> std::result::Result<Answer, Failure> {
    // The url holds a signature, so errors are shown without it.
    let broken = |e: reqwest::Error| {
        if is_distrust(&e) {
            let mut failure = Failure::last(
                Code::Unreachable,
                "店铺的安全证书不可信，没有把密钥发出去。请检查店铺地址；自己签发证书的店铺，连接时要附上它的 CA 证书。",
            );
            failure.error = failure.error.because(e.without_url());
            return failure;
        }
        let what = if e.is_timeout() {
            "店铺没有在时限内回答"
        } else {
            "连不上店铺，或连接中断了"
        };
        let mut failure = Failure::again(format!(
            "{what}。已读到的订单都保留了，请检查网络和店铺地址后再同步。"
        ));
        failure.error = failure.error.because(e.without_url());
        failure
    };
    let answer = request.send().await.map_err(broken)?;
    let (status, headers) = (answer.status(), answer.headers().clone());
    if !status.is_success() {
        return Err(refused(status, &headers, answer).await);
    }
    let body = answer.bytes().await.map_err(broken)?;
    match serde_json::from_slice(&body) {
        Ok(json) => Ok(Answer { json, headers }),
        Err(_) => Err(Failure::again(
            "店铺回答的是网页而不是数据，可能被防火墙或登录页挡住，或者地址不对。已读到的订单都保留了。",
        )),
    }
}

async fn refused(status: StatusCode, headers: &header::HeaderMap, answer: Response) -> Failure {
    let text = |name| {
        headers
            .get(name)
            .and_then(|value: &header::HeaderValue| value.to_str().ok())
    };
    let date = text(header::DATE).and_then(seconds);
    let wait = text(header::RETRY_AFTER).and_then(|value| retry_after(value, date));
    let target = text(header::LOCATION)
        .unwrap_or_default()
        .split('?')
        .next()
        .unwrap_or_default()
        .to_owned();
    let said = answer.json::<Value>().await.unwrap_or_default();
    let number = status.as_u16();
    let mut failure = match number {
        401 | 403 => Failure::last(
            Code::Unauthorized,
            "店铺不认这个密钥，或它没有读订单的权限。已读到的订单都保留了，请在店铺后台核对后重新填写。",
        ),
        404 => Failure::last(Code::NotFound, "这个地址上没有店铺接口，请检查店铺地址。"),
        408 | 429 | 500.. => Failure::again(format!(
            "店铺暂时忙不过来（{number}）。已读到的订单都保留了，请稍后再同步。"
        )),
        300..=399 => Failure::last(
            Code::Unreachable,
            format!("店铺地址跳转到了 {target}，请把店铺地址改成它再同步。"),
        ),
        _ => {
            let message = said.pointer("/errors/0/message").or(said.get("message"));
            let message: String = message
                .and_then(Value::as_str)
                .unwrap_or_default()
                .chars()
                .take(200)
                .collect();
            Failure::last(
                Code::Unreachable,
                format!("店铺不接受这个请求（{number}）{message}"),
            )
        }
    };
    said.get("code")
        .and_then(Value::as_str)
        .unwrap_or_default()
        .clone_into(&mut failure.word);
    failure.date = date;
    failure.wait = wait;
    failure
}

/// `Retry-After`: seconds, or a date by the shop's own clock (without its `Date` header it means nothing to us).
fn retry_after(value: &str, date: Option<i64>) -> Option<Duration> {
    let wait = value
        .trim()
        .parse()
        .ok()
        .or_else(|| Some(seconds(value)? - date?))?;
    Some(Duration::from_secs(u64::try_from(wait).unwrap_or(0)))
}

/// An HTTP date such as `Sun, 06 Nov 1994 08:49:37 GMT`, as seconds since 1970.
fn seconds(date: &str) -> Option<i64> {
    rfc2822::parse(date).ok().map(|at| at.timestamp().as_second())
}

/// Whether a url leads to this very computer.
pub(super) fn is_loopback(url: &Url) -> bool {
    match url.host() {
        Some(Host::Domain(name)) => name == "localhost",
        Some(Host::Ipv4(ip)) => ip.is_loopback(),
        Some(Host::Ipv6(ip)) => ip.is_loopback(),
        None => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn retry_after_is_seconds_or_a_date_by_the_shops_clock() {
        let date = seconds("Sun, 06 Nov 1994 08:49:37 GMT");
        assert_eq!(date, Some(784_111_777));
        assert_eq!(retry_after("7", date), Some(Duration::from_secs(7)));
        assert_eq!(
            retry_after("Sun, 06 Nov 1994 08:49:40 GMT", date),
            Some(Duration::from_secs(3))
        );
        assert_eq!(
            retry_after("Sun, 06 Nov 1994 08:49:30 GMT", date),
            Some(Duration::ZERO),
            "a past date means now"
        );
        assert_eq!(retry_after("Sun, 06 Nov 1994 08:49:40 GMT", None), None);
        assert_eq!(retry_after("soon", date), None);
    }
}
