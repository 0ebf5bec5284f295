import LeewayCore
import LeewayValidate
import LeewayWire
import Testing

@Suite struct MLflowRequestTests {
    static func read(
        _ json: String, _ contract: Contract = TableContract.mixed(), rowLimit: Int = 100
    ) throws(LeewayError) -> MLflowRequest {
        try TableContract.with(json.utf8) { bytes throws(LeewayError) in
            try MLflowRequest.read(bytes, contract, rowLimit: rowLimit)
        }
    }

    private static func text(_ json: String, _ contract: Contract = TableContract.mixed()) throws -> String {
        TableContract.text(try read(json, contract).rows)
    }

    @Test(
        arguments: [
            #"{"dataframe_split":{"columns":["job","age","member"],"data":[["smith",20,true],["clérk",90,false]]}}"#,
            #"{"dataframe_split":{"index":[7,8],"data":[["smith",20,true],["clérk",90,false]],"columns":["job","age","member"]}}"#,
            #"{"dataframe_records":[{"age":20,"job":"smith","member":true},{"member":false,"job":"clérk","age":90}]}"#,
            #"{"instances":[[20,null,"smith",true],[90,null,"clérk",false,null]]}"#,
            #"{"instances":[{"age":20,"job":"smith","member":true},[90,null,"clérk",false]]}"#,
            #"{"inputs":{"member":[true,false],"age":[20,90],"job":["smith","cl\u00e9rk"],"note":[null,null]}}"#,
            #"{"inputs":[[20,null,"smith",true],[90,null,"clérk",false]]}"#,
            #"{"signature_name":"x","instances":[[20,null,"smith",true],[90,null,"clérk",false]],"params":null}"#,
        ])
    func `the same rows in every form`(json: String) throws {
        let request = try Self.read(json)
        #expect(TableContract.text(request.rows) == "[20.0, nan, 90.0, nan] [2, 1, -1, 1, 0, -1]")
        #expect(!request.wantsProbabilities)
    }

    @Test func `parameters before the rows and after them`() throws {
        #expect(try Self.read(#"{"params":{"proba":true,"x":[1]},"instances":[]}"#).wantsProbabilities)
        #expect(try Self.read(#"{"instances":[],"params":{"proba":true}}"#).wantsProbabilities)
        #expect(try !Self.read(#"{"params":{"proba":false},"instances":[]}"#).wantsProbabilities)
        #expect(try !Self.read(#"{"params":{},"instances":[]}"#).wantsProbabilities)
    }

    @Test(
        arguments: [
            // Lists that are too short, too long or no lists.
            (#"{"instances":[[20,1,"smith"],[20,1,"smith",true,"",1],7]}"#, "0  shape, 1  shape, 2  shape"),
            (
                #"{"dataframe_split":{"columns":["age","job","member"],"data":[[20,"smith"],{},[20,"smith",true,1]]}}"#,
                "0  shape, 1  shape, 2  shape"
            ),
            (#"{"dataframe_records":[[20]]}"#, "0  shape"),
            // Columns that are missing or unknown are told once, wherever the first list is.
            (
                #"{"dataframe_split":{"columns":["age","jub","member"],"data":[[20,"smith",true],[16,"smith",true]]}}"#,
                "0 jub extra, 0 job required, 1 age range"
            ),
            (
                #"{"dataframe_split":{"data":[7,[20],[20]],"columns":["age"]}}"#,
                "0  shape, 1 job required, 1 member required"
            ),
            (
                #"{"inputs":{"age":[20,21.5],"jub":[[],{}],"member":[true,null]}}"#,
                "0 jub extra, 0 job required, 1 age type, 1 member null"
            ),
            (#"{"inputs":{"age":[[20]],"job":["smith"],"member":[true]}}"#, "0 age type"),
            (
                #"{"instances":[{"age":20,"age":20,"job":"x"},["20",null,1,null]]}"#,
                "0 age duplicate, 0 job category, 0 member required, 1 age type, 1 job type, 1 member null"
            ),
        ])
    func `rows are held to the contract`(json: String, violations: String) throws {
        #expect(ViolationTextTests.list(try Self.read(json).rows.violations) == violations)
    }

    @Test func `a shape is told in words`() throws {
        #expect(
            ViolationText.sentence(try Self.read(#"{"instances":[[20]]}"#).rows)
                == "1 problem in 1 of 1 row: row 0: a list of 4 to 5 values, or an object with the row's fields is expected (shape)."
        )
        #expect(
            ViolationText.sentence(try Self.read(#"{"dataframe_split":{"columns":["age"],"data":[[]]}}"#).rows)
                .hasPrefix("3 problems in 1 of 1 row: row 0: a list of 1 value is expected (shape); row 0, job: a text")
        )
    }

    private static let forms =
        "The body must be an object with exactly one of dataframe_split, dataframe_records, instances and inputs, and it "

    @Test(
        arguments: [
            ("[[1]]", forms + "is no object."), ("{}", forms + "has none."), (#"{"params":{}}"#, forms + "has none."),
            (#"{"instances":[],"inputs":[]}"#, forms + "has more than one."),
            (#"{"instances":[],"instances":[]}"#, forms + "has more than one."),
            ("", "The body can't be read at byte 0: the document ends where a value is expected."),
            (#"{"instances":[}"#, "The body can't be read at byte 14: a value is expected."),
            (#"{"instances":[]} x"#, "The body can't be read at byte 17: nothing may follow the value."),
            (#"{"instances":{}}"#, "'instances' must be an array of rows."),
            (#"{"dataframe_records":{}}"#, "'dataframe_records' must be an array of rows."),
            (#"{"inputs":1}"#, "'inputs' must be an object of columns, or an array of rows."),
            (#"{"inputs":{}}"#, "The body can't be read: 'inputs' has no columns."),
            (#"{"inputs":{"age":1}}"#, "The body can't be read: column 'age' of 'inputs' must be an array."),
            (
                #"{"inputs":{"age":[1],"job":[]}}"#,
                "The body can't be read: the columns of 'inputs' differ in length: 'age' has 1, 'job' has 0."
            ),
            (#"{"inputs":{"x":[],"x":[]}}"#, "Column 'x' stands twice."),
            (#"{"dataframe_split":[]}"#, "'dataframe_split' must be an object with columns and data."),
            (#"{"dataframe_split":{}}"#, "The body can't be read: 'dataframe_split' has no 'columns'."),
            (#"{"dataframe_split":{"columns":[]}}"#, "The body can't be read: 'dataframe_split' has no 'data'."),
            (#"{"dataframe_split":{"columns":1}}"#, "The body can't be read: 'columns' must be an array of texts."),
            (#"{"dataframe_split":{"columns":[0]}}"#, "The body can't be read: 'columns' must be an array of texts."),
            (
                #"{"dataframe_split":{"columns":[],"columns":[]}}"#,
                "The body can't be read: 'dataframe_split' has 'columns' twice."
            ),
            (
                #"{"dataframe_split":{"data":[],"data":[]}}"#,
                "The body can't be read: 'dataframe_split' has 'data' twice."
            ),
            (#"{"dataframe_split":{"columns":["a","a"],"data":[]}}"#, "Column 'a' stands twice."),
            (
                #"{"dataframe_split":{"data":{},"columns":[]}}"#,
                "The body can't be read: 'data' must be an array of rows."
            ),
            (#"{"params":[]}"#, "'params' must be an object."),
            (#"{"params":{"proba":1}}"#, "The parameter 'proba' must be true or false."),
        ])
    func `malformed bodies`(json: String, message: String) {
        #expect(throws: LeewayError(.malformedRequest, message)) { try Self.read(json) }
    }

    @Test(
        arguments: [
            #"{"instances":[1,1,1]}"#, #"{"dataframe_records":[{},{},{}]}"#, #"{"inputs":{"x":[1,2,3]}}"#,
            #"{"dataframe_split":{"columns":[],"data":[[],[],[]]}}"#,
        ])
    func `too many rows`(json: String) throws {
        #expect(throws: LeewayError.tooManyRows(2)) { try Self.read(json, rowLimit: 2) }
        #expect(try Self.read(json, rowLimit: 3).rows.count == 3)
    }

    @Test(.timeLimit(.minutes(1))) func `many columns in short rows take no time`() throws {
        let names = (0..<100_000).map { "\"c\($0)\"" }.joined(separator: ",")
        let rows = [String](repeating: "[]", count: 10_000).joined(separator: ",")
        let request = try Self.read(
            #"{"dataframe_split":{"columns":["age",\#(names)],"data":[\#(rows)]}}"#, TableContract.mixed(.coerce),
            rowLimit: 10_000)
        #expect(request.rows.ruleCounts == [.shape: 10_000, .required: 2])
    }
}
