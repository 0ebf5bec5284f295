import LeewayCore
import LeewayValidate
import LeewayWire
import Testing

/// Every datatype, in JSON and in binary.
///
/// Oracle: tritonclient 2.73.0 with numpy 2.4.6, `InferenceServerClient.generate_request_body([InferInput])` after
/// `set_data_from_numpy(array, binary_data=…)`; the bodies are its own, the numbers are `[float(x) for x in array]`.
@Suite struct InferenceV2TypeTests {
    private static let whole = TableContract.numbers("x")

    @Test(
        arguments: [
            ("INT8", "8000017f4d", [-128, 0, 1, 127, 77]),
            ("INT16", "008000000100ff7f4d00", [-32768, 0, 1, 32767, 77]),
            ("INT32", "000000800000000001000000ffffff7f4d000000", [-2_147_483_648, 0, 1, 2_147_483_647, 77]),
            (
                "INT64", "00000000000000800000000000000000010000000000000002000000000020004d00000000000000",
                [-0x1p63, 0, 1, 9_007_199_254_740_994, 77]
            ),
            ("UINT8", "000001ff4d", [0, 0, 1, 255, 77]), ("UINT16", "000000000100ffff4d00", [0, 0, 1, 65535, 77]),
            ("UINT32", "000000000000000001000000ffffffff4d000000", [0, 0, 1, 4_294_967_295, 77]),
            (
                "UINT64", "00000000000000000000000000000000010000000000000002000000000020004d00000000000000",
                [0, 0, 1, 9_007_199_254_740_994, 77]
            ),
            (
                "FP16", "662e00c1ff7b010000840080007e5535",
                [
                    0.0999755859375, -2.5, 65504.0, 5.960464477539063e-08, -6.103515625e-05, -0.0, .nan, 0.333251953125,
                ]
            ),
            (
                "FP32", "cdcccc3d000020c0ffff7f7f0100000000008080000000800000c07fabaaaa3e",
                [
                    0.10000000149011612, -2.5, 3.4028234663852886e+38, 1.401298464324817e-45, -1.1754943508222875e-38,
                    -0.0, .nan, 0.3333333432674408,
                ]
            ),
            (
                "FP64",
                "9a9999999999b93f00000000000004c0ffffffffffffef7f0100000000000000"
                    + "00000000000010800000000000000080000000000000f87f555555555555d53f",
                [
                    0.1, -2.5, 1.7976931348623157e+308, .leastNonzeroMagnitude, -2.2250738585072014e-308, -0.0, .nan,
                    0.3333333333333333,
                ]
            ),
        ] as [(String, String, [Double])])
    func `binary numbers`(type: String, tail: String, expected: [Double]) throws {
        let binary = RequestBytes.hex(tail)
        let json =
            #"{"inputs":[{"name":"x","shape":[\#(expected.count),1],"datatype":"\#(type)","parameters":"#
            + #"{"binary_data_size":\#(binary.count)}}],"parameters":{"binary_data_output":true}}"#
        let request = try RequestBytes.read(json, binary, Self.whole)
        #expect(request.rows.numbers.description == expected.description)
        #expect(request.rows.violationCount == 0)
        #expect(request.outputs == InferenceOutput.Name.allCases.map { InferenceOutput($0, isBinary: true) })
    }

    @Test(
        arguments: [
            ("INT8", "[-128,0,1,127,77]", [-128, 0, 1, 127, 77]),
            ("INT16", "[-32768,0,1,32767,77]", [-32768, 0, 1, 32767, 77]),
            ("INT32", "[-2147483648,0,1,2147483647,77]", [-2_147_483_648, 0, 1, 2_147_483_647, 77]),
            ("INT64", "[-9223372036854775808,0,1,9007199254740994,77]", [-0x1p63, 0, 1, 9_007_199_254_740_994, 77]),
            ("UINT8", "[0,0,1,255,77]", [0, 0, 1, 255, 77]), ("UINT16", "[0,0,1,65535,77]", [0, 0, 1, 65535, 77]),
            ("UINT32", "[0,0,1,4294967295,77]", [0, 0, 1, 4_294_967_295, 77]),
            ("UINT64", "[0,0,1,9007199254740994,77]", [0, 0, 1, 9_007_199_254_740_994, 77]),
            (
                "FP32", "[0.10000000149011612,-2.5,0.3333333432674408,1.0000000031710769e-30]",
                [0.10000000149011612, -2.5, 0.3333333432674408, 1.0000000031710769e-30]
            ),
            ("FP64", "[0.1,-2.5,0.3333333333333333,1e-30]", [0.1, -2.5, 0.3333333333333333, 1e-30]),
            // Not of tritonclient, which sends FP16 in binary only, and no null.
            ("FP16", "[0.1,-65504,65519,null]", [0.1, -65504, 65519, .nan]),
            ("INT8", "[1e1,2.0,-0,null]", [10, 2, 0, .nan]), ("FP32", "[3.4028235e38]", [3.4028235e38]),
        ] as [(String, String, [Double])])
    func `JSON numbers`(type: String, data: String, expected: [Double]) throws {
        for (shape, data) in [("[\(expected.count)]", data), ("[\(expected.count),1]", data)] {
            let json = #"{"inputs":[{"name":"x","shape":\#(shape),"datatype":"\#(type)","data":\#(data)}]}"#
            let rows = try RequestBytes.read(json, nil, Self.whole).rows
            #expect(rows.numbers.description == expected.description)
            #expect(rows.violationCount == 0)
        }
        let nested = data.dropFirst().dropLast().split(separator: ",").map { "[\($0)]" }.joined(separator: ",")
        let json =
            #"{"inputs":[{"data":[\#(nested)],"datatype":"\#(type)","name":"x","shape":[\#(expected.count),1]}]}"#
        #expect(try RequestBytes.read(json, nil, Self.whole).rows.numbers.description == expected.description)
    }

    @Test(
        arguments: [
            ("INT8", "128"), ("INT8", "-129"), ("UINT8", "-1"), ("UINT8", "256"), ("INT16", "32768"),
            ("INT16", "-32769"),
            ("UINT16", "65536"),
            ("INT32", "2147483648"), ("INT32", "-2147483649"), ("UINT32", "4294967296"),
            ("INT64", "9223372036854775808"), ("INT64", "-9223372036854775809"), ("UINT64", "18446744073709551616"),
            ("INT64", "1.5"), ("INT64", "1e300"), ("INT64", "true"), ("FP16", "65520"), ("FP32", "3.5e38"),
            ("FP64", "\"1\""), ("BOOL", "1"), ("BYTES", "1"), ("BYTES", "true"), ("FP64", "{}"),
        ])
    func `what is not of the type is refused`(type: String, element: String) {
        let first = type == "BYTES" ? "\"\"" : type == "BOOL" ? "true" : "0"
        let json = #"{"inputs":[{"name":"x","shape":[2],"datatype":"\#(type)","data":[\#(first),\#(element)]}]}"#
        #expect(throws: LeewayError(.malformedRequest, "Input 'x': element 1 of data is no \(type).")) {
            try RequestBytes.read(json, nil, Self.whole)
        }
    }

    // Whole numbers next to 2⁵³: 9007199254740993 lies between two doubles, 2⁶³ − 1 and 2⁶⁴ − 1 beside one.
    @Test func `a whole number that no double is equal to breaks the contract`() throws {
        let json = #"{"inputs":[{"name":"x","shape":[4],"datatype":"UINT64","data":"#
        let rows = try RequestBytes.read(
            json + "[9007199254740993,9007199254740992,18446744073709551615,9223372036854775808]}]}", nil, Self.whole
        ).rows
        #expect(
            TableContract.text(rows)
                == "[nan, 9007199254740992.0, nan, 9.223372036854776e+18] [] 0 x type, 2 x type")
        let head = #"{"inputs":[{"name":"x","shape":[2],"datatype":"INT64","parameters":{"binary_data_size":16}}]}"#
        let binary = try RequestBytes.read(head, RequestBytes.hex("0100000000002000ffffffffffffff7f"), Self.whole).rows
        #expect(TableContract.text(binary) == "[nan, nan] [] 0 x type, 1 x type")
    }

    @Test func `infinite numbers break the contract`() throws {
        let head = #"{"inputs":[{"name":"x","shape":[2],"datatype":"FP32","parameters":{"binary_data_size":8}}]}"#
        let rows = try RequestBytes.read(head, RequestBytes.hex("0000807f000080ff"), Self.whole).rows
        #expect(TableContract.text(rows) == "[nan, nan] [] 0 x type, 1 x type")
    }

    // Oracle: numpy 2.4.6, a = np.arange(65536, dtype=np.uint16).view(np.float16).astype(float); the sum of
    // float(a[i]) * (i % 97) over all finite ones, one after the other, and how many there are.
    @Test func `every FP16 widens as in numpy`() throws {
        var (sum, count) = (0.0, 0)
        let bits = (0..<65536).flatMap { [UInt8($0 & 255), UInt8($0 >> 8)] }
        let head =
            #"{"inputs":[{"name":"x","shape":[65536],"datatype":"FP16","parameters":{"binary_data_size":131072}}]}"#
        let rows = try RequestBytes.read(head, bits, Self.whole, rowLimit: 65536).rows
        for (place, value) in rows.numbers.enumerated() where value.isFinite {
            sum += value * Double(place % 97)
            count += 1
        }
        // Infinite ones are of the wrong type, which leaves NaN too.
        #expect(count == 63488)
        #expect(sum == -38447200.98949909)
        #expect(rows.ruleCounts == [.type: 2])
    }
}
