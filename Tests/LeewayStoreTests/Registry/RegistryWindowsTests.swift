import LeewayCore
import LeewayStore
import LeewayTestSupport
import Testing

@Suite struct RegistryWindowsTests {
    private let folder: TemporaryFolder
    private var path: String { folder / "registry.sqlite" }

    init() throws { folder = try TemporaryFolder() }

    private static func window(_ hour: Int, _ counts: [UInt8], model: String = "credit", number: Int = 1) -> WindowRow {
        WindowRow(model: model, number: number, hour: hour, rows: counts.reduce(0) { $0 + Int($1) }, counts: counts)
    }

    /// Counts that add cell by cell.
    private static func add(_ total: WindowRow, _ window: WindowRow) throws(LeewayError) -> [UInt8] {
        guard total.counts.count == window.counts.count else { throw LeewayError(.damagedArtifact, "Lengths differ.") }
        return zip(total.counts, window.counts).map(+)
    }

    private static let always = Int.min..<Int.max

    @Test func `a checkpoint is read back, and replaces the one before it`() throws {
        let registry = try Registry(path: path)
        #expect(try registry.countedBytes(of: "s") == nil)
        #expect(try registry.checkpoint(segment: "s", countedBytes: 10, windows: [Self.window(1, [1, 2])]))
        #expect(try registry.countedBytes(of: "s") == 10)
        #expect(try registry.windows(model: "credit", hours: Self.always) == [Self.window(1, [1, 2])])
        let next = [Self.window(2, [0, 9]), Self.window(3, [])]
        try registry.checkpoint(segment: "s", countedBytes: 20, windows: next)
        #expect(try registry.countedBytes(of: "s") == 20)
        #expect(try Registry(path: path).windows(model: "credit", hours: Self.always) == next)
    }

    @Test func `a checkpoint that can't be kept leaves the one before it`() throws {
        let registry = try Registry(path: path)
        try registry.checkpoint(segment: "s", countedBytes: 10, windows: [Self.window(1, [1])])
        let error = #expect(throws: LeewayError.self) {
            try registry.checkpoint(
                segment: "s", countedBytes: 20, windows: [Self.window(2, [1]), Self.window(2, [1])])
        }
        #expect(error?.code == .registryFailed)
        #expect(try registry.countedBytes(of: "s") == 10)
        #expect(try registry.windows(model: "credit", hours: Self.always) == [Self.window(1, [1])])
    }

    @Test func `windows are those of the model, the version and the hours`() throws {
        let registry = try Registry(path: path)
        let (a, b) = (Self.window(5, [1]), Self.window(5, [2], number: 2))
        let (c, d) = (Self.window(7, [3]), Self.window(6, [4], model: "other"))
        try registry.checkpoint(segment: "s", countedBytes: 1, windows: [c, b, a, d])
        #expect(try registry.windows(model: "credit", hours: Self.always) == [a, b, c])
        #expect(try registry.windows(model: "credit", number: 1, hours: Self.always) == [a, c])
        #expect(try registry.windows(model: "credit", number: 1, hours: 5..<7) == [a])
        #expect(try registry.windows(model: "credit", hours: 6..<8) == [c])
        #expect(try registry.windows(model: "credit", hours: 5..<5) == [])
        #expect(try registry.windows(model: "other", hours: 6..<7) == [d])
        #expect(try registry.windows(model: "none", hours: Self.always) == [])
    }

    @Test func `a finished segment is added to the totals, once`() throws {
        let registry = try Registry(path: path)
        try registry.checkpoint(
            segment: "a", countedBytes: 10, windows: [Self.window(1, [1, 2]), Self.window(2, [5, 5])])
        try registry.checkpoint(
            segment: "b", countedBytes: 20, windows: [Self.window(1, [3, 4]), Self.window(1, [7, 7], number: 2)])
        #expect(try registry.windows(segment: "a") == [Self.window(1, [1, 2]), Self.window(2, [5, 5])])
        #expect(try registry.fold(segment: "a", merge: Self.add))
        #expect(try registry.countedBytes(of: "a") == Registry.finished)
        #expect(try registry.windows(segment: "a") == [])
        // The totals come before the segments of the same hour and version.
        #expect(
            try registry.windows(model: "credit", hours: Self.always) == [
                Self.window(1, [1, 2]), Self.window(1, [3, 4]), Self.window(1, [7, 7], number: 2),
                Self.window(2, [5, 5]),
            ])
        #expect(try registry.fold(segment: "b", merge: Self.add))
        let totals = [Self.window(1, [4, 6]), Self.window(1, [7, 7], number: 2), Self.window(2, [5, 5])]
        #expect(try registry.windows(model: "credit", hours: Self.always) == totals)
        for segment in ["a", "b"] { #expect(try !registry.fold(segment: segment, merge: Self.add)) }
        #expect(try registry.windows(model: "credit", hours: Self.always) == totals)
    }

    @Test func `a checkpoint of less than is counted already changes nothing`() throws {
        let registry = try Registry(path: path)
        try registry.checkpoint(segment: "s", countedBytes: 20, windows: [Self.window(1, [2])])
        #expect(try !registry.checkpoint(segment: "s", countedBytes: 10, windows: [Self.window(1, [1])]))
        #expect(try registry.countedBytes(of: "s") == 20)
        #expect(try registry.windows(model: "credit", hours: Self.always) == [Self.window(1, [2])])
    }

    @Test func `a checkpoint that comes after the end changes nothing`() throws {
        let registry = try Registry(path: path)
        try registry.checkpoint(segment: "s", countedBytes: 10, windows: [Self.window(1, [1])])
        try registry.fold(segment: "s", merge: Self.add)
        #expect(try !registry.checkpoint(segment: "s", countedBytes: 12, windows: [Self.window(1, [2])]))
        #expect(try registry.countedBytes(of: "s") == Registry.finished)
        #expect(try registry.windows(model: "credit", hours: Self.always) == [Self.window(1, [1])])
    }

    @Test func `a segment without windows is finished too`() throws {
        let registry = try Registry(path: path)
        #expect(try registry.fold(segment: "unknown", merge: Self.add))
        #expect(try registry.countedBytes(of: "unknown") == Registry.finished)
        #expect(try registry.windows(model: "credit", hours: Self.always) == [])
    }

    @Test func `totals and windows to be added are of the same version and hour`() throws {
        let registry = try Registry(path: path)
        let windows = [
            Self.window(1, [1]), Self.window(2, [1]), Self.window(1, [1], number: 2), Self.window(1, [1], model: "b"),
        ]
        for segment in ["a", "b"] {
            try registry.checkpoint(segment: segment, countedBytes: 1, windows: windows)
            try registry.fold(segment: segment) { total, window throws(LeewayError) in
                #expect(total == window)
                return try Self.add(total, window)
            }
        }
        #expect(try registry.windows(model: "b", hours: Self.always) == [Self.window(1, [2], model: "b")])
        #expect(try registry.windows(model: "credit", hours: Self.always).map(\.rows) == [2, 2, 2])
    }

    @Test func `counts that can't be added leave all as it was`() throws {
        let registry = try Registry(path: path)
        let first = [Self.window(1, [1]), Self.window(2, [1, 1])]
        try registry.checkpoint(segment: "a", countedBytes: 10, windows: first)
        try registry.fold(segment: "a", merge: Self.add)
        try registry.checkpoint(segment: "b", countedBytes: 10, windows: [Self.window(1, [1]), Self.window(2, [1])])
        #expect(throws: LeewayError(.damagedArtifact, "Lengths differ.")) {
            try registry.fold(segment: "b", merge: Self.add)
        }
        #expect(try registry.countedBytes(of: "b") == 10)
        #expect(
            try registry.windows(model: "credit", hours: Self.always) == [
                Self.window(1, [1]), Self.window(1, [1]), Self.window(2, [1, 1]), Self.window(2, [1]),
            ])
    }

    @Test func `any text names a segment or a model`() throws {
        let registry = try Registry(path: path)
        let name = "a'; DROP TABLE window; -- \"é\u{1F600}\" %"
        try registry.checkpoint(segment: name, countedBytes: 3, windows: [Self.window(1, [1], model: name)])
        #expect(try registry.countedBytes(of: name) == 3)
        #expect(try registry.windows(model: name, hours: 1..<2) == [Self.window(1, [1], model: name)])
    }

    /// Each of four has its own connections; all fold the same forty segments, in an order of their own.
    @Test func `many that fold at once make the right totals`() async throws {
        let path = path
        let registry = try Registry(path: path)
        for segment in 0..<40 {
            let windows = [Self.window(0, [1, 0]), Self.window(1 + segment % 2, [0, UInt8(segment % 4)])]
            try registry.checkpoint(segment: "s\(segment)", countedBytes: 1, windows: windows)
        }
        let foldCount = try await withThrowingTaskGroup(of: Int.self) { group in
            for folder in 0..<4 {
                group.addTask {
                    let registry = try Registry(path: path)
                    var folds = 0
                    for place in 0..<40 {
                        let segment = "s\((place * [1, 3, 7, 9][folder]) % 40)"
                        folds += try registry.fold(segment: segment, merge: Self.add) ? 1 : 0
                    }
                    return folds
                }
            }
            return try await group.reduce(0, +)
        }
        #expect(foldCount == 40)
        let totals = [Self.window(0, [40, 0]), Self.window(1, [0, 20]), Self.window(2, [0, 40])]
        #expect(try registry.windows(model: "credit", hours: Self.always) == totals)
    }
}
