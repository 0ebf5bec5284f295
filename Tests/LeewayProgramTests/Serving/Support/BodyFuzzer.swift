/// Makes bodies that are nearly right of bodies that are right, from a seed.
struct BodyFuzzer {
    private var random: SplitMix64
    private let seeds: [(path: String, type: String, body: [UInt8])]

    /// What breaks readers of numbers, texts, nesting and lines.
    private static let fragments: [[UInt8]] =
        [
            "[", "]", "{", "}", "\"", ",", ":", "\\", "\\u", "\\ud800", "\0", "\n", "\r\n", "\u{feff}", "1e999999", "-",
            "-0",
            "0.1e-400", "18446744073709551616", "NaN", "Infinity", "null", "true", "[[[[[[[[", "{\"a\":",
            "\"shape\":[-1]",
            "\"shape\":[9223372036854775807,2]", "\"datatype\":\"FP64\"", "\"\"", ",,", "'", "\t", "é", "\u{1F600}",
        ].map { Array($0.utf8) } + [[0xFF], [0xC0, 0x80], [0xED, 0xA0, 0x80], [0xF4, 0x90, 0x80, 0x80], [0xC3]]

    init(seed: UInt64) {
        random = SplitMix64(state: seed)
        let (row, rows) = (ServingProject.row(3), ServingProject.rows(3..<6))
        let json = "application/json"
        let texts = [
            (Server.predictPath, json, row), (Server.predictPath, json, rows),
            (Server.predictPath, json, "{\"rows\":\(rows)}"), ("/v1/models/adult/versions/2/predict", json, row),
            (Server.predictPath, "text/csv", ServingProject.csv(3..<6)),
            (Server.predictPath, "application/x-ndjson", (3..<6).map { ServingProject.row($0) + "\n" }.joined()),
            ("/v2/models/adult/infer", json, ServingProject.inference(3..<5)),
            ("/invocations", json, "{\"dataframe_records\":\(rows)}"),
            ("/invocations", json, "{\"instances\":\(rows),\"params\":{\"proba\":true}}"),
            ("/invocations", json, ServingProject.split(3..<6)),
            ("/invocations", "text/csv", ServingProject.csv(3..<6)),
            ("/v1/feedback", json, "{\"id\":\"01a2093e-6a2f-70e8-8a42-07ff4dd15af6\",\"label\":\">50K\"}"),
            (
                "/v1/feedback", json,
                "{\"feedback\":[{\"id\":\"01a2093e-6a2f-70e8-8a42-07ff4dd15af6\",\"label\":\"<=50K\"}]}"
            ),
        ]
        seeds = texts.map { ($0, $1, Array($2.utf8)) }
    }

    /// The next body, and where it goes.
    mutating func next() -> (path: String, type: String, body: [UInt8]) {
        var (path, type, body) = seeds[below(seeds.count)]
        switch below(20) {
        case 0: body = (0..<below(300)).map { _ in UInt8(truncatingIfNeeded: random.next()) }
        case 1: body = seeds[below(seeds.count)].body
        case 2: type = seeds[below(seeds.count)].type
        case 3: break
        default: for _ in 0...below(4) { mutate(&body) }
        }
        // Nothing empty: that would be sent without a length.
        return (path, type, body.isEmpty ? [0x20] : body)
    }

    private mutating func below(_ end: Int) -> Int { Int(random.next() % UInt64(max(1, end))) }

    private mutating func mutate(_ body: inout [UInt8]) {
        let place = below(body.count + 1)
        let end = min(body.count, place + below(12))
        switch below(7) {
        case 0 where place < body.count: body[place] ^= 1 << UInt8(below(8))
        case 1: body.removeSubrange(place..<end)
        case 2: body.insert(contentsOf: body[place..<end], at: below(body.count + 1))
        case 3: body.removeSubrange(place...)
        case 4: body.replaceSubrange(place..<end, with: Self.fragments[below(Self.fragments.count)])
        case 5: body.insert(contentsOf: Self.fragments[below(Self.fragments.count)], at: place)
        default:
            let digits = body.indices.filter { (0x30...0x39).contains(body[$0]) }
            if !digits.isEmpty {
                let digit = digits[below(digits.count)]
                body.replaceSubrange(digit...digit, with: Self.fragments[below(Self.fragments.count)])
            }
        }
    }
}
