//! When the window cannot be shown: a sentence that says what to do, in a box that needs no web view.

use std::path::Path;

/// Says why there is no window, and what to do, where a person sees it.
pub fn tell(sentence: &str, cause: &dyn std::fmt::Display) {
    log::error!("no window: {cause}");
    #[cfg(not(target_os = "linux"))]
    rfd::MessageDialog::new()
        .set_level(rfd::MessageLevel::Error)
        .set_title("草本")
        .set_description(sentence)
        .show();
    #[cfg(target_os = "linux")]
    {
        use std::io::Write;
        let _ = writeln!(std::io::stderr(), "{sentence}");
    }
}

/// The system lacks what shows the window.
pub fn no_web_view() -> &'static str {
    if cfg!(windows) {
        "草本的窗口要靠系统里的 Microsoft Edge WebView2 运行时，这台电脑上没有。\n\n\
         请到 https://developer.microsoft.com/microsoft-edge/webview2 下载并安装「常青版引导程序」，再打开草本。\n\n\
         你的工作区没有动；命令行 caoben 不需要它，现在就能用。"
    } else {
        "这个系统里没有能显示窗口的 WebKit，草本的窗口打不开。请先装好它；你的工作区没有动，命令行 caoben 现在就能用。"
    }
}

/// It is there and could not be started: what it keeps in `folder` is the most likely reason.
pub fn broken_web_view(folder: Option<&Path>) -> String {
    match folder.filter(|_| cfg!(windows)) {
        Some(folder) => format!(
            "草本的窗口打不开：WebView2 起不来。\n\n最常见的原因是它的数据文件夹坏了或不能写：\n{}\n\n\
             请把这个文件夹改个名字，再打开草本；里面只有界面的缓存，你的工作区不在那里，也没有动。\
             还是打不开，请在「设置 → 应用」里修复 Microsoft Edge WebView2 Runtime。",
            folder.join("EBWebView").display()
        ),
        None => "草本的窗口打不开：系统的网页组件起不来。请重启电脑再试；你的工作区没有动，命令行 caoben 现在就能用。".to_owned(),
    }
}
