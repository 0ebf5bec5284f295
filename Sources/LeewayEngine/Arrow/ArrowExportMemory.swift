import CADBC

/// Memory that an exported array or schema points into; it lives until the consumer releases that.
final class ArrowExportMemory {
    private var blocks: [UnsafeMutableRawPointer] = []
    private var releases: [() -> Void] = []

    deinit {
        for release in releases { release() }
        for block in blocks { block.deallocate() }
    }

    /// Room for values, all zero.
    func values<Value>(_ count: Int, of _: Value.Type = Value.self) -> UnsafeMutableBufferPointer<Value> {
        // Arrow recommends multiples of 64 bytes; some room is kept even for no value, so that there is an address.
        let size = count * MemoryLayout<Value>.stride / 64 * 64 + 64
        let block = UnsafeMutableRawPointer.allocate(byteCount: size, alignment: 64)
        block.initializeMemory(as: UInt8.self, repeating: 0, count: size)
        blocks.append(block)
        return UnsafeMutableBufferPointer(start: block.bindMemory(to: Value.self, capacity: count), count: count)
    }

    /// A copy of values.
    func copy<Value>(_ source: some Collection<Value>) -> UnsafeMutablePointer<Value>? {
        let copy: UnsafeMutableBufferPointer<Value> = values(source.count)
        _ = copy.update(fromContentsOf: source)
        return copy.baseAddress
    }

    /// An array that owns this memory.
    func array(length: Int, nullCount: Int, buffers: [UnsafeRawPointer?], children: [ArrowArray] = []) -> ArrowArray {
        var array = ArrowArray()
        array.length = Int64(length)
        array.null_count = Int64(nullCount)
        array.n_buffers = Int64(buffers.count)
        array.buffers = copy(buffers)
        array.n_children = Int64(children.count)
        array.children = table(children) { $0.pointee.release?($0) }
        array.private_data = Unmanaged.passRetained(self).toOpaque()
        array.release = { array in
            guard let owner = array?.pointee.private_data else { return }
            array?.pointee.release = nil
            array?.pointee.private_data = nil
            Unmanaged<ArrowExportMemory>.fromOpaque(owner).release()
        }
        return array
    }

    /// A schema that owns this memory.
    func schema(format: String, name: String, children: [ArrowSchema] = []) -> ArrowSchema {
        var schema = ArrowSchema()
        schema.format = UnsafePointer(copy(format.utf8CString))
        schema.name = UnsafePointer(copy(name.utf8CString))
        schema.flags = Int64(ARROW_FLAG_NULLABLE)
        schema.n_children = Int64(children.count)
        schema.children = table(children) { $0.pointee.release?($0) }
        schema.private_data = Unmanaged.passRetained(self).toOpaque()
        schema.release = { schema in
            guard let owner = schema?.pointee.private_data else { return }
            schema?.pointee.release = nil
            schema?.pointee.private_data = nil
            Unmanaged<ArrowExportMemory>.fromOpaque(owner).release()
        }
        return schema
    }

    /// Pointers to children; one that a consumer took for itself has no `release` any more.
    private func table<Child>(
        _ children: [Child], release: @escaping (UnsafeMutablePointer<Child>) -> Void
    ) -> UnsafeMutablePointer<UnsafeMutablePointer<Child>?>? {
        let pointers = children.map { copy(CollectionOfOne($0)) }
        releases.append { for case let child? in pointers { release(child) } }
        return copy(pointers)
    }
}
