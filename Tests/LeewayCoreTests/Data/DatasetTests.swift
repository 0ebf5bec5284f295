import LeewayCore
import Testing

@Suite struct DatasetTests {
    private static func sample() throws -> Dataset {
        try Dataset(columns: [
            .init("age", .numeric([20, 40, 60])), .init("job", .categorical(Categorical(["b", nil, "a"]))),
        ])
    }

    @Test func `holds columns in their order`() throws {
        let data = try Self.sample()
        #expect(data.columns.map(\.name) == ["age", "job"])
        #expect(data.rowCount == 3)
        #expect(try data.column("age") == [20, 40, 60])
        #expect(try data.categorical("job") == Categorical(["b", nil, "a"]))
    }

    @Test func `without columns there are no rows`() throws {
        #expect(try Dataset(columns: []).rowCount == 0)
        #expect(try Dataset(["a": []]).rowCount == 0)
    }

    @Test func `columns of two lengths are refused`() {
        #expect(throws: LeewayError(.malformedDataset, "Column 'b' has 1 rows where 'a' has 2.")) {
            try Dataset(["a": [1, 2], "b": [1]])
        }
    }

    @Test func `a name that stands twice is refused`() {
        #expect(throws: LeewayError(.malformedDataset, "Column 'a' stands twice.")) {
            try Dataset(["a": [1], "a": [2]])
        }
    }

    @Test func `a column that is not there is refused with those that are`() throws {
        let data = try Self.sample()
        #expect(throws: LeewayError(.missingColumn, "There is no column 'Age'.", hint: "Columns: age, job.")) {
            try data.column("Age")
        }
    }

    @Test func `numbers are no categories, and categories no numbers`() throws {
        let data = try Self.sample()
        #expect(throws: LeewayError(.wrongColumnKind, "Column 'job' is categorical where numbers are needed.")) {
            try data.column("job")
        }
        #expect(throws: LeewayError(.wrongColumnKind, "Column 'age' is numeric where categories are needed.")) {
            try data.categorical("age")
        }
    }

    @Test func `replacing keeps the order and appends what is new`() throws {
        let data = try Self.sample().replacing([.init("new", .numeric([7, 8, 9])), .init("age", .numeric([1, 2, 3]))])
        #expect(data.columns.map(\.name) == ["age", "job", "new"])
        #expect(try data.column("age") == [1, 2, 3])
        #expect(try data.column("new") == [7, 8, 9])
    }

    @Test func `replacing refuses another length`() throws {
        let data = try Self.sample()
        #expect(throws: LeewayError(.malformedDataset, "Column 'job' has 3 rows where 'age' has 1.")) {
            try data.replacing([.init("age", .numeric([1]))])
        }
    }

    @Test func `selecting takes the order asked for`() throws {
        let data = try Self.sample()
        #expect(try data.selecting(["job", "age"]).columns == data.columns.reversed())
        #expect(try data.selecting([]).columns.isEmpty)
        #expect(throws: LeewayError(.malformedDataset, "Column 'age' stands twice.")) {
            try data.selecting(["age", "age"])
        }
        #expect(throws: LeewayError(.missingColumn, "There is no column 'x'.", hint: "Columns: age, job.")) {
            try data.selecting(["x"])
        }
    }

    @Test func `rows come in the order asked for, as often as asked for`() throws {
        let data = try Self.sample().rows([2, 0, 2])
        #expect(try data.column("age") == [60, 20, 60])
        #expect(try data.categorical("job").codes == [0, 1, 0])
        #expect(data.rowCount == 3)
        #expect(try Self.sample().rows([]).rowCount == 0)
    }

    @Test func `any text is a name`() throws {
        let name = "a \"b\"; DROP TABLE x --\n'é😀'"
        #expect(try Dataset(columns: [.init(name, .numeric([1]))]).column(name) == [1])
    }
}
