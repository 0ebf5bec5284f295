import CADBC
import LeewayCore
import Testing

@testable import LeewayEngine

/// Each way in which an array may be damaged, and the exact sentence that says so.
@Suite struct ArrowDamageTests {
    struct Damage: Sendable, CustomTestStringConvertible {
        let format: String
        let message: String
        let apply: @Sendable (Specimen.Batch) -> Void
        var testDescription: String { "\(format): \(message)" }
    }

    private static func column(
        _ format: String, _ what: String, _ apply: @escaping @Sendable (Specimen.Batch) -> Void
    ) -> Damage {
        Damage(format: format, message: "Column 'x' of the result breaks the Arrow format: \(what).", apply: apply)
    }

    private static func result(_ what: String, _ apply: @escaping @Sendable (Specimen.Batch) -> Void) -> Damage {
        Damage(format: "l", message: "The result breaks the Arrow format: \(what).", apply: apply)
    }

    private static let lengths = [
        column("l", "-1 values at offset 0") { $0.column.pointee.length = -1 },
        column("l", "4 values at offset -1") { $0.column.pointee.offset = -1 },
        column("l", "9223372036854775807 values at offset 9223372036854775807") {
            ($0.column.pointee.length, $0.column.pointee.offset) = (.max, .max)
        },
        column("l", "3 values for 4 rows") { $0.column.pointee.length = 3 },
        column("l", "5 nulls in 4 values") { $0.column.pointee.null_count = 5 },
        column("l", "-2 nulls in 4 values") { $0.column.pointee.null_count = -2 },
        column("i→u", "3 values at offset -9223372036854775808") { $0.column.pointee.dictionary.pointee.offset = .min },
        result("a batch has -4 rows at offset 0") { $0.array.pointee.length = -4 },
        result("a batch has 2 columns where the schema has 1") { $0.array.pointee.n_children = 2 },
        result("its schema counts 9223372036854775807 columns") { $0.schema.pointee.n_children = .max },
        result("column 2 has no schema") { $0.schema.pointee.n_children = 2 },
    ]

    private static let pointers = [
        column("l", "its buffers are missing") { $0.column.pointee.buffers = nil },
        column("l", "a buffer is missing") { $0.column.pointee.buffers[1] = nil },
        column("l", "a buffer starts at an odd address") { $0.column.pointee.buffers[1]? += 1 },
        column("l", "1 nulls are counted but not marked") { $0.column.pointee.buffers[0] = nil },
        column("b", "a buffer is missing") { $0.column.pointee.buffers[1] = nil },
        column("u", "a buffer is missing") { $0.column.pointee.buffers[1] = nil },
        column("u", "its text is missing") { $0.column.pointee.buffers[2] = nil },
        column("vu", "a text lies outside its block") { $0.column.pointee.buffers[2] = nil },
        column("vu", "a buffer is missing") { $0.column.pointee.buffers[3] = nil },
        column("i→u", "its dictionary is missing") { $0.column.pointee.dictionary = nil },
        column("l", "it has no array") { $0.array.pointee.children[0] = nil },
        column("l", "it has no array") { $0.array.pointee.children = nil },
        column("l", "its array is released already") { $0.column.pointee.release = nil },
        column("i→u", "its array is released already") { $0.column.pointee.dictionary.pointee.release = nil },
        result("a batch is released already") { $0.array.pointee.release = nil },
        result("its schema is released already") { $0.schema.pointee.release = nil },
        result("column 1 has no name in UTF-8") { $0.field.pointee.name = nil },
        column("l", "it has no format in UTF-8") { $0.field.pointee.format = nil },
    ]

    private static let layouts = [
        column("l", "3 buffers for int64") { $0.column.pointee.n_buffers = 3 },
        column("u", "2 buffers for utf8") { $0.column.pointee.n_buffers = 2 },
        column("vu", "2 buffers for utf8_view") { $0.column.pointee.n_buffers = 2 },
        column("vu", "9223372036854775807 buffers for utf8_view") { $0.column.pointee.n_buffers = .max },
        column("n", "1 buffers for null") { $0.column.pointee.n_buffers = 1 },
        column("l", "1 children") { $0.column.pointee.n_children = 1 },
        column("l", "a dictionary for int64") { $0.column.pointee.dictionary = $0.column },
        column("l", "int64 has 1 children") { $0.field.pointee.n_children = 1 },
        column("g", "a dictionary is indexed by float64") { $0.field.pointee.dictionary = $0.field },
        result("a batch is no struct of columns") { $0.array.pointee.n_buffers = 2 },
        result("its schema is no struct of columns") { $0.schema.pointee.format = $0.field.pointee.format },
    ]

    private static let contents = [
        column("u", "an offset of its texts is negative") { store(Int32(-1), at: 0, $0.column) },
        column("u", "the offsets of its texts decrease") { store(Int32(-1), at: 1, $0.column) },
        column("U", "the offsets of its texts decrease") { store(Int64.min, at: 1, $0.column) },
        column("U", "an offset of its texts is absurd") { store(Int64.max, at: 4, $0.column) },
        column("vu", "a text has a negative length") { store(Int32(-1), at: 0, $0.column) },
        column("vu", "a text lies outside its block") { store(Int32.max, at: 12, $0.column) },
        column("vu", "a text lies outside its block") { store(Int32(1), at: 14, $0.column) },
        column("vu", "a text lies outside its block") { store(Int32(-1), at: 14, $0.column) },
        column("vu", "a text lies outside its block") { store(Int32(-1), at: 15, $0.column) },
        column("vu", "a text lies outside its block") { store(Int32(7), at: 15, $0.column) },
        column("i→u", "an index lies outside its dictionary of 3") { store(Int32(3), at: 0, $0.column) },
        column("c→u", "an index lies outside its dictionary of 3") { store(Int8(-1), at: 0, $0.column) },
        column("L→vu", "an index lies outside its dictionary of 3") { store(UInt64.max, at: 0, $0.column) },
    ]

    @Test(arguments: lengths + pointers + layouts + contents)
    func `names the column and the damage`(damage: Damage) async throws {
        let arena = try #require(Arena())
        let specimen = try #require(Specimen.all.first { $0.name == damage.format })
        let batch = specimen.batch(in: arena)
        damage.apply(batch)
        let error = await expectError(.malformedArrow) {
            try readAll(schema: batch.schema.pointee, array: batch.array.pointee)
        }
        #expect(error?.message == damage.message)
    }

    @Test func `refuses a row that is null as a whole`() async throws {
        let arena = try #require(Arena())
        let batch = try #require(Specimen.all.first { $0.name == "l" }).batch(in: arena)
        batch.array.pointee.buffers[0] = arena.bits([true, true, true, false])
        batch.array.pointee.null_count = -1
        let error = await expectError(.malformedArrow) {
            try readAll(schema: batch.schema.pointee, array: batch.array.pointee)
        }
        #expect(error?.message == "The result breaks the Arrow format: a batch has rows that are null as a whole.")
    }

    @Test func `reads a part of its arrays where offsets say so`() throws {
        let arena = try #require(Arena())
        let batch = try #require(Specimen.all.first { $0.name == "u" }).batch(in: arena)
        batch.array.pointee.length = 2
        batch.array.pointee.offset = 1
        batch.column.pointee.length = 3
        batch.column.pointee.offset = 1
        let rows = try ArrowBatch(
            taking: batch.array.pointee, fields: ArrowSchemaReader.fields(of: batch.schema.pointee))
        #expect(try rows.withTexts(of: 0) { $0.map(\.string) } == [nil, Specimen.longText])
    }

    private static func store<Value: BitwiseCopyable>(
        _ value: Value, at place: Int, _ array: UnsafeMutablePointer<ArrowArray>
    ) {
        guard let buffer = array.pointee.buffers[1] else { return }
        UnsafeMutableRawPointer(mutating: buffer).storeBytes(
            of: value, toByteOffset: place * MemoryLayout<Value>.stride, as: Value.self)
    }
}
