//! The mailbox: what senders, readers, programs and other sites see of it.

use std::net::TcpListener;

use reqwest::Client;
use sandbox::mail::{Fault, Mailbox};
use serde_json::{Value, json};
use tokio::io::{AsyncBufReadExt as _, AsyncWriteExt as _, BufReader};
use tokio::net::TcpStream;

fn listener() -> TcpListener {
    TcpListener::bind("127.0.0.1:0").unwrap()
}

fn mailbox() -> Mailbox {
    Mailbox::start(listener(), Some(listener())).unwrap()
}

/// Says each line, and gives the code of each answer; the first is the greeting's. Stops where the line is cut.
async fn talk(mailbox: &Mailbox, lines: &[&str]) -> Vec<u16> {
    let mut stream = BufReader::new(TcpStream::connect(mailbox.address()).await.unwrap());
    let mut codes = Vec::new();
    let mut waiting = lines.iter();
    loop {
        let mut answer = String::new();
        while stream.read_line(&mut answer).await.unwrap_or(0) > 0 {
            if answer.lines().last().is_some_and(|last| last.as_bytes().get(3) == Some(&b' ')) {
                break;
            }
        }
        let Some(code) = answer.lines().last().and_then(|last| last.get(..3)?.parse().ok()) else { return codes };
        codes.push(code);
        let Some(line) = waiting.next() else { return codes };
        stream.write_all(format!("{line}\r\n").as_bytes()).await.unwrap();
    }
}

const LETTER: &str = "Subject: <b>Hello</b>\r\nContent-Type: text/html\r\n\r\n<script>1</script>\r\n..\r\n...two\r\n.";

async fn send(mailbox: &Mailbox, to: &str) -> Vec<u16> {
    let rcpt = format!("RCPT TO:<{to}>");
    talk(mailbox, &["EHLO me", "MAIL FROM:<a@example.com> SIZE=10", &rcpt, "DATA", LETTER, "QUIT"]).await
}

// Harm prevented: a sender that breaks the order of things, or a real one, is answered as no mail server would.
#[tokio::test]
async fn the_conversation_is_that_of_a_mail_server() {
    let mailbox = mailbox();
    assert_eq!(send(&mailbox, "b@example.com").await, [220, 250, 250, 250, 354, 250, 221]);
    let letters = mailbox.letters_to("B@example.com");
    assert_eq!((letters.len(), letters[0].html.as_str()), (1, "<script>1</script>\n.\n..two\n"));
    let early = [
        "DATA",
        "RCPT TO:<b@example.com>",
        "MAIL FROM:a",
        "MAIL FROM:<>",
        "DATA",
        "RSET",
        "RCPT TO:<b@c>",
        "NOOP",
        "?",
    ];
    assert_eq!(talk(&mailbox, &early).await, [220, 503, 503, 501, 250, 503, 250, 503, 250, 500]);
    let small = ["HELO me", "mail from:<a@b>", "rcpt to:<c@d>", "rset", "data"];
    assert_eq!(talk(&mailbox, &small).await, [220, 250, 250, 250, 250, 503]);
    let large = format!("{}.", "xxxxxxxxxxxxxxxx\r\n".repeat(700_000));
    let lines = ["EHLO me", "MAIL FROM:<a@b>", "RCPT TO:<c@d>", "DATA", large.as_str()];
    assert_eq!(talk(&mailbox, &lines).await.last(), Some(&552));
    assert_eq!(mailbox.letters().len(), 1);
    mailbox.stop().await;
}

// Harm prevented: a rehearsal of what goes wrong does not go wrong.
#[tokio::test]
async fn faults_are_what_they_say() {
    let mailbox = mailbox();
    let client = Client::builder().no_proxy().build().unwrap();
    let address = format!("{}/api/fault", mailbox.url());
    for (fault, codes) in [
        (json!({ "fault": "refuse_address", "address": "B@example.com" }), vec![220, 250, 250, 550, 503, 500]),
        (json!({ "fault": "later" }), vec![220, 250, 250, 451]),
        (json!({ "fault": "refuse_sender" }), vec![220, 250, 550]),
        (json!({ "fault": "refuse_relay" }), vec![220, 250, 250, 554, 503, 500]),
        (json!({ "fault": "refuse_letter" }), vec![220, 250, 250, 250, 354, 552, 221]),
        (json!({ "fault": "drop_after_data" }), vec![220, 250, 250, 250, 354]),
        (json!({ "fault": "hang_up" }), vec![]),
    ] {
        let told: Value = client.put(&address).json(&fault).send().await.unwrap().json().await.unwrap();
        assert_eq!(told, fault);
        let said = send(&mailbox, "b@example.com").await;
        assert!(said.starts_with(&codes), "{fault}: {said:?}");
    }
    assert_eq!(mailbox.letters().len(), 1, "the one whose answer was dropped");
    client.delete(&address).send().await.unwrap();
    assert_eq!(send(&mailbox, "b@example.com").await.len(), 7);
    let misspelt = client.put(&address).json(&json!({ "fault": "laters" })).send().await.unwrap();
    assert_eq!(misspelt.status(), 400);
    mailbox.set_fault(Some(Fault::RefuseAddress { address: Some("other@example.com".into()) }));
    assert_eq!(send(&mailbox, "b@example.com").await.len(), 7, "only that one");
    mailbox.stop().await;
}

// Harm prevented: a letter runs in the browser of whoever reads it, or another site reads the links in it.
#[tokio::test]
async fn letters_are_shown_and_do_nothing() {
    let mailbox = mailbox();
    send(&mailbox, "b@example.com").await;
    let client = Client::builder().no_proxy().build().unwrap();
    let at = |path: &str| format!("{}{path}", mailbox.url());
    let policy = |answer: &reqwest::Response| answer.headers()["content-security-policy"].to_str().unwrap().to_owned();
    for path in ["/", "/letters/1"] {
        let answer = client.get(at(path)).send().await.unwrap();
        assert!(policy(&answer).starts_with("default-src 'none'"));
        let page = answer.text().await.unwrap();
        assert!(page.contains("&lt;b&gt;Hello") && !page.contains("<b>Hello") && !page.contains("<script>"), "{page}");
    }
    let html = client.get(at("/letters/1/html")).send().await.unwrap();
    assert!(policy(&html).ends_with("sandbox") && policy(&html).starts_with("default-src 'none'"));
    assert!(html.text().await.unwrap().contains("<script>"));
    let listed: Value = client.get(at("/api/letters?to=B@example.com")).send().await.unwrap().json().await.unwrap();
    assert_eq!((&listed[0]["subject"], &listed[0]["from"]), (&json!("<b>Hello</b>"), &json!("a@example.com")));
    let none: Value = client.get(at("/api/letters?to=c@example.com")).send().await.unwrap().json().await.unwrap();
    assert_eq!(none, json!([]));
    assert_eq!(client.get(at("/letters/2")).send().await.unwrap().status(), 404);
    for (name, value) in [("sec-fetch-site", "cross-site"), ("origin", "https://evil.example")] {
        let cleared = client.post(at("/form/clear")).header(name, value).send().await.unwrap();
        assert_eq!(cleared.status(), 403);
    }
    let rebound = client.get(at("/api/letters")).header("host", "evil.example").header("sec-fetch-site", "same-origin");
    assert_eq!(rebound.send().await.unwrap().status(), 403);
    assert_eq!(client.delete(at("/api/letters")).send().await.unwrap().status(), 204);
    assert!(mailbox.letters().is_empty());
    mailbox.stop().await;
}
