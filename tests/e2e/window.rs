//! The window as a person has it: look at it, click on it, type into it.

use std::path::PathBuf;
use std::time::{Duration, Instant};

use fantoccini::actions::{InputSource, KeyAction, KeyActions};
use fantoccini::elements::Element;
use fantoccini::{Client, ClientBuilder, Locator};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::{Map, Value, json};
use tempfile::TempDir;

use crate::stage::{Stage, built};

const PATIENCE: Duration = Duration::from_secs(15);
const STEP: Duration = Duration::from_millis(40);

/// Keeps what goes wrong in the page; answers whether it is in place.
const WITNESS: &str = "
    if (location.protocol === 'about:') return false;
    if (window.faults) return true;
    const faults = window.faults = [];
    const plain = (value) => value instanceof Error ? `${value.message}\\n${value.stack}` : typeof value === 'object' ? JSON.stringify(value) : String(value);
    for (const level of ['error', 'warn']) {
        const say = console[level];
        console[level] = (...words) => { faults.push(words.map(plain).join(' ')); say.apply(console, words); };
    }
    // Observers that wait for the next frame are no fault, though WebKit reports them as one.
    addEventListener('error', (event) => /^ResizeObserver loop/.test(event.message) || faults.push(`error: ${event.message || event.target?.src} ${plain(event.error ?? '')}`), true);
    addEventListener('unhandledrejection', (event) => faults.push(`unhandled: ${plain(event.reason)}`));
    addEventListener('securitypolicyviolation', (event) => faults.push(`refused by the policy: ${event.violatedDirective} ${event.blockedURI}`));
    return true;";

/// Whether the room is drawn: `ready`, or else what is still missing.
const DRAWN: &str = "
    const room = document.querySelector('main.room');
    if (!room?.textContent.trim()) return 'an empty room';
    if (document.querySelector('.bone')) return 'still loading';
    // A lazy picture out of sight is not asked for.
    const inSight = (image) => {
        let { left, top, right, bottom } = image.getBoundingClientRect();
        for (let around = image.parentElement; around; around = around.parentElement) {
            if (getComputedStyle(around).overflow === 'visible') continue;
            const box = around.getBoundingClientRect();
            [left, top, right, bottom] = [Math.max(left, box.left), Math.max(top, box.top), Math.min(right, box.right), Math.min(bottom, box.bottom)];
        }
        return left < right && top < bottom && bottom > 0 && top < innerHeight;
    };
    const waits = [...room.querySelectorAll('img')].filter((image) => !image.complete && inSight(image)).length;
    return waits ? `${waits} pictures still loading` : 'ready';";

/// How a window is opened.
#[derive(Default)]
pub struct Opening {
    /// The screen, and the window that fills it; 1366×768 when zero.
    pub size: (u32, u32),
    /// What file dialogs answer.
    pub pick: Vec<PathBuf>,
    /// An existing workspace; a new empty one when `None`.
    pub workspace: Option<TempDir>,
}

/// An open window with its workspace.
pub struct Window {
    pub workspace: TempDir,
    pub client: Client,
    stage: Stage,
}

/// The control with this `data-testid`.
pub fn id(id: &str) -> String {
    format!("[data-testid=\"{id}\"]")
}

/// The field with a label that begins with these words.
pub fn field(label: &str) -> String {
    format!("//*[@id=//label[starts-with(normalize-space(.), '{label}')]/@for]")
}

/// The smallest clickable thing that says exactly these words, as a person reads them.
pub fn words(words: &str) -> String {
    format!(
        "//*[self::button or self::a or self::label or @role='option' or @role='menuitem' or @role='tab' or @role='radio'][normalize-space(.)='{words}' or @aria-label='{words}']"
    )
}

impl Window {
    /// Opens the app. `None`, with the reason on stderr, where there is no screen, driver or app; a failure instead
    /// of `None` when `CAOBEN_REQUIRE_WINDOW` is set.
    pub async fn open(opening: Opening) -> Option<Self> {
        let size = if opening.size == (0, 0) {
            (1366, 768)
        } else {
            opening.size
        };
        let workspace = opening.workspace.unwrap_or_else(|| TempDir::new().unwrap());
        let stage = match Stage::set(size, workspace.path(), &opening.pick) {
            Ok(stage) => stage,
            Err(reason) if std::env::var_os("CAOBEN_REQUIRE_WINDOW").is_some() => panic!("{reason}"),
            Err(reason) => {
                eprintln!("skipped: {reason}");
                return None;
            }
        };
        let client = connect(&stage).await;
        let window = Self {
            workspace,
            client,
            stage,
        };
        window
            .until("the page", WITNESS, vec![], |is| is == &json!(true))
            .await;
        window.client.set_window_rect(0, 0, size.0, size.1).await.unwrap();
        window.drawn().await;
        Some(window)
    }

    /// Closes the window, which must have had no fault the test did not expect.
    pub async fn close(self) {
        assert_eq!(
            self.faults().await,
            Vec::<String>::new(),
            "the page ran without faults"
        );
        self.client.close().await.unwrap();
    }

    /// What went wrong in the page so far: console errors and warnings, uncaught errors, refusals.
    pub async fn faults(&self) -> Vec<String> {
        serde_json::from_value(self.js("return window.faults", vec![]).await).unwrap()
    }

    /// Runs a script in the page.
    pub async fn js(&self, script: &str, args: Vec<Value>) -> Value {
        self.client.execute(script, args).await.unwrap()
    }

    /// Runs a script in the page that answers through its last argument.
    pub async fn js_later(&self, script: &str, args: Vec<Value>) -> Value {
        self.client.execute_async(script, args).await.unwrap()
    }

    /// Gives the window another size.
    pub async fn resize(&self, (width, height): (u32, u32)) {
        self.client.set_window_rect(0, 0, width, height).await.unwrap();
        self.until(
            "the new size",
            "return [innerWidth, innerHeight]",
            vec![],
            |size| size == &json!([width, height]),
        )
        .await;
    }

    /// Goes to an address of the window, such as `trial/1`, and waits until it is drawn.
    pub async fn open_at(&self, path: &str) {
        self.js(
            "document.activeElement?.blur(); location.hash = `#/${arguments[0]}`; return 0",
            vec![json!(path)],
        )
        .await;
        tokio::time::sleep(STEP * 3).await;
        self.drawn().await;
    }

    /// Loads the page again, as after a start, with these kept settings.
    pub async fn reload_with(&self, kept: &[(&str, &str)]) {
        for (key, value) in kept {
            self.js(
                "localStorage.setItem(arguments[0], arguments[1]); return 0",
                vec![json!(key), json!(value)],
            )
            .await;
        }
        // The page that goes still answers for a moment.
        self.js("window.goes = true; return 0", vec![]).await;
        self.client.refresh().await.unwrap();
        self.until("a new page", "return !window.goes", vec![], |new| {
            new == &json!(true)
        })
        .await;
        self.until("the page", WITNESS, vec![], |is| is == &json!(true))
            .await;
        self.drawn().await;
    }

    /// The X display the window stands on.
    pub fn display(&self) -> &str {
        &self.stage.display
    }

    /// What the screen shows now.
    pub fn picture(&self) -> image::RgbaImage {
        self.stage.picture()
    }

    /// Goes to a room by its link in the navigation, and waits until it is drawn.
    pub async fn room(&self, name: &str) {
        let path = if name == "today" {
            "#/".to_owned()
        } else {
            format!("#/{name}")
        };
        self.click(&format!("nav a[href$='{path}']")).await;
        self.until(
            "the address",
            "return (location.hash || '#/').split('?')[0]",
            vec![],
            |hash| hash == &json!(path),
        )
        .await;
        self.drawn().await;
    }

    /// Waits until the room and its pictures are drawn; fails on an error state.
    pub async fn drawn(&self) {
        self.until("a drawn room", DRAWN, vec![], |state| state == "ready")
            .await;
        let alarm = self
            .js(
                "return document.querySelector('.state-fill[role=alert]')?.textContent ?? ''",
                vec![],
            )
            .await;
        if alarm != "" {
            self.fail(&format!("the page shows an error: {alarm}")).await;
        }
    }

    /// The first element at `at` (a CSS selector, or an XPath when it begins with `/`), once it is there.
    pub async fn find(&self, at: &str) -> Element {
        let start = Instant::now();
        loop {
            match self.client.find(locator(at)).await {
                Ok(element) => return element,
                Err(error) if start.elapsed() > PATIENCE => self.fail(&format!("no {at}: {error}")).await,
                Err(_) => tokio::time::sleep(STEP).await,
            }
        }
    }

    /// Clicks, once nothing is in the way.
    pub async fn click(&self, at: &str) {
        let start = Instant::now();
        while let Err(error) = self.find(at).await.click().await {
            if start.elapsed() > PATIENCE {
                self.fail(&format!("cannot click {at}: {error}")).await
            }
            tokio::time::sleep(STEP).await;
        }
    }

    /// Types into a field, after what is there already.
    pub async fn type_into(&self, at: &str, text: &str) {
        let start = Instant::now();
        while let Err(error) = self.find(at).await.send_keys(text).await {
            if start.elapsed() > PATIENCE {
                self.fail(&format!("cannot type into {at}: {error}")).await
            }
            tokio::time::sleep(STEP).await;
        }
    }

    /// Presses keys where the focus is: all but the last are held meanwhile.
    pub async fn press(&self, keys: &[char]) {
        let downs = keys.iter().map(|&value| KeyAction::Down { value });
        let ups = keys.iter().rev().map(|&value| KeyAction::Up { value });
        let chord = downs
            .chain(ups)
            .fold(KeyActions::new("keyboard".into()), |chord, key| chord.then(key));
        self.client.perform_actions(chord).await.unwrap();
        self.client.release_actions().await.unwrap();
    }

    /// All text of the elements at a CSS selector, also what is scrolled out of sight.
    pub async fn text(&self, css: &str) -> String {
        let script =
            "return [...document.querySelectorAll(arguments[0])].map((one) => one.textContent).join('\\n')";
        self.js(script, vec![json!(css)])
            .await
            .as_str()
            .unwrap()
            .to_owned()
    }

    /// Waits until the elements at a CSS selector say `text`.
    pub async fn see(&self, css: &str, text: &str) {
        let script =
            "return [...document.querySelectorAll(arguments[0])].map((one) => one.textContent).join('\\n')";
        let says = |all: &Value| all.as_str().is_some_and(|all| all.contains(text));
        self.until(&format!("“{text}” in {css}"), script, vec![json!(css)], says)
            .await;
    }

    /// Asks the page until the answer is right.
    pub async fn until(
        &self,
        what: &str,
        script: &str,
        args: Vec<Value>,
        right: impl Fn(&Value) -> bool,
    ) -> Value {
        let start = Instant::now();
        loop {
            // A page that is just being replaced cannot answer.
            let answer = self
                .client
                .execute(script, args.clone())
                .await
                .unwrap_or(Value::Null);
            if right(&answer) {
                return answer;
            }
            if start.elapsed() > PATIENCE {
                self.fail(&format!("{what} did not come; last: {answer}")).await
            }
            tokio::time::sleep(STEP).await;
        }
    }

    /// Turns the window light or dark, by the setting it keeps.
    pub async fn scheme(&self, scheme: &str) {
        let script = "localStorage.setItem('scheme', arguments[0]);
            dispatchEvent(new StorageEvent('storage', { key: 'scheme', newValue: arguments[0], storageArea: localStorage }))";
        self.js(script, vec![json!(scheme)]).await;
        let shown = "return document.documentElement.dataset.mantineColorScheme";
        self.until(scheme, shown, vec![], |shown| shown == scheme).await;
    }

    /// Keeps a picture of the screen in `target/e2e-shots/NAME.png`.
    pub async fn shot(&self, name: &str) {
        // Half-open dialogs tell nobody anything; a spinner may turn for ever.
        let moving = "return document.getAnimations().filter((one) => one.playState === 'running' && one.effect.getComputedTiming().iterations !== Infinity).length";
        let start = Instant::now();
        while start.elapsed() < Duration::from_secs(2)
            && self
                .client
                .execute(moving, vec![])
                .await
                .is_ok_and(|count| count != 0)
        {
            tokio::time::sleep(STEP).await;
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
        let folder = built().parent().unwrap().join("e2e-shots");
        std::fs::create_dir_all(&folder).unwrap();
        self.stage
            .picture()
            .save(folder.join(format!("{name}.png")))
            .unwrap();
    }

    /// Fails with a picture, the page's words and its faults.
    async fn fail(&self, why: &str) -> ! {
        self.shot("failed").await;
        let page = "return `${location.href}\\n${document.body.innerText}`";
        let page = self.client.execute(page, vec![]).await.unwrap_or_default();
        let faults = self
            .client
            .execute("return window.faults", vec![])
            .await
            .unwrap_or_default();
        panic!(
            "{why}\n--- the page (picture: e2e-shots/failed.png)\n{}\n--- its faults\n{faults}",
            page.as_str().unwrap_or("")
        );
    }
}

fn locator(at: &str) -> Locator<'_> {
    if at.starts_with('/') {
        Locator::XPath(at)
    } else {
        Locator::Css(at)
    }
}

async fn connect(stage: &Stage) -> Client {
    let mut wanted = Map::new();
    wanted.insert("browserName".into(), "wry".into());
    // Not waiting for the page lets the witness see it grow up.
    wanted.insert("pageLoadStrategy".into(), "none".into());
    wanted.insert(
        "webkitgtk:browserOptions".into(),
        json!({ "binary": stage.app, "args": [] }),
    );
    let start = Instant::now();
    loop {
        let mut builder = ClientBuilder::new(HttpConnector::new());
        match builder
            .capabilities(wanted.clone())
            .connect(&stage.driver_url)
            .await
        {
            Ok(client) => return client,
            Err(error) if start.elapsed() > PATIENCE => panic!("the window did not open: {error}"),
            Err(_) => tokio::time::sleep(STEP).await,
        }
    }
}
