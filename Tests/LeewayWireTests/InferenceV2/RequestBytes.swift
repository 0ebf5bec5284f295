import LeewayCore
import LeewayValidate
import LeewayWire

/// Bodies of requests for the tests.
enum RequestBytes {
    /// The bytes that pairs of hexadecimal digits stand for.
    static func hex(_ text: String) -> [UInt8] {
        let digits = text.utf8.map { UInt8(String(UnicodeScalar($0)), radix: 16) ?? 0 }
        return stride(from: 0, to: digits.count - 1, by: 2).map { digits[$0] << 4 | digits[$0 + 1] }
    }

    /// Reads JSON, and binary tensors behind it where there are some.
    @discardableResult static func read(
        _ json: String, _ binary: [UInt8]? = nil, _ contract: Contract, rowLimit: Int = 100
    ) throws(LeewayError) -> InferenceV2Request {
        try TableContract.with(Array(json.utf8) + (binary ?? [])) { bytes throws(LeewayError) in
            try InferenceV2Request.read(
                bytes, jsonLength: binary == nil ? nil : json.utf8.count, contract, rowLimit: rowLimit)
        }
    }
}
