import LeewayCore
import LeewayStore

/// Arrays of doubles as NumPy stores them.
enum NumpyFile {
    /// Rows × columns, row by row.
    static func write(_ columns: [[Double]], to path: String) throws {
        let rows = columns.first?.count ?? 0
        var header = "{'descr': '<f8', 'fortran_order': True, 'shape': (\(rows), \(columns.count)), }"
        // The whole head is a multiple of 64 bytes long, and ends its line.
        header += String(repeating: " ", count: (64 - (10 + header.utf8.count + 1) % 64) % 64) + "\n"
        var bytes: [UInt8] = [0x93] + Array("NUMPY".utf8) + [1, 0]
        bytes += [UInt8(header.utf8.count & 0xFF), UInt8(header.utf8.count >> 8)] + Array(header.utf8)
        for column in columns {
            column.withUnsafeBytes { bytes.append(contentsOf: $0) }
        }
        try FileSystem.write(bytes, to: path)
    }

    /// All numbers of a file of one column.
    static func read(_ path: String) throws -> [Double] {
        let bytes = try FileSystem.read(path)
        guard bytes.count > 10, bytes[0] == 0x93, bytes[6] == 1 else {
            throw LeewayError(.malformedSource, "\(path) is no NumPy file of version 1.")
        }
        let start = 10 + Int(bytes[8]) + Int(bytes[9]) << 8
        let head = String(decoding: bytes[10..<start], as: UTF8.self)
        guard head.contains("'<f8'"), start <= bytes.count, (bytes.count - start) % 8 == 0 else {
            throw LeewayError(.malformedSource, "\(path) holds no doubles.")
        }
        return (0..<(bytes.count - start) / 8).map { place in
            var bits: UInt64 = 0
            for byte in 0..<8 { bits |= UInt64(bytes[start + 8 * place + byte]) << (8 * UInt64(byte)) }
            return Double(bitPattern: bits)
        }
    }
}
