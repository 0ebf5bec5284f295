import Foundation
import LeewayCore
import LeewayMonitor
import LeewayStore
import Testing

@testable import LeewayWorkflow

/// Window counts by version and hour: those of the registry, and those that a naive reader of the log comes to.
struct WindowRecount: Equatable {
    struct Key: Hashable {
        let number: Int
        let hour: Int
    }

    var counts: [Key: WindowCounts] = [:]
    var rows: Int { counts.values.reduce(0) { $0 + $1.rows } }

    /// What the registry says: the totals and the segments that still grow.
    init(registry project: Project, _ catalog: ModelCatalog) throws {
        for window in try Registry(path: project.registry).windows(model: "credit", hours: 0..<Int.max) {
            let bins = try #require(catalog.find("credit", "\(window.number)").tally?.bins)
            let own = try WindowCounts(decoding: window.counts, bins)
            #expect(own.rows == window.rows)
            counts[Key(number: window.number, hour: window.hour), default: WindowCounts(bins)].merge(own)
        }
    }

    /// What the lines of the log say, read as a stranger would: no contract, no code table.
    init(log project: Project, _ catalog: ModelCatalog) throws {
        for line in try Self.lines(project.predictionLog) {
            let (version, inputs) = (
                try #require(line["version"] as? Int), try #require(line["inputs"] as? [String: Any])
            )
            let bins = try #require(catalog.find("credit", "\(version)").tally?.bins)
            let time = try #require((line["time"] as? String).flatMap { Timestamp($0) })
            let key = Key(number: version, hour: Int(time.milliseconds / 3_600_000))
            var own = counts[key] ?? WindowCounts(bins)
            for (name, value) in inputs {
                guard let column = bins.column(named: name) else { continue }
                switch (bins.values[column], value) {
                case (.numbers, let number as Double): own.add(number: number, to: column)
                case (.numbers, _): own.add(number: .nan, to: column)
                case (.categories(let known), let text as String):
                    let place = known.firstIndex { Array($0.utf8) == Array(text.utf8) }
                    own.add(code: place.map { Int32($0) } ?? WindowCounts.newCode, to: column)
                case (.categories, _): own.add(code: WindowCounts.missingCode, to: column)
                }
            }
            own.add(number: try #require(line["probability"] as? Double), to: bins.score)
            own.add(code: line["label"] as? String == "yes" ? 1 : 0, to: bins.label)
            own.endRow()
            counts[key] = own
        }
    }

    /// All complete lines of a log, segment by segment.
    static func lines(_ folder: String) throws -> [[String: Any]] {
        try LogFolder(folder).segments().flatMap { segment in
            try FileSystem.read(segment.path).split(separator: 0x0A).map { line in
                try #require(JSONSerialization.jsonObject(with: Data(line)) as? [String: Any])
            }
        }
    }

    /// The ids of all lines of a log.
    static func ids(_ folder: String) throws -> [UUIDv7] {
        try lines(folder).map { try #require(($0["id"] as? String).flatMap { UUIDv7($0) }) }
    }
}
