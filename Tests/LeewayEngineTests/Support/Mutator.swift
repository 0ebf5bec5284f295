import CADBC

/// Damages sound arrays in the ways in which a driver may be wrong.
struct Mutator {
    private var random: Random

    init(seed: UInt64) { random = Random(seed: seed) }

    /// One of the specimens.
    mutating func specimen() -> Specimen { Specimen.all[Int.random(in: 0..<Specimen.all.count, using: &random)] }

    /// Damages a batch in one to three places.
    mutating func damage(_ batch: Specimen.Batch) {
        for _ in 0..<Int.random(in: 1...3, using: &random) {
            switch Int.random(in: 0..<10, using: &random) {
            case 0: damage(schema: batch.schema)
            case 1: damage(schema: batch.field)
            case 2: if let dictionary = batch.field.pointee.dictionary { damage(schema: dictionary) }
            case 3: damage(array: batch.array)
            case 4, 5: if let dictionary = batch.column.pointee.dictionary { damage(array: dictionary) }
            default: damage(array: batch.column)
            }
        }
    }

    private mutating func damage(schema: UnsafeMutablePointer<ArrowSchema>) {
        switch Int.random(in: 0..<8, using: &random) {
        case 0: schema.pointee.format = nil
        case 1: schema.pointee.name = nil
        case 2: schema.pointee.release = nil
        case 3: schema.pointee.n_children = count()
        case 4: schema.pointee.children = nil
        case 5: schema.pointee.dictionary = Bool.random(using: &random) ? nil : schema
        default:
            // The texts lie in the arena, so a format can become any other of its length, or one that is no text.
            guard let format = schema.pointee.format else { return }
            let letters = Array("ncCsSiIlLfgbuUvzwtd+:0,\u{0}".utf8.map { CChar(bitPattern: $0) }) + [-1]
            UnsafeMutablePointer(mutating: format)[Int.random(in: 0..<2, using: &random)] = pick(letters)
        }
    }

    private mutating func damage(array: UnsafeMutablePointer<ArrowArray>) {
        switch Int.random(in: 0..<12, using: &random) {
        case 0: array.pointee.length = count()
        case 1: array.pointee.offset = count()
        case 2: array.pointee.null_count = count()
        case 3: array.pointee.n_buffers = count()
        case 4: array.pointee.n_children = count()
        case 5: if Bool.random(using: &random) { array.pointee.buffers = nil } else { array.pointee.children = nil }
        case 6: array.pointee.release = nil
        case 7: array.pointee.dictionary = Bool.random(using: &random) ? nil : array
        case 8: array.pointee.children?[0] = nil
        case 9:
            guard let buffers = array.pointee.buffers, array.pointee.n_buffers > 0 else { return }
            let place = Int.random(in: 0..<4, using: &random)
            buffers[place] = Bool.random(using: &random) ? nil : buffers[place].map { $0 + 1 }
        default: damage(contentsOf: array)
        }
    }

    /// Overwrites a number in a buffer: an offset, an index, a part of a view, a size.
    private mutating func damage(contentsOf array: UnsafeMutablePointer<ArrowArray>) {
        guard let buffer = array.pointee.buffers?[Int.random(in: 1..<4, using: &random)] else { return }
        let target = UnsafeMutableRawPointer(mutating: buffer) + 4 * Int.random(in: 0..<16, using: &random)
        let number = count()
        if Bool.random(using: &random) {
            target.storeBytes(of: Int32(truncatingIfNeeded: number), as: Int32.self)
        } else {
            target.storeBytes(of: number, as: Int64.self)
        }
    }

    /// Numbers about the bounds of things; none so large yet acceptable that reading that much would take long.
    private mutating func count() -> Int64 {
        pick([
            .min, .min + 1, -2, -1, 0, 1, 2, 3, 4, 5, 8, 12, 13, 33, 64, Int64(Int32.max) + 1, Int64(UInt32.max),
            1 << 40,
            1 << 60, .max - 1, .max, Int64.random(in: -64...64, using: &random),
        ])
    }

    private mutating func pick<Value>(_ values: [Value]) -> Value {
        values[Int.random(in: 0..<values.count, using: &random)]
    }
}
