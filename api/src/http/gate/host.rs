//! Which panel a host is. Knows the panels' parent domain; knows no request and no panel.

/// The panel's name in `host`, which is as a header gave it: in any case, with or without a port and the root's dot. `None`
/// unless it is exactly one label below `parent`: other domains, deeper names, addresses and lists are no panels.
pub(super) fn panel_of(host: &str, parent: &str) -> Option<String> {
    let (name, port) = host.split_once(':').unwrap_or((host, ""));
    // What has more colons is an IPv6 address.
    if !port.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let mut name = name.strip_suffix('.').unwrap_or(name).to_ascii_lowercase();
    let label = name.strip_suffix(parent)?.strip_suffix('.')?;
    let plain = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-' || byte == b'_';
    let length = (!label.is_empty() && label.len() <= 63 && label.bytes().all(plain)).then_some(label.len())?;
    name.truncate(length);
    Some(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    // Harm prevented: two spellings of one host are two panels to the gate, or two hosts are one.
    #[test]
    fn a_host_is_one_label_below_the_parent_however_it_is_spelt() {
        for host in [
            "acme.example.com",
            "ACME.Example.COM",
            "acme.example.com:8443",
            "acme.example.com.",
            "acme.example.com.:80",
            "acme.example.com:",
        ] {
            assert_eq!(panel_of(host, "example.com").as_deref(), Some("acme"), "{host}");
        }
        for host in [
            "",
            ".",
            ":",
            "example.com",
            ".example.com",
            "..example.com",
            "a.acme.example.com",
            "acme.example.com..",
            "acmeexample.com",
            "acme.example.org",
            "acme.example.com.evil.org",
            "acme.example.com:80:80",
            "acme.example.com:80x",
            "acme.example.com, other.example.com",
            "other.example.com,acme.example.com",
            " acme.example.com",
            "ac me.example.com",
            "acme%2eexample.com",
            "127.0.0.1",
            "127.0.0.1:8080",
            "[::1]",
            "[::1]:8080",
            "::1",
            "[acme.example.com]",
            "acme\u{e9}.example.com",
        ] {
            assert_eq!(panel_of(host, "example.com"), None, "{host}");
        }
        assert_eq!(panel_of(&format!("{}.example.com", "a".repeat(64)), "example.com"), None);
    }
}
