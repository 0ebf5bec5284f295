import LeewayCore
import LeewayEngine

/// Counts the distinct texts of a stream, up to a limit.
struct TextTally: Sendable {
    /// The distinct texts that are counted at most.
    static let limit = 65_536

    private var dictionary = TextDictionary()
    private(set) var counts: [Int] = []
    private(set) var missing = 0
    /// Rows with a text beyond the limit.
    private(set) var beyond = 0

    /// Counts texts.
    mutating func add(_ texts: UnsafeBufferPointer<ArrowText>) {
        for text in texts {
            guard let bytes = text.bytes else {
                missing += 1
                continue
            }
            guard let code = dictionary.count < Self.limit ? dictionary.code(of: bytes) : dictionary.find(bytes) else {
                beyond += 1
                continue
            }
            if Int(code) == counts.count { counts.append(0) }
            counts[Int(code)] += 1
        }
    }

    /// The texts with their counts.
    var entries: [(text: String, count: Int)] { Array(zip(dictionary.texts, counts)).map { ($0, $1) } }
}
