import Testing

@testable import LeewayWorkflow

@Suite struct SecretTemplateTests {
    private static let environment = ["HOST": "a.example", "_T1": "x${HOST}", "EMPTY": ""]

    @Test(arguments: [
        ("https://${HOST}/${_T1}?$a=${HOST}", "https://a.example/x${HOST}?$a=a.example"), ("plain", "plain"), ("", ""),
        ("${HOST}", "a.example"), ("$HOST}", "$HOST}"),
    ])
    func `is filled, and what is filled in is not filled again`(text: String, filled: String) throws {
        let template = try #require(SecretTemplate(text))
        #expect(template.filled { Self.environment[$0] } == .success(filled))
        #expect(template.hasVariables == text.contains("${"))
    }

    @Test(arguments: ["EMPTY", "NONE"])
    func `what is not set is named`(name: String) throws {
        let template = try #require(SecretTemplate("https://${HOST}/${\(name)}"))
        #expect(template.filled { Self.environment[$0] } == .failure(.init(name: name)))
    }

    @Test(arguments: ["${", "${}", "${1A}", "${A", "${A B}", "${Ä}", "a${HOST}${"])
    func `a variable needs a name and an end`(text: String) { #expect(SecretTemplate(text) == nil) }

    @Test func `shows nothing`() throws {
        let template = try #require(SecretTemplate("https://a.example/SECRET"))
        let sink = AlertConfiguration.Sink(.webhook(template, .json))
        var dumped = ""
        dump(sink, to: &dumped)
        for text in ["\(template)", String(reflecting: sink), "\(sink)", sink.key, dumped] {
            #expect(!text.contains("SECRET"))
        }
    }
}
