import CADBC
package import LeewayCore

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Columns of Swift as a stream that an engine reads from, in batches made when it asks for them.
package struct ArrowExportStream: ~Copyable {
    let raw: UnsafeMutablePointer<ArrowArrayStream>
    /// What the stream reads from; asked afterwards, since engines ignore a producer's error.
    let source: ArrowExportSource
    /// How many rows the stream has.
    package let rowCount: Int

    /// Takes columns of one length.
    ///
    /// - Throws: `malformedDataset` where there is no column, lengths differ, or a name stands twice or holds a zero.
    package init(_ columns: [ArrowExportColumn]) throws(LeewayError) {
        guard let first = columns.first else { throw LeewayError(.malformedDataset, "There is no column to write.") }
        var names: Set<String> = []
        for column in columns {
            guard column.count == first.count else {
                throw LeewayError(
                    .malformedDataset,
                    "Column '\(column.name)' has \(column.count) rows where '\(first.name)' has \(first.count).")
            }
            guard names.insert(column.name).inserted else {
                throw LeewayError(.malformedDataset, "Column '\(column.name)' stands twice.")
            }
            guard !column.name.utf8.contains(0) else {
                throw LeewayError(.malformedDataset, "A column's name holds a zero character.")
            }
        }
        rowCount = first.count
        source = ArrowExportSource(columns, rowCount: first.count)
        raw = .allocate(capacity: 1)
        raw.initialize(to: Self.stream(of: source))
    }

    deinit {
        // Nil once a consumer has taken the stream over.
        raw.pointee.release?(raw)
        raw.deallocate()
    }

    private static func stream(of source: ArrowExportSource) -> ArrowArrayStream {
        var stream = ArrowArrayStream()
        stream.private_data = Unmanaged.passRetained(source).toOpaque()
        stream.get_schema = { stream, schema in
            guard let source = ArrowExportStream.source(behind: stream) else { return EINVAL }
            schema?.initialize(to: source.schema())
            return 0
        }
        stream.get_next = { stream, array in
            guard let source = ArrowExportStream.source(behind: stream) else { return EINVAL }
            array?.initialize(to: source.next())
            return 0
        }
        stream.get_last_error = { _ in nil }
        stream.release = { stream in
            guard let owner = stream?.pointee.private_data else { return }
            stream?.pointee.release = nil
            stream?.pointee.private_data = nil
            Unmanaged<ArrowExportSource>.fromOpaque(owner).release()
        }
        return stream
    }

    private static func source(behind stream: UnsafeMutablePointer<ArrowArrayStream>?) -> ArrowExportSource? {
        guard let owner = stream?.pointee.private_data else { return nil }
        return Unmanaged<ArrowExportSource>.fromOpaque(owner).takeUnretainedValue()
    }
}
