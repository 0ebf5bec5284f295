package import LeewayCore

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// Artifacts as JSON: keys sorted, two spaces, doubles in their shortest exact form, a final newline; so equal values give equal bytes.
package enum ArtifactCoding {
    /// The bytes of a value.
    ///
    /// - Throws: `damagedArtifact` where the value holds a number that JSON has not (infinite or NaN): ours to mend.
    package static func encode(_ value: some Encodable) throws(LeewayError) -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        do {
            return Array(try encoder.encode(value)) + [0x0A]
        } catch {
            throw LeewayError(
                .damagedArtifact, "A value can't be written as JSON\(place(error)).",
                hint: "Please report this as a bug.")
        }
    }

    /// The value of bytes that `encode` made.
    ///
    /// - Throws: `damagedArtifact` naming the file and the key.
    package static func decode<Value: Decodable>(
        _ type: Value.Type, from bytes: [UInt8], name: String
    ) throws(LeewayError) -> Value {
        do {
            return try JSONDecoder().decode(type, from: Data(bytes))
        } catch {
            throw LeewayError(
                .damagedArtifact, "\(name) can't be read\(Self.place(error)).",
                hint: "Was it edited, or written by another version?")
        }
    }

    private static func place(_ error: any Error) -> String {
        let path: [any CodingKey] =
            switch error {
            case DecodingError.dataCorrupted(let context): context.codingPath
            // The path ends above the key that is missing.
            case DecodingError.keyNotFound(let key, let context): context.codingPath + [key]
            case DecodingError.typeMismatch(_, let context): context.codingPath
            case DecodingError.valueNotFound(_, let context): context.codingPath
            case EncodingError.invalidValue(_, let context): context.codingPath
            default: []
            }
        guard !path.isEmpty else { return "" }
        return " at '\(path.map { $0.intValue.map(String.init) ?? $0.stringValue }.joined(separator: "."))'"
    }
}
