import LeewayCore

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// Makes a segment that gets no more lines a sealed one: synced, its ids beside it, then renamed.
struct SegmentSeal {
    private let name: Segment.Name
    private let folder: String
    private let descriptor: Int32

    /// Takes a segment by its locked descriptor, which stays open.
    init(of name: Segment.Name, in folder: String, descriptor: Int32) {
        self.name = name
        self.folder = folder
        self.descriptor = descriptor
    }

    /// Seals the segment; nil where its file was removed meanwhile.
    ///
    /// - Throws: `diskFull`, `logNotWritable`; it may be tried again.
    func seal() throws(LeewayError) -> Segment? {
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { throw LogFailure.writing(folder) }
        let segment = Segment(name, in: folder, state: .sealed, bytes: Int(status.st_size))
        let openPath = "\(folder)/\(name)\(Segment.openSuffix)"
        if isOurs(openPath, status) {
            guard fsync(descriptor) == 0 else { throw LogFailure.writing(openPath) }
            try Self.write(LineFile.sortedIDs(of: descriptor, bytes: segment.bytes), to: segment.idsPath)
            guard rename(openPath, segment.path) == 0 else { throw LogFailure.writing(segment.path) }
        } else if !isOurs(segment.path, status) {
            return nil
        }
        try OpenSegment.syncFolder(folder)
        return segment
    }

    private func isOurs(_ path: String, _ ours: stat) -> Bool {
        var status = stat()
        return stat(path, &status) == 0 && status.st_ino == ours.st_ino && status.st_dev == ours.st_dev
    }

    /// Writes a file anew, all of it or none, for this user alone.
    static func write(_ bytes: [UInt8], to path: String) throws(LeewayError) {
        let temporary = FileSystem.temporaryName(for: path)
        let file = open(temporary, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
        guard file >= 0 else { throw LogFailure.writing(path) }
        defer { close(file) }
        var written = 0
        while written < bytes.count {
            let count = bytes.withUnsafeBytes { buffer in
                systemWrite(file, buffer.baseAddress?.advanced(by: written), bytes.count - written)
            }
            if count > 0 {
                written += count
            } else if errno != EINTR {
                throw failure(path, removing: temporary)
            }
        }
        guard fsync(file) == 0, rename(temporary, path) == 0 else { throw failure(path, removing: temporary) }
    }

    private static func failure(_ path: String, removing temporary: String) -> LeewayError {
        let error = LogFailure.writing(path)
        unlink(temporary)
        return error
    }
}

extension LineFile {
    /// The ids of a file's lines as they stand in an ids file: 16 bytes each, big-endian, sorted.
    static func sortedIDs(of descriptor: Int32, bytes: Int) -> [UInt8] {
        var ids: [UUIDv7] = []
        var isSorted = true
        forEachLine(of: descriptor, from: 0, to: bytes) { _, line in
            guard let id = id(of: line) else { return true }
            if let last = ids.last, id < last { isSorted = false }
            ids.append(id)
            return true
        }
        if !isSorted { ids.sort() }
        return [UInt8](unsafeUninitializedCapacity: ids.count * 16) { buffer, filled in
            let raw = UnsafeMutableRawBufferPointer(buffer)
            for (place, id) in ids.enumerated() {
                raw.storeBytes(of: id.high.bigEndian, toByteOffset: place * 16, as: UInt64.self)
                raw.storeBytes(of: id.low.bigEndian, toByteOffset: place * 16 + 8, as: UInt64.self)
            }
            filled = ids.count * 16
        }
    }
}

#if canImport(Glibc)
    private let systemWrite = Glibc.write
#else
    private let systemWrite = Darwin.write
#endif
