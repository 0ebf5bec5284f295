import Testing

@testable import LeewayServer

@Suite struct QueryTests {
    @Test(
        arguments: [
            ("", [:]), ("&", [:]), ("explain", ["explain": ""]), ("explain=", ["explain": ""]),
            ("a=1&b=2", ["a": "1", "b": "2"]), ("a=1&a=2", ["a": "2"]), ("a=b=c", ["a": "b=c"]), ("=x", ["": "x"]),
            ("a=x+y%20z", ["a": "x y z"]), ("a=%C3%A9%f0%9F%98%80", ["a": "é\u{1F600}"]), ("a=%2526", ["a": "%26"]),
            ("a=%", ["a": "%"]), ("a=%4", ["a": "%4"]), ("a=%zz%41", ["a": "%zzA"]), ("a=%FF", ["a": "\u{FFFD}"]),
            ("&&a=1&&", ["a": "1"]), ("é=ü", ["é": "ü"]), ("a=%+1", ["a": "% 1"]), ("a=%-1", ["a": "%-1"]),
        ] as [(String, [String: String])])
    func `reads what stands behind the question mark`(text: String, query: [String: String]) {
        let read = Query.parse(text[...])
        #expect(Dictionary(uniqueKeysWithValues: read.map { (String($0), $1) }) == query)
    }
}
