import CADBC

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Memory for arrays made by hand, with 128 GiB of readable nothing behind it.
///
/// A buffer of the C data interface does not tell its size, so that no reader can know where it ends. With this much
/// behind every buffer, whatever the reader accepts can be read, and what crashes is the reader's mistake.
final class Arena {
    private static let size = 128 << 30
    private let start: UnsafeMutableRawPointer
    private var used = 0

    /// How often a batch of the arena was released.
    var releases: Int { start.load(as: Int.self) }

    init?() {
        let protection = PROT_READ | PROT_WRITE
        let flags = MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE
        guard let start = mmap(nil, Self.size, protection, flags, -1, 0), start != MAP_FAILED else { return nil }
        self.start = start
        reset()
    }

    deinit { munmap(start, Self.size) }

    /// Forgets all that was placed.
    func reset() {
        memset(start, 0, used)
        used = 64
    }

    /// Copies values into the arena, at a multiple of 64 bytes.
    func place<Value>(_ values: [Value]) -> UnsafeMutablePointer<Value> {
        let block = (start + used).bindMemory(to: Value.self, capacity: values.count)
        block.initialize(from: values, count: values.count)
        used += (values.count * MemoryLayout<Value>.stride + 255) / 64 * 64
        return block
    }

    /// Copies values into the arena as a buffer.
    func buffer<Value>(_ values: [Value]) -> UnsafeRawPointer? { UnsafeRawPointer(place(values)) }

    /// A bitmap.
    func bits(_ flags: [Bool]) -> UnsafeRawPointer? {
        var bytes = [UInt8](repeating: 0, count: (flags.count + 7) / 8)
        for (place, flag) in flags.enumerated() where flag { bytes[place / 8] |= 1 << UInt8(place % 8) }
        return buffer(bytes)
    }

    /// A text ended by a zero.
    func text(_ text: String) -> UnsafePointer<CChar> { UnsafePointer(place(Array(text.utf8CString))) }

    /// An array whose `release` only counts.
    func array(
        length: Int, nullCount: Int = 0, buffers: [UnsafeRawPointer?],
        children: [UnsafeMutablePointer<ArrowArray>] = [], dictionary: UnsafeMutablePointer<ArrowArray>? = nil
    ) -> UnsafeMutablePointer<ArrowArray> {
        var array = ArrowArray()
        array.length = Int64(length)
        array.null_count = Int64(nullCount)
        array.n_buffers = Int64(buffers.count)
        // Some nothing behind the pointers, too: their count is all that a reader has.
        array.buffers = place(buffers + [UnsafeRawPointer?](repeating: nil, count: 64))
        array.n_children = Int64(children.count)
        array.children = place(children + [UnsafeMutablePointer<ArrowArray>?](repeating: nil, count: 64))
        array.dictionary = dictionary
        array.private_data = start
        array.release = { array in
            array?.pointee.private_data?.assumingMemoryBound(to: Int.self).pointee += 1
            array?.pointee.release = nil
        }
        return place([array])
    }

    /// A schema that owns nothing.
    func schema(
        _ format: String, name: String = "x", children: [UnsafeMutablePointer<ArrowSchema>] = [],
        dictionary: UnsafeMutablePointer<ArrowSchema>? = nil
    ) -> UnsafeMutablePointer<ArrowSchema> {
        var schema = ArrowSchema()
        schema.format = text(format)
        schema.name = text(name)
        schema.n_children = Int64(children.count)
        schema.children = place(children + [UnsafeMutablePointer<ArrowSchema>?](repeating: nil, count: 64))
        schema.dictionary = dictionary
        schema.release = { schema in schema?.pointee.release = nil }
        return place([schema])
    }
}
