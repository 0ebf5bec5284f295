import LeewayCore
import LeewayValidate
import LeewayWire
import Testing

/// Damaged requests of both foreign protocols: an error or rows, nothing else.
@Suite struct ProtocolFuzzTests {
    private struct Seed {
        let json: String
        var tail: [UInt8]?
    }

    private static let inference: [Seed] = [
        Seed(
            json:
                #"{"id":"r","inputs":[{"name":"age","shape":[2],"datatype":"INT64","data":[20,90]},{"name":"job","shape":[2,1],"datatype":"BYTES","data":[["smith"],["cl\u00e9rk"]]},{"name":"member","shape":[2],"datatype":"BOOL","data":[true,null]}],"outputs":[{"name":"label","parameters":{"binary_data":true}}]}"#
        ),
        Seed(
            json:
                #"{"inputs":[{"name":"score","shape":[3],"datatype":"FP32","parameters":{"binary_data_size":12}},{"name":"job","shape":[3],"datatype":"BYTES","parameters":{"binary_data_size":28}},{"name":"age","shape":[3,1],"datatype":"INT64","parameters":{"binary_data_size":24}},{"name":"member","shape":[3],"datatype":"BOOL","parameters":{"binary_data_size":3}}]}"#,
            tail: RequestBytes.hex(
                "0000003f0000c07f000000c005000000636c65726b05000000736d69746806000000636cc3a9726b"
                    + "140000000000000028000000000000005a00000000000000010001")),
        Seed(
            json: #"{"inputs":[{"name":"x","shape":[2,4],"datatype":"BYTES","parameters":{"binary_data_size":58}}]}"#,
            tail: RequestBytes.hex(
                "0200000032300000000005000000636c65726b040000007472756502000000333003000000312e35"
                    + "05000000736d6974680500000066616c7365")),
        Seed(
            json:
                #"{"inputs":[{"data":[["1","\t","é\"",null],["20","0.5","clerk","true"]],"name":"x","shape":[2,4],"datatype":"BYTES"}]}"#
        ),
        Seed(
            json:
                #"{"inputs":[{"name":"x","shape":[2,2],"datatype":"FP64","data":[[1.5,null],[-2e300,9007199254740993]]}]}"#
        ),
    ]

    private static let scoring: [Seed] = [
        Seed(
            json:
                #"{"dataframe_split":{"columns":["job","age","member"],"data":[["smith",20,true],["clérk",90,false]]}}"#
        ),
        Seed(
            json:
                #"{"dataframe_split":{"data":[["smith",20,true],[1]],"index":[0],"columns":["job","age","x"]},"params":{"proba":true}}"#
        ),
        Seed(json: #"{"dataframe_records":[{"age":20,"job":"smith","member":true},{"member":null}]}"#),
        Seed(json: #"{"instances":[[20,null,"smith",true],{"age":1},[90,null,"clérk",false,null]]}"#),
        Seed(
            json: #"{"inputs":{"member":[true,false],"age":[20,90],"job":["smith","cl\u00e9rk"],"note":[null,null]}}"#),
    ]

    /// Numbers that lengths and shapes may become.
    private static let numbers = [
        "-1", "0", "1", "3", "4", "8", "1e1", "2.5", "4294967295", "9007199254740991", "9223372036854775807", "1e308",
        "-0",
    ].map { Array($0.utf8) }

    private static func damage(_ bytes: inout [UInt8], _ draws: inout JSONDraws) {
        let alphabet = JSONFuzzTests.alphabet
        for _ in 0..<draws.below(4) {
            let place = draws.below(bytes.count + 1)
            switch draws.below(6) {
            case 0 where place < bytes.count: bytes[place] = alphabet[draws.below(alphabet.count)]
            case 1 where place < bytes.count: bytes[place] ^= 1 << UInt8(draws.below(8))
            case 2 where place < bytes.count: bytes.remove(at: place)
            case 3: bytes.insert(alphabet[draws.below(alphabet.count)], at: place)
            case 4 where draws.below(8) == 0: bytes.removeSubrange(place...)
            default: replaceNumber(&bytes, from: place, with: numbers[draws.below(numbers.count)])
            }
        }
    }

    /// Puts another number where the next one stands.
    private static func replaceNumber(_ bytes: inout [UInt8], from place: Int, with number: [UInt8]) {
        let digits = UInt8(ascii: "0")...UInt8(ascii: "9")
        guard let start = bytes[place...].firstIndex(where: digits.contains) else { return }
        let end = bytes[start...].firstIndex { !digits.contains($0) } ?? bytes.endIndex
        bytes.replaceSubrange(start..<end, with: number)
    }

    private static func check(_ rows: ContractRows, _ contract: Contract) -> Bool {
        rows.numbers.count == rows.count * contract.numberCount
            && rows.codes.count == rows.count * contract.categoryCount
            && rows.numbers.allSatisfy { !$0.isInfinite }
            && rows.violations.allSatisfy { (0..<rows.count).contains($0.row) }
    }

    static func run(cases: Int, seed: UInt64) -> (accepted: Int, refused: Int) {
        var draws = JSONDraws(seed: seed)
        let contracts = Contract.Mode.allCases.map(TableContract.mixed) + [TableContract.numbers("x", "y")]
        var (accepted, refused) = (0, 0)
        for _ in 0..<cases {
            let contract = contracts[draws.below(contracts.count)]
            let isInference = draws.below(2) == 0
            let seeds = isInference ? inference : scoring
            let seed = seeds[draws.below(seeds.count)]
            var json = Array(seed.json.utf8)
            damage(&json, &draws)
            var tail = seed.tail ?? []
            if !tail.isEmpty, draws.below(2) == 0 { damage(&tail, &draws) }
            let length = draws.below(30) == 0 ? draws.below(700) - 20 : seed.tail == nil ? nil : json.count
            do throws(LeewayError) {
                let rows = try TableContract.with(json + tail) { bytes throws(LeewayError) in
                    try isInference
                        ? InferenceV2Request.read(bytes, jsonLength: length, contract, rowLimit: 1000).rows
                        : MLflowRequest.read(bytes, contract, rowLimit: 1000).rows
                }
                accepted += 1
                if !check(rows, contract) { Issue.record("odd rows: \(String(decoding: json, as: UTF8.self))") }
            } catch {
                refused += 1
                if error.code != .malformedRequest, error.code != .requestTooLarge { Issue.record("\(error)") }
            }
        }
        return (accepted, refused)
    }

    @Test func `damaged bodies end in rows or an error`() {
        let (accepted, refused) = Self.run(cases: 20_000, seed: 21)
        #expect(accepted > 4_000)
        #expect(refused > 4_000)
    }
}
