import LeewayCore
import LeewayValidate
import LeewayWire
import Testing

@Suite struct InferenceV2RequestTests {
    private static func text(_ json: String, _ binary: [UInt8]? = nil, _ contract: Contract) throws -> String {
        TableContract.text(try RequestBytes.read(json, binary, contract).rows)
    }

    private static let age = #"{"name":"age","shape":[2],"datatype":"INT64","data":[20,90]}"#
    private static let job = #"{"name":"job","shape":[2,1],"datatype":"BYTES","data":[["smith"],["cl\u00e9rk"]]}"#
    private static let member = #"{"name":"member","shape":[2],"datatype":"BOOL","data":[true,false]}"#

    private static func inputs(_ inputs: String...) -> String {
        #"{"inputs":[\#(inputs.joined(separator: ","))]}"#
    }

    @Test func `one tensor a column, in any order`() throws {
        let expected = "[20.0, nan, 90.0, nan] [2, 1, -1, 1, 0, -1]"
        #expect(try Self.text(Self.inputs(Self.age, Self.job, Self.member), nil, TableContract.mixed()) == expected)
        #expect(try Self.text(Self.inputs(Self.member, Self.age, Self.job), nil, TableContract.mixed()) == expected)
    }

    @Test func `keys in any order, unknown ones passed over`() throws {
        let age =
            #"{"parameters":{"content_type":"np","a":[{}]},"data":[[20],[90]],"x":{"y":[1]},"datatype":"INT8","shape":[2,1],"name":"age"}"#
        let json =
            #"{"extra":[1,{"inputs":1}],"outputs":[],"parameters":{},"inputs":[\#(age),\#(Self.job),\#(Self.member)],"id":"é"}"#
        let request = try RequestBytes.read(json, nil, TableContract.mixed())
        #expect(TableContract.text(request.rows) == "[20.0, nan, 90.0, nan] [2, 1, -1, 1, 0, -1]")
        #expect(request.id == "é")
        #expect(request.outputs == InferenceOutput.Name.allCases.map { InferenceOutput($0) })
    }

    // Oracle: tritonclient 2.73.0, generate_request_body([score, job, age, member], outputs, request_id="r-1") with
    // numpy arrays [0.5, nan, -2] FP32, ["clerk", "smith", "clérk"] BYTES, [[20], [40], [90]] INT64, [True, False, True].
    @Test func `binary tensors of tritonclient`() throws {
        let outputs =
            #""outputs":[{"name":"label","parameters":{"binary_data":true}},{"name":"probability","parameters":{"binary_data":false}}]"#
        let json =
            #"{"id":"r-1","inputs":[{"name":"score","shape":[3],"datatype":"FP32","parameters":{"binary_data_size":12}},"#
            + #"{"name":"job","shape":[3],"datatype":"BYTES","parameters":{"binary_data_size":28}},"#
            + #"{"name":"age","shape":[3,1],"datatype":"INT64","parameters":{"binary_data_size":24}},"#
            + #"{"name":"member","shape":[3],"datatype":"BOOL","parameters":{"binary_data_size":3}}],\#(outputs)}"#
        let tail = RequestBytes.hex(
            "0000003f0000c07f000000c005000000636c65726b05000000736d69746806000000636cc3a9726b"
                + "140000000000000028000000000000005a00000000000000010001")
        #expect(json.utf8.count == 480)
        let request = try RequestBytes.read(json, tail, TableContract.mixed())
        #expect(
            TableContract.text(request.rows)
                == "[20.0, 0.5, 40.0, nan, 90.0, -2.0] [0, 1, -1, 2, 0, -1, 1, 1, -1]")
        #expect(request.id == "r-1")
        #expect(request.outputs == [.init(.label, isBinary: true), .init(.probability)])

        let mixed =
            #"{"id":"r-1","inputs":[{"name":"job","shape":[3],"datatype":"BYTES","data":["clerk","smith","cl\u00E9rk"]},"#
            + #"{"name":"score","shape":[3],"datatype":"FP32","parameters":{"binary_data_size":12}},"#
            + #"{"name":"member","shape":[3],"datatype":"BOOL","data":[true,false,true]},"#
            + #"{"name":"age","shape":[3,1],"datatype":"INT64","parameters":{"binary_data_size":24}}],\#(outputs)}"#
        #expect(mixed.utf8.count == 470)
        let second = try RequestBytes.read(
            mixed, RequestBytes.hex("0000003f0000c07f000000c0140000000000000028000000000000005a00000000000000"),
            TableContract.mixed())
        #expect(TableContract.text(second.rows) == TableContract.text(request.rows))
    }

    // Oracle: tritonclient 2.73.0, np.array([[20, 0.5], [30, 1.5]]) FP32 of shape [2, 2].
    @Test func `a matrix of numbers holds the fields in order`() throws {
        let head =
            #"{"inputs":[{"name":"input-0","shape":[2,2],"datatype":"FP32","parameters":{"binary_data_size":16}}],"parameters":{"binary_data_output":true}}"#
        let tail = RequestBytes.hex("0000a0410000003f0000f0410000c03f")
        #expect(try Self.text(head, tail, TableContract.numbers("a", "b")) == "[20.0, 0.5, 30.0, 1.5] []")
        // The last field may be left out.
        #expect(
            try Self.text(head, tail, TableContract.numbers("a", "b", "c")) == "[20.0, 0.5, nan, 30.0, 1.5, nan] []")
        for data in ["[20,0.5,30,1.5]", "[[20,0.5],[30,1.5]]"] {
            // Under a column's name too: two columns are no column.
            let json = #"{"inputs":[{"name":"a","shape":[2,2],"datatype":"FP64","data":\#(data)}]}"#
            #expect(try Self.text(json, nil, TableContract.numbers("a", "b")) == "[20.0, 0.5, 30.0, 1.5] []")
        }
        let one = #"{"inputs":[{"name":"input","shape":[2],"datatype":"FP64","data":[1,null]}]}"#
        #expect(try Self.text(one, nil, TableContract.numbers("a")) == "[1.0, nan] []")
    }

    // Oracle: tritonclient 2.73.0, [["20", "", "clerk", "true"], ["30", "1.5", "smith", "false"]] of BYTES.
    @Test func `a matrix of texts is read as CSV is`() throws {
        let head =
            #"{"inputs":[{"name":"input-0","shape":[2,4],"datatype":"BYTES","parameters":{"binary_data_size":58}}],"parameters":{"binary_data_output":true}}"#
        let tail = RequestBytes.hex(
            "0200000032300000000005000000636c65726b040000007472756502000000333003000000312e35"
                + "05000000736d6974680500000066616c7365")
        #expect(
            try Self.text(head, tail, TableContract.mixed()) == "[20.0, nan, 30.0, 1.5] [0, 1, -1, 2, 0, -1]")
        let json = #"{"inputs":[{"name":"x","shape":[1,4],"datatype":"BYTES","data":[" 91","?","smith\u0021",null]}]}"#
        #expect(
            try Self.text(json, nil, TableContract.mixed())
                == "[91.0, nan] [-2, -1, -1] 0 age range, 0 job category, 0 member null")
    }

    @Test func `tensors are held to the contract`() throws {
        let inputs = Self.inputs(
            #"{"name":"age","shape":[3],"datatype":"FP64","data":[16,20.5,null]}"#,
            #"{"name":"job","shape":[3],"datatype":"BYTES","data":["x","smith",null]}"#,
            #"{"name":"member","shape":[3],"datatype":"UINT8","data":[0,1,2]}"#)
        #expect(
            try Self.text(inputs, nil, TableContract.mixed())
                == "[16.0, nan, nan, nan, nan, nan] [-2, -1, -1, 2, -1, -1, -1, -1, -1] 0 age range, 0 job category, "
                + "0 member type, 1 age type, 1 member type, 2 age null, 2 job null, 2 member type")
        #expect(
            try Self.text(inputs, nil, TableContract.mixed(.coerce)).hasSuffix(
                "0 age range, 0 job category, 1 age type, 2 age null, 2 job null, 2 member type"))
    }

    @Test func `a text is no number, unless the contract converts`() throws {
        let inputs = Self.inputs(
            #"{"name":"age","shape":[2],"datatype":"BYTES","data":["20"," 30"]}"#, Self.job, Self.member)
        #expect(try Self.text(inputs, nil, TableContract.mixed()).hasSuffix("0 age type, 1 age type"))
        #expect(
            try Self.text(inputs, nil, TableContract.mixed(.coerce)) == "[20.0, nan, 30.0, nan] [2, 1, -1, 1, 0, -1]")
    }

    @Test func `columns that are missing or unknown are told once`() throws {
        let extra = #"{"name":"agee","shape":[2],"datatype":"INT8","data":[1,2]}"#
        #expect(
            try Self.text(Self.inputs(Self.job, extra), nil, TableContract.mixed())
                == "[nan, nan, nan, nan] [2, -1, -1, 1, -1, -1] 0 agee extra, 0 age required, 0 member required")
        #expect(
            try Self.text(Self.inputs(Self.job, extra), nil, TableContract.mixed(.coerce)).hasSuffix(
                "] 0 age required, 0 member required"))
        #expect(
            try Self.text(Self.inputs(Self.job, extra), nil, TableContract.mixed(.lenient)).hasSuffix(
                "] notes 0 agee extra, 0 age required, 0 member required"))
        // A slip in the name of the only input.
        #expect(
            try Self.text(Self.inputs(extra), nil, TableContract.mixed()).hasSuffix(
                "] 0 agee extra, 0 age required, 0 job required, 0 member required"))
    }

    @Test func `no rows are no error`() throws {
        let json = #"{"inputs":[{"name":"age","shape":[0],"datatype":"INT8","data":[]}]}"#
        #expect(try RequestBytes.read(json, nil, TableContract.mixed()).rows.count == 0)
        let head = #"{"inputs":[{"name":"job","shape":[0,1],"datatype":"BYTES","parameters":{"binary_data_size":0}}]}"#
        #expect(try RequestBytes.read(head, [], TableContract.mixed()).rows.count == 0)
    }

    @Test func `outputs are asked for by name, and binary or not`() throws {
        func outputs(_ text: String) throws -> [InferenceOutput] {
            try RequestBytes.read(#"{\#(text)"inputs":[\#(Self.age)]}"#, nil, TableContract.mixed()).outputs
        }
        #expect(try outputs("") == [.init(.probability), .init(.label), .init(.predictionID)])
        #expect(try outputs(#""outputs":[],"#) == [.init(.probability), .init(.label), .init(.predictionID)])
        #expect(
            try outputs(#""parameters":{"binary_data_output":true},"#)
                == InferenceOutput.Name.allCases.map {
                    InferenceOutput($0, isBinary: true)
                })
        #expect(
            try outputs(
                #""outputs":[{"name":"prediction_id","parameters":{"binary_data":false,"classification":1}},{"name":"label"}],"parameters":{"binary_data_output":true},"#
            ) == [.init(.predictionID), .init(.label, isBinary: true)])
    }
}
