import LeewayCore
import Testing

@Suite struct WebhookURLTests {
    private static let known: [(String, Bool, String, Int, String, String)] = [
        (
            "https://hooks.example.com/services/T0/B0/xyz", true, "hooks.example.com", 443, "/services/T0/B0/xyz",
            "hooks.example.com"
        ),
        ("http://localhost:8080", false, "localhost", 8080, "/", "localhost:8080"),
        ("HTTPS://Example.COM:443?a=b#part", true, "example.com", 443, "/?a=b", "example.com"),
        ("http://[::1]:9/x", false, "::1", 9, "/x", "[::1]:9"),
        ("http://10.0.0.1/a@b:c", false, "10.0.0.1", 80, "/a@b:c", "10.0.0.1"),
        ("https://example.com:80/", true, "example.com", 80, "/", "example.com:80"),
    ]

    @Test(arguments: known)
    func `is read`(text: String, isSecure: Bool, host: String, port: Int, target: String, authority: String) throws {
        let url = try #require(WebhookURL(text))
        #expect((url.isSecure, url.host, url.port) == (isSecure, host, port))
        #expect((url.target, url.authority) == (target, authority))
        #expect(url.credentials == nil)
    }

    @Test func `has a name and a password`() {
        #expect(WebhookURL("https://me:p%40ss%C3%A9@example.com/")?.credentials == "me:p@ssé")
        #expect(WebhookURL("https://me:p@ss@example.com/")?.host == "example.com")
    }

    @Test(arguments: [
        "", "example.com", "ftp://example.com", "https://", "https:///path", "https://exa mple.com/",
        "https://example.com/a b",
        "https://example.com/\r\nX: y", "https://example.com:0/", "https://example.com:65536/", "https://example.com:/",
        "https://example.com:8o/", "https://bücher.example/", "https://[::1/", "https://[example.com]/",
        "https://a%2fb/",
        "https://me@example.com/", "https://me:%zz@example.com/", "https://me:%ff@example.com/", "https://:80/",
        "https://[::1]80/",
        "https://example.com/" + String(repeating: "x", count: 8000),
    ])
    func `is none`(text: String) { #expect(WebhookURL(text) == nil) }

    @Test func `never shows what may be secret`() throws {
        let url = try #require(WebhookURL("https://me:SECRET@example.com/SECRET?token=SECRET"))
        var dumped = ""
        dump(url, to: &dumped)
        for text in ["\(url)", String(describing: url), String(reflecting: url), String(reflecting: [url]), dumped] {
            #expect(text.contains("example.com") && !text.contains("SECRET"))
        }
    }
}
