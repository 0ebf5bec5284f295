import LeewayCore
import LeewayValidate
import LeewayWire
import Testing

@Suite struct InferenceV2ErrorTests {
    private static func message(
        _ json: String, _ binary: [UInt8]? = nil, _ contract: Contract = TableContract.mixed()
    ) -> String {
        do throws(LeewayError) {
            let rows = try RequestBytes.read(json, binary, contract).rows
            return TableContract.text(rows)
        } catch {
            return (error.code == .malformedRequest ? "" : "\(error.code): ") + error.message
        }
    }

    @Test(
        arguments: [
            ("", "The body can't be read at byte 0: the document ends where a value is expected."),
            ("[]", "The body can't be read at byte 0: an object with the inputs is expected."),
            ("{}", "The request has no inputs."), (#"{"inputs":[]}"#, "The request has no inputs."),
            (#"{"inputs":{}}"#, "The request can't be read: 'inputs' must be an array."),
            (#"{"inputs":[],"inputs":[]}"#, "The request can't be read: 'inputs' stands twice."),
            (#"{"outputs":[],"outputs":[]}"#, "The request can't be read: 'outputs' stands twice."),
            (#"{"id":"a","id":"b"}"#, "The request can't be read: 'id' stands twice."),
            (#"{"id":1}"#, "The request can't be read: 'id' must be a text."),
            (#"{"parameters":[]}"#, "The request can't be read: parameters must be an object."),
            (
                #"{"parameters":{"binary_data_output":1}}"#,
                "The request can't be read: binary_data_output must be true or false."
            ),
            (#"{"inputs":[],}"#, "The body can't be read at byte 13: a key is expected."),
            (#"{"outputs":{}}"#, "'outputs' must be an array."),
            (#"{"outputs":[1]}"#, "Output 0: an object is expected."),
            (#"{"outputs":[{}]}"#, "Output 0: it has no name."),
            (#"{"outputs":[{"name":1}]}"#, "Output 0: its name must be a text."),
            (#"{"outputs":[{"name":"label","name":"label"}]}"#, "Output 'label': 'name' stands twice."),
            (#"{"outputs":[{"name":"labels"}]}"#, "There is no output 'labels'."),
            (#"{"outputs":[{"name":"label"},{"name":"label"}]}"#, "Output 'label' is asked for twice."),
            (
                #"{"outputs":[{"name":"label","parameters":{"binary_data":"yes"}}]}"#,
                "Output 'label': binary_data must be true or false."
            ),
        ])
    func `requests`(json: String, message: String) {
        #expect(Self.message(json) == message)
    }

    @Test(
        arguments: [
            ("7", "Input 0: an object is expected."), ("{}", "Input 0: it has no name."),
            (#"{"name":""}"#, "Input '': it has no name."), (#"{"name":7}"#, "Input 0: its name must be a text."),
            (#"{"name":"x","name":"y"}"#, "Input 'x': 'name' stands twice."),
            (#"{"name":"x","datatype":"INT8","data":[]}"#, "Input 'x': it has no shape."),
            (#"{"name":"x","shape":[1],"data":[1]}"#, "Input 'x': it has no datatype."),
            (#"{"name":"x","shape":[1],"datatype":"INT8"}"#, "Input 'x': it has neither data nor binary_data_size."),
            (#"{"shape":3}"#, "Input 0: shape must be an array of whole numbers."),
            (#"{"shape":["3"]}"#, "Input 0: shape must be an array of whole numbers."),
            (#"{"shape":[1.5]}"#, "Input 0: shape must be an array of whole numbers."),
            (#"{"shape":[1e300]}"#, "Input 0: shape must be an array of whole numbers."),
            (#"{"shape":[-1]}"#, "Input 0: shape [-1] is negative."),
            (#"{"shape":[]}"#, "Input 0: shape has 0 dimensions, and 1 or 2 are read: [rows] or [rows,columns]."),
            (#"{"shape":[1,1,1]}"#, "Input 0: shape has 3 dimensions, and 1 or 2 are read: [rows] or [rows,columns]."),
            (#"{"shape":[1,0]}"#, "Input 0: shape [1,0] has no columns."),
            (
                #"{"shape":[4503599627370496,4503599627370496]}"#,
                "Input 0: shape [4503599627370496,4503599627370496] has more elements than can be counted."
            ),
            (#"{"shape":[1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1]}"#, "Input 0: shape has more than 16 dimensions."),
            (#"{"shape":[1],"shape":[1]}"#, "Input 0: 'shape' stands twice."),
            (#"{"shape":[101]}"#, "request_too_large: The body has more than 100 rows."),
            (#"{"datatype":1}"#, "Input 0: its datatype must be a text."),
            (
                #"{"datatype":"int8"}"#,
                "Input 0: its datatype is not known: BOOL, INT8 … INT64, UINT8 … UINT64, FP16 … FP64 and BYTES are."
            ),
            (#"{"datatype":"BOOL","datatype":"BOOL"}"#, "Input 0: 'datatype' stands twice."),
            (#"{"data":[],"data":[]}"#, "Input 0: 'data' stands twice."),
            (#"{"parameters":7}"#, "Input 0: parameters must be an object."),
            (#"{"parameters":{"binary_data_size":-1}}"#, "Input 0: binary_data_size must be a whole number of bytes."),
            (#"{"parameters":{"binary_data_size":"8"}}"#, "Input 0: binary_data_size must be a whole number of bytes."),
            (
                #"{"parameters":{"binary_data_size":1,"binary_data_size":1}}"#,
                "Input 0: 'binary_data_size' stands twice."
            ),
            (
                #"{"name":"x","shape":[1],"datatype":"INT8","parameters":{"binary_data_size":1}}"#,
                "Input 'x': binary_data_size needs the header Inference-Header-Content-Length."
            ),
            (
                #"{"name":"x","shape":[1],"datatype":"INT8","data":[1],"parameters":{"binary_data_size":1}}"#,
                "Input 'x': it has both data and binary_data_size."
            ),
        ])
    func `inputs`(input: String, message: String) {
        #expect(Self.message(#"{"inputs":[\#(input)]}"#) == message)
    }

    @Test(
        arguments: [
            ("[3]", "7", "data must be an array"), ("[3]", "[1,2]", "data has 2 elements, and shape [3] has 3"),
            ("[3]", "[1,2,3,4]", "data has more elements than shape [3]"),
            ("[9007199254740991]", "[1]", "data has 1 element, and shape [9007199254740991] has 9007199254740991"),
            ("[3]", "[[1],[2],[3]]", "nested data do not fit shape [3]"),
            ("[2,1]", "[[1],2]", "data are nested in one row and flat in another"),
            ("[2,1]", "[1,[2]]", "data are nested deeper than shape [2,1]"),
            ("[2,1]", "[[[1]],[2]]", "data are nested deeper than shape [2,1]"),
            ("[2,2]", "[[1,2],[3]]", "row 1 of data has 1 element, and shape [2,2] has 2"),
            ("[2,2]", "[[1,2,3],[4]]", "row 0 of data has 3 elements, and shape [2,2] has 2"),
            ("[2,2]", "[[1,2],[3,4],[]]", "row 2 of data has 0 elements, and shape [2,2] has 2"),
            ("[2,2]", "[[1,2]]", "data has 2 elements, and shape [2,2] has 4"),
        ])
    func `data that do not fit the shape`(shape: String, data: String, message: String) {
        let contract = TableContract.numbers("x")
        for json in [
            #"{"inputs":[{"name":"x","shape":\#(shape),"datatype":"INT8","data":\#(data)}]}"#,
            #"{"inputs":[{"name":"x","data":\#(data),"shape":\#(shape),"datatype":"INT8"}]}"#,
        ] {
            #expect(throws: LeewayError(.malformedRequest, "Input 'x': \(message).")) {
                try RequestBytes.read(json, nil, contract, rowLimit: .max)
            }
        }
    }

    @Test(
        arguments: [
            ("INT64", "[2]", 12, "", "binary_data_size is 12, and the body has 8 bytes left"),
            ("INT64", "[2]", 8, "", "binary_data_size is 8, and INT64 of shape [2] takes 16"),
            (
                "INT64", "[1,9007199254740991]", 8, "",
                "binary_data_size is 8, and INT64 of shape [1,9007199254740991] takes 72057594037927928"
            ),
            (
                "INT64", "[3,4503599627370496]", 8, "",
                "binary_data_size is 8, and INT64 of shape [3,4503599627370496] takes 108086391056891904"
            ),
            ("INT64", "[90,90071992547409910]", 8, "", "shape must be an array of whole numbers"),
            (
                "INT64", "[90,9007199254740991]", 8, "",
                "binary_data_size is 8, and INT64 of shape [90,9007199254740991] takes 6485183463413513520"
            ),
            (
                "INT64", "[100,9007199254740991]", 8, "",
                "binary_data_size is 8, and INT64 of shape [100,9007199254740991] takes 7205759403792792800"
            ),
            ("BOOL", "[8]", 8, "0001000100010002", "element 7 of the binary data is no BOOL"),
            (
                "BYTES", "[2]", 8, "0100000041000000",
                "element 1 of the binary data is longer than binary_data_size leaves room for"
            ),
            (
                "BYTES", "[1]", 8, "0500000041414141",
                "element 0 of the binary data is longer than binary_data_size leaves room for"
            ),
            (
                "BYTES", "[1]", 8, "ffffffff41414141",
                "element 0 of the binary data is longer than binary_data_size leaves room for"
            ),
            ("BYTES", "[1]", 8, "0000000000000000", "the binary data have more elements than shape [1]"),
            ("BYTES", "[3]", 8, "0000000000000000", "the binary data have 2 elements, and shape [3] has 3"),
            ("BYTES", "[1]", 8, "04000000c3284141", "element 0 of the binary data is not UTF-8"),
        ] as [(String, String, Int, String, String)])
    func `binary data that do not fit`(type: String, shape: String, size: Int, tail: String, message: String) {
        let json =
            #"{"inputs":[{"name":"x","shape":\#(shape),"datatype":"\#(type)","parameters":{"binary_data_size":\#(size)}}]}"#
        #expect(
            Self.message(
                json, tail.isEmpty ? [UInt8](repeating: 0, count: 8) : RequestBytes.hex(tail),
                TableContract.numbers("x"))
                == "Input 'x': \(message).")
    }

    @Test func `the length of the JSON and what is left behind it`() {
        let json = #"{"inputs":[{"name":"x","shape":[1],"datatype":"INT8","parameters":{"binary_data_size":1}}]}"#
        #expect(
            Self.message(json, [1, 2], TableContract.numbers("x")) == "The body ends with 1 byte of no input.")
        for length in [-1, 3, .max] {
            #expect(
                throws: LeewayError(
                    .malformedRequest, "Inference-Header-Content-Length is \(length), and the body has 2 bytes.")
            ) {
                try TableContract.with("{}".utf8) { bytes throws(LeewayError) in
                    try InferenceV2Request.read(bytes, jsonLength: length, TableContract.mixed(), rowLimit: 1)
                }
            }
        }
    }

    @Test func `inputs that do not go together`() {
        func inputs(_ inputs: String...) -> String { #"{"inputs":[\#(inputs.joined(separator: ","))]}"# }
        let age = #"{"name":"age","shape":[2],"datatype":"INT8","data":[20,21]}"#
        #expect(Self.message(inputs(age, age)) == "Input 'age' stands twice.")
        #expect(
            Self.message(inputs(age, #"{"name":"x","shape":[1],"datatype":"INT8","data":[1]}"#))
                == "Input 'x': it has 1 row, and input 'age' has 2.")
        #expect(
            Self.message(inputs(age, #"{"name":"x","shape":[2,2],"datatype":"INT8","data":[1,2,3,4]}"#))
                == "Input 'x': among several inputs each is one column, and shape [2,2] is not.")
    }

    @Test func `matrices that do not hold the fields`() {
        func matrix(_ columns: Int, _ type: String = "FP64", _ element: String = "1") -> String {
            let data = [String](repeating: element, count: columns).joined(separator: ",")
            return #"{"inputs":[{"name":"x","shape":[1,\#(columns)],"datatype":"\#(type)","data":[\#(data)]}]}"#
        }
        #expect(
            Self.message(matrix(5))
                == "Input 'x': a matrix of numbers can't hold the field 'job', which is a text.")
        #expect(
            Self.message(matrix(4, "BOOL", "true"))
                == "Input 'x': a matrix of truth values can't hold the field 'age', which is a whole number from 17 to 90."
        )
        #expect(
            Self.message(matrix(6))
                == "Input 'x': it has 6 columns, and the model has 5 fields, the first 4 of which are needed.")
        #expect(
            Self.message(matrix(1), nil, TableContract.numbers("a", "b", "c"))
                == "Input 'x': it has 1 column, and the model has 3 fields, the first 2 of which are needed.")
        #expect(throws: LeewayError.self) { try RequestBytes.read(matrix(3), nil, TableContract.mixed()) }
    }

    @Test func `hints say what to do`() {
        #expect(
            throws: LeewayError(
                .malformedRequest, "There is no output 'x'.", hint: "Outputs: probability, label, prediction_id.")
        ) { try RequestBytes.read(#"{"outputs":[{"name":"x"}]}"#, nil, TableContract.mixed()) }
        #expect(
            throws: LeewayError(
                .malformedRequest, "Input 'x': a matrix of numbers can't hold the field 'job', which is a text.",
                hint: "Send one input a column, or a matrix of BYTES.")
        ) {
            try RequestBytes.read(
                #"{"inputs":[{"name":"x","shape":[0,4],"datatype":"FP64","data":[]}]}"#, nil, TableContract.mixed())
        }
    }
}
