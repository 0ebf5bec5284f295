import LeewayCore
import LeewayStats
import Testing

@testable import LeewayValidate

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

@Suite struct TableProfileTests {
    private static let ages: [Double] = [
        39, 50, 38, 53, 28, 37, 49, 52, 31, 42, 37, 30, 23, 32, 40, 34, 25, 32, 38, 90, .nan, .nan,
    ]

    private static func profile() -> TableProfile {
        TableProfile(
            rowCount: 22, duplicateRowCount: 3, fingerprint: "0f",
            columns: [
                ColumnCounts(name: "age", type: .integer, nullCount: 2, values: .numbers(ValueCounts(ages))),
                ColumnCounts(
                    name: "job", type: .text, nullCount: 1, values: .texts(.init([("b", 3), ("a", 15), ("c", 3)]))),
                ColumnCounts(name: "void", type: .number, nullCount: 22, values: .numbers(ValueCounts([]))),
                ColumnCounts(name: "won", type: .text, nullCount: 2, values: .texts(.init([("no", 15), ("yes", 5)]))),
            ], target: "won")
    }

    @Test func `counts the table`() {
        let profile = Self.profile()
        #expect(profile.rowCount == 22)
        #expect(profile.columnCount == 4)
        #expect(profile.duplicateRowCount == 3)
        #expect(profile.nullCellCount == 27)
        #expect(profile.fingerprint == "0f")
    }

    // Oracle: pandas 3.1.1, Series(ages).describe(), .std(ddof=0), .nunique(), and the count beyond 1.5 IQR of the
    // quartiles.
    @Test func `describes numbers as pandas does`() throws {
        let column = Self.profile().columns[0]
        #expect(column.nullCount == 2)
        #expect(column.nullShare == 2.0 / 22)
        #expect(column.distinctCount == 17)
        #expect(column.categorical == nil)
        let summary = try #require(column.numeric)
        #expect(summary.count == 20)
        #expect(summary.mean == 40)
        #expect(abs(summary.sd - 14.191546779685433) < 1e-13)
        #expect([summary.min, summary.lowerQuartile, summary.median] == [23, 31.75, 37.5])
        #expect([summary.upperQuartile, summary.max] == [43.75, 90])
        #expect(summary.outliers.count == 1)
    }

    @Test func `describes categories by their share of the values that are there`() throws {
        let column = Self.profile().columns[1]
        #expect(column.numeric == nil)
        #expect(column.distinctCount == 3)
        let categories = try #require(column.categorical)
        #expect(categories.cardinality == 3)
        #expect(categories.top.map(\.value) == ["a", "b", "c"])
        #expect(categories.top.map(\.share) == [15, 3, 3].map { $0 / 21 })
        #expect(categories.rareCount == 0)
    }

    @Test func `a column without a value has no figures`() {
        let column = Self.profile().columns[2]
        #expect(column.numeric == nil && column.categorical == nil)
        #expect(column.nullShare == 1 && column.distinctCount == 0)
    }

    // Oracle: numpy 2.4.6, -(p * log(p)).sum() for p = [3, 1] / 4.
    @Test func `tells the balance of the target`() throws {
        let target = try #require(Self.profile().target)
        #expect(target.column == "won")
        #expect(
            target.classes == [.init(value: "no", count: 15, share: 0.75), .init(value: "yes", count: 5, share: 0.25)])
        #expect(target.imbalanceRatio == 3)
        #expect(abs(target.entropy - 0.5623351446188083) < 1e-15)
    }

    @Test func `one class has no ratio, and no column no balance`() throws {
        func profile(_ target: String) -> TableProfile {
            TableProfile(
                rowCount: 2, duplicateRowCount: 0, fingerprint: "",
                columns: [ColumnCounts(name: "y", type: .text, nullCount: 0, values: .texts(.init([("no", 2)])))],
                target: target)
        }
        #expect(try #require(profile("y").target).imbalanceRatio == nil)
        #expect(profile("y").target?.entropy == 0)
        #expect(profile("x").target == nil)
    }

    @Test func `a table without rows has shares of 0`() {
        let profile = TableProfile(
            rowCount: 0, duplicateRowCount: 0, fingerprint: "",
            columns: [ColumnCounts(name: "y", type: .text, nullCount: 0, values: .texts(.init([])))], target: "y")
        #expect(profile.columns[0].nullShare == 0)
        #expect(profile.target?.classes == [])
    }

    @Test func `survives JSON, under the keys of the report`() throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        let data = try encoder.encode(Self.profile())
        #expect(try JSONDecoder().decode(TableProfile.self, from: data) == Self.profile())
        let text = String(decoding: data, as: UTF8.self)
        for key in [
            "rows", "columns_count", "duplicate_rows", "null_cells", "fingerprint", "target", "null_share", "distinct",
        ] {
            #expect(text.contains("\"\(key)\":"), "no key \(key)")
        }
    }
}
