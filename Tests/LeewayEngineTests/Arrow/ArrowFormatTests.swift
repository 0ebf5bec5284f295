import Testing

@testable import LeewayEngine

@Suite struct ArrowFormatTests {
    private static let types: [(format: String, type: ArrowType)] = [
        ("n", .null), ("b", .boolean), ("c", .integer(.int8)), ("L", .integer(.uint64)), ("f", .float32),
        ("d:9,2,32", .decimal(bits: 32, scale: 2)), ("d:38,10", .decimal(bits: 128, scale: 10)),
        ("d:76,-3,256", .decimal(bits: 256, scale: -3)), ("tdm", .date64), ("ttn", .time(.nanosecond)),
        ("tss:", .timestamp(.second, zone: "")), ("tsu:Europe/Berlin", .timestamp(.microsecond, zone: "Europe/Berlin")),
        ("vu", .text(.view)),
    ]

    @Test(arguments: types)
    func `understands formats`(format: String, type: ArrowType) {
        #expect(ArrowFormat(format) == .read(type))
    }

    @Test(arguments: [
        "", "x", "nn", "d:", "d:10", "d:a,b", "d:0,0", "d:77,0", "d:9,2,33", "d:9,2,32,1", "d:38,99", "ts", "tsx:",
        "u ", "+",
    ])
    func `knows what is no format`(format: String) {
        #expect(ArrowFormat(format) == .unknown)
    }

    @Test(arguments: [
        "w:16": "fixed_size_binary", "+us:0,1": "sparse_union", "+w:3": "fixed_size_list", "tin": "interval",
    ])
    func `names what it refuses`(format: String, name: String) {
        guard case .refused(let refused, _) = ArrowFormat(format) else {
            Issue.record("\(format) is not refused.")
            return
        }
        #expect(refused == name)
    }
}
