import LeewayCore
import LeewayStore
import Testing

@testable import LeewayWorkflow

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// Sealed segments become Parquet, with the types of the contracts.
@Suite struct LogCompactionTests {
    @Test func `the columns have the types of the contract, and the rows are those of the lines`() async throws {
        let logged = try LoggedProject()
        try logged.register(
            "m", [("age", .integer), ("score", .number), ("vip", .boolean), ("city", .text), ("day", .date)])
        let segment = try await logged.log([
            #"{"age":39,"score":1.5,"vip":"true","city":"Cádiz","day":"2026-11-23"}"#,
            #"{"age":null,"score":2,"vip":"false","city":"a \"b\" \u0000c\n","day":null}"#,
        ])
        let ids = try LoggedProject.ids(segment.path)
        let (mode, idsBytes) = (try FileSystem.read(segment.idsPath), segment.bytes)
        let reports = try await logged.tidy()
        let compacted = try #require(reports.first?.compacted.first)
        #expect(reports.count == 1 && reports[0].failures.isEmpty)
        #expect(compacted.lines == 2 && compacted.damagedLines == 0 && compacted.damagedPath == nil)
        #expect(compacted.linesBytes == idsBytes && compacted.parquetBytes == compacted.segment.bytes)
        #expect(try logged.files(logged.predictions) == [".ids", ".parquet"])
        #expect(try FileSystem.read(segment.idsPath) == mode)
        let (types, rows) = try await logged.parquet(logged.predictions)
        #expect(
            types == [
                "id VARCHAR", "time TIMESTAMP", "model VARCHAR", "version INTEGER", "probability DOUBLE",
                "label VARCHAR",
                "shadow_version INTEGER", "shadow_probability DOUBLE", "latency_us BIGINT", "request_id VARCHAR",
                "trace_id VARCHAR",
                #"inputs STRUCT(age BIGINT, score DOUBLE, vip BOOLEAN, city VARCHAR, "day" VARCHAR)"#,
            ])
        #expect(
            rows[0]
                == "\(ids[0])|2026-11-23 12:00:00|m|1|0.1|no|-|-|100|r0|-|{'age': 39, 'score': 1.5, 'vip': true, 'city': Cádiz, 'day': 2026-11-23}"
        )
        #expect(
            rows[1].hasPrefix(
                "\(ids[1])|2026-11-23 12:00:00|m|1|0.2|yes|-|-|101|r1|-|{'age': NULL, 'score': 2.0, 'vip': false"))
        let lengths = try await logged.parquet(logged.predictions, "length(inputs.city) AS n")
        #expect(lengths.rows == ["5", "9"])
        // Labels for them are taken as before.
        #expect(
            try logged.predictions.contains(ids: ids + [UUIDv7(LoggedProject.noon, random: (1, 1))]) == [
                true, true, false,
            ])
        #expect(try await logged.tidy().allSatisfy(\.isEmpty))
    }

    @Test func `who may read the lines may read the file, and no one else`() async throws {
        let logged = try LoggedProject()
        let segment = try await logged.log([#"{"a":1}"#])
        _ = try await logged.tidy()
        let attributes = try FileManager.default.attributesOfItem(atPath: segment.parquetPath)
        #expect("\(attributes[.posixPermissions] ?? 0)" == "\(0o600)")
    }

    @Test func `feedback becomes Parquet too, and needs no counts`() async throws {
        let logged = try LoggedProject()
        let id = UUIDv7(LoggedProject.noon, random: (1, 2))
        _ = try await logged.write([#""prediction_id":"\#(id)","label":"yes""#], to: logged.project.feedbackLog)
        let reports = try await logged.tidy()
        #expect(reports.map(\.kind) == [.feedback] && reports[0].compacted.count == 1)
        let (types, rows) = try await logged.parquet(logged.feedback, "time, prediction_id, label")
        #expect(types == ["time TIMESTAMP", "prediction_id VARCHAR", "label VARCHAR"])
        #expect(rows == ["2026-11-23 12:00:00|\(id)|yes"])
    }

    @Test func `fields of several versions are joined, and what does not agree is text`() async throws {
        let logged = try LoggedProject()
        try logged.register("m", [("a", .integer), ("b", .integer), ("c", .integer), ("d", .boolean)])
        try logged.register("m", [("a", .number), ("b", .text), ("e", .integer)])
        let segment = try await logged.log([#"{"a":1,"b":2,"c":"5f3a","d":"true"}"#], isFinished: false)
        // A second version, and one that no one knows, in the same segment.
        var lines = try FileSystem.read(segment.path)
        let first = String(decoding: lines, as: UTF8.self)
        lines += Array(
            first.replacing(#""version":1"#, with: #""version":2"#)
                .replacing(#"{"a":1,"b":2,"c":"5f3a","d":"true"}"#, with: #"{"a":0.5,"b":"x","e":9007199254740993}"#)
                .utf8)
        lines += Array(
            first.replacing(#""model":"m""#, with: #""model":"gone""#)
                .replacing(#"{"a":1,"b":2,"c":"5f3a","d":"true"}"#, with: #"{"z":3,"t":"false","o":{"p":[1]}}"#).utf8)
        try FileSystem.write(lines, to: segment.path)
        try logged.finish(segment)
        let report = try #require(try await logged.tidy().first)
        #expect(report.failures.isEmpty && report.compacted.first?.lines == 3)
        let (types, rows) = try await logged.parquet(logged.predictions, "inputs")
        #expect(
            types == [
                "inputs STRUCT(a DOUBLE, b VARCHAR, c VARCHAR, d BOOLEAN, e BIGINT, z DOUBLE, t BOOLEAN, o VARCHAR)"
            ])
        #expect(rows.count == 3 && rows.contains { $0.contains("'a': 0.5, 'b': x") && $0.contains("9007199254740993") })
        #expect(rows.contains { $0.contains("'z': 3.0, 't': false") && $0.contains(#"{"p":[1]}"#) })
    }

    @Test func `any name of a field will do`() async throws {
        let logged = try LoggedProject()
        let segment = try await logged.log([
            #"{"Age":1,"age":2,"a\"b'c":3,"x/y~z":4,"":5,"hours per-week":6}"#, #"{}"#,
        ])
        let report = try #require(try await logged.tidy().first)
        #expect(report.failures.isEmpty && report.compacted.first?.segment.name == segment.name)
        let (types, rows) = try await logged.parquet(logged.predictions, "inputs")
        #expect(
            types == [
                #"inputs STRUCT(Age DOUBLE, age_1 DOUBLE, "a""b'c" DOUBLE, "x/y~z" DOUBLE, _ DOUBLE, "hours per-week" DOUBLE)"#
            ])
        #expect(
            rows.first == """
                {'Age': 1.0, 'age_1': 2.0, 'a"b\\'c': 3.0, 'x/y~z': 4.0, '_': 5.0, 'hours per-week': 6.0}
                """)
    }

    @Test func `without inputs a segment goes together with others`() async throws {
        let logged = try LoggedProject()
        try await logged.log(["{}", "{}"])
        try await logged.log([#"{"a":1}"#])
        #expect(try await logged.tidy().first?.compacted.count == 2)
        #expect(try await logged.parquet(logged.predictions, "inputs.a AS a").rows.sorted() == ["-", "-", "1.0"])
    }

    @Test func `lines that are out of order are put in order, and members that are new are kept`() async throws {
        let logged = try LoggedProject()
        let segment = try await logged.log([#"{"a":1},"shadow":{"label":"no"}"#, #"{"a":2}"#, #"{"a":3}"#])
        let ids = try LoggedProject.ids(segment.path)
        let lines = try FileSystem.read(segment.path).split(separator: 0x0A).reversed().flatMap { $0 + [0x0A] }
        try FileSystem.write(lines, to: segment.path)
        #expect(try await logged.tidy().first?.compacted.first?.lines == 3)
        let (types, rows) = try await logged.parquet(logged.predictions, "id, shadow")
        #expect(types == ["id VARCHAR", "shadow VARCHAR"])
        #expect(rows == [#"\#(ids[0])|{"label":"no"}"#, "\(ids[1])|-", "\(ids[2])|-"])
    }
}
