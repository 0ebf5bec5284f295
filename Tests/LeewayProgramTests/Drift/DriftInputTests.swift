import Foundation
import Testing

extension ProgramTests {
    /// What `leeway drift` says of windows that can't be judged, or hardly.
    @Suite struct DriftInputTests {
        private static let quiet = DriftProject.rows(2000, seed: 2)

        private static func check(_ window: String, _ arguments: String...) async throws -> Program.Ending {
            let workspace = try await DriftProject.make(window: window)
            return try await Program.run(["drift", "--current", "new.csv"] + arguments, in: workspace.folder)
        }

        private static func reasons(_ ending: Program.Ending) throws -> [String: String] {
            Dictionary(
                try JSON(ending.output)["columns"].list.compactMap { column in
                    column["values"]["no_evidence"].text.map { (column["name"].text ?? "", $0) }
                }, uniquingKeysWith: { first, _ in first })
        }

        @Test func `no evidence is not no drift`() async throws {
            let gone = Self.quiet.map { Array($0.dropFirst()) }
            let window = DriftProject.csv(gone, header: "hours,city,income")
            let ending = try await Self.check(window, "--json")
            #expect(ending.status == 3)
            #expect(try Self.reasons(ending) == ["age": "no_column"])
            #expect(try JSON(ending.output)["verdict"] == .text("no_evidence"))
            let told = try await Self.check(window)
            #expect(told.output.contains("? No evidence") && told.output.contains("Nothing can be said of age."))
        }

        @Test func `values of another type`() async throws {
            let ending = try await Self.check(
                DriftProject.csv(Self.quiet.map { ["\(Tables.secret)"] + $0.dropFirst() }), "--json")
            #expect(ending.status == 3)
            #expect(try Self.reasons(ending) == ["age": "wrong_type"])
            #expect(!ending.errors.contains(Tables.secret))
        }

        @Test func `some values that are no numbers`() async throws {
            let rows = Self.quiet.enumerated().map { [$0 < 2 ? Tables.secret : $1[0]] + $1.dropFirst() }
            let ending = try await Self.check(DriftProject.csv(rows), "--json")
            #expect(ending.status == 0)
            #expect(
                try JSON(ending.output)["notes"].list.map(\.text) == [
                    "Column 'age': 2 values that are no number count as missing."
                ])
        }

        @Test func `a column that is missing everywhere`() async throws {
            let ending = try await Self.check(DriftProject.csv(Self.quiet.map { [""] + $0.dropFirst() }), "--json")
            #expect(ending.status == 4)
            let age = try #require(try JSON(ending.output)["columns"].list.first { $0["name"] == .text("age") })
            #expect(age["values"]["no_evidence"] == .text("all_missing"))
            #expect(age["missing"]["drift"] == .bool(true))
        }

        @Test func `one row, and none`() async throws {
            let one = try await Self.check(DriftProject.csv(Array(Self.quiet.prefix(1))), "--json")
            #expect(one.status == 3)
            #expect(Set(try Self.reasons(one).values) == ["too_few_rows"])
            let none = try await Self.check(DriftProject.csv([]), "--json")
            #expect(none.status == 3)
            #expect(Set(try Self.reasons(none).values) == ["empty_window"])
            let empty = try await Self.check("")
            #expect(empty.status == 1 && empty.errors.contains("new.csv is empty"))
        }

        @Test func `not a number and infinities`() async throws {
            let odd = ["NaN", "inf", "-inf", "1e308", "-0.0"]
            let rows = Self.quiet.enumerated().map { [$0 < 5 ? odd[$0] : $1[0]] + $1.dropFirst() }
            let ending = try await Self.check(DriftProject.csv(rows), "--json")
            #expect(ending.status == 0, "\(ending.errors)")
            let age = try #require(try JSON(ending.output)["columns"].list.first { $0["name"] == .text("age") })
            #expect(age["rows"]["window_missing"] == .number(1))
        }

        @Test func `one class, one value`() async throws {
            let rows = Self.quiet.map { Array($0.prefix(2)) + ["Oslo", "low"] }
            let ending = try await Self.check(DriftProject.csv(rows), "--json")
            #expect(ending.status == 4)
            let report = try JSON(ending.output)
            let city = try #require(report["columns"].list.first { $0["name"] == .text("city") })
            #expect(city["vanished_categories"].list.map { $0["category"].text } == ["Bergen", "Vadsø"])
            #expect(report["performance"]["realised"]["metrics"]["roc_auc"]["no_evidence"] == .text("one_class"))
        }

        @Test func `hostile names and cells`() async throws {
            let hostile = "<script>alert(1)</script>\u{202E}\u{1B}[2J"
            let rows = Self.quiet.enumerated().map { place, row in
                place % 2 == 0 ? Array(row.prefix(2)) + ["\"\(hostile)\"", row[3]] : row
            }
            let workspace = try await DriftProject.make(window: DriftProject.csv(rows))
            let ending = try await workspace.leeway("drift", "--current", "new.csv", "--html", "page.html")
            #expect(ending.status == 4)
            #expect(!ending.output.contains("\u{202E}") && !ending.output.contains("\u{1B}[2J"))
            let page = try workspace.text("page.html")
            #expect(page.contains("&lt;script&gt;") && !page.contains("<script"))
        }

        @Test func `CRLF, and a huge cell`() async throws {
            let rows = Self.quiet.enumerated().map { place, row in
                place == 3 ? Array(row.prefix(2)) + [String(repeating: "x", count: 100_000), row[3]] : row
            }
            let ending = try await Self.check(DriftProject.csv(rows).replacing("\n", with: "\r\n"))
            #expect(ending.status == 0, "\(ending.errors)")
            #expect(ending.output.utf8.count < 10_000)
        }

        @Test func `a file without a header, after a line of its own`() async throws {
            let rows = DriftProject.csv(Self.quiet, header: "|a line that is no row")
            let ending = try await Self.check(rows, "--no-header", "--skip-lines", "1", "--json")
            #expect(ending.status == 0, "\(ending.errors)")
            #expect(try JSON(ending.output)["window"]["rows"] == .number(2000))
        }

        @Test func `a version of other columns`() async throws {
            let workspace = try await DriftProject.make(window: DriftProject.csv(Self.quiet))
            let other = Self.quiet.map { ["\($0[0])", $0[3]] }
            try workspace.write(DriftProject.csv(other, header: "years,income"), to: "other.csv")
            try workspace.write(
                "name: people\nsource: other.csv\ntarget: income\nevaluation: {bootstrap: 0}\n", to: "other.yaml")
            try await workspace.leewayWorks("run", "--quiet", "-c", "other.yaml")
            let ending = try await workspace.leeway(
                "drift", "--current", "new.csv", "--model-version", "2", "--json")
            #expect(ending.status == 3)
            #expect(try Self.reasons(ending) == ["years": "no_column"])
            let unknown = try await workspace.leeway("drift", "--current", "new.csv", "--model-version", "7")
            #expect(unknown.status == 1 && unknown.errors.contains("has no version '7'"))
        }

        @Test func `bytes that are no table`() async throws {
            let workspace = try await DriftProject.make()
            var state: UInt64 = 7
            for round in 0..<12 {
                let bytes = (0..<3000).map { _ -> UInt8 in
                    state = state &* 6_364_136_223_846_793_005 &+ 1
                    return UInt8(truncatingIfNeeded: state >> 33)
                }
                let name = round % 2 == 0 ? "noise.csv" : "noise.parquet"
                let framed = round % 4 == 3 ? Array("PAR1".utf8) + bytes + Array("PAR1".utf8) : bytes
                try Data(framed).write(to: workspace.url(name))
                let ending = try await workspace.leeway("drift", "--current", name)
                #expect([1, 3, 4].contains(ending.status), "\(ending)")
                #expect(ending.status != 1 || ending.errors.hasPrefix("error: "))
            }
        }

        @Test func `no window, two windows, and a window of nonsense`() async throws {
            let workspace = try await DriftProject.make()
            for arguments in [
                [], ["--current", "data.csv", "--window", "1h"], ["--window", "yesterday"],
                ["--current", "data.csv", "--level", "2"], ["--current", "data.csv", "--effect-floor", "psi=no"],
            ] {
                let ending = try await Program.run(["drift"] + arguments, in: workspace.folder)
                #expect(ending.status == 2 && ending.output == "", "\(arguments)")
            }
            let missing = try await workspace.leeway("drift", "--current", "nowhere.csv")
            #expect(missing.status == 1 && missing.errors.contains("There is no nowhere.csv"))
        }
    }
}
