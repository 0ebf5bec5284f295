/// Memory of a fixed size for inner loops: one owner, freed with it, never resized.
struct Scratch<Element: BitwiseCopyable>: ~Copyable {
    let base: UnsafeMutablePointer<Element>
    let count: Int

    init(repeating value: Element, count: Int) {
        base = .allocate(capacity: max(count, 1))
        base.initialize(repeating: value, count: count)
        self.count = count
    }

    /// Memory that is written before it is read.
    init(uninitialized count: Int) {
        base = .allocate(capacity: max(count, 1))
        self.count = count
    }

    deinit { base.deallocate() }

    /// Sets every element.
    func fill(_ value: Element) { base.update(repeating: value, count: count) }
}

/// Eight rows at once: the width of every row loop, so that sums have one order on every machine.
typealias Lanes = SIMD8<Double>

extension UnsafePointer<Double> {
    /// The eight numbers from a place on.
    @inline(__always)
    func lanes(at place: Int) -> Lanes {
        UnsafeRawPointer(self + place).loadUnaligned(as: Lanes.self)
    }

    /// The two numbers from a place on.
    @inline(__always)
    func pair(at place: Int) -> SIMD2<Double> {
        UnsafeRawPointer(self + place).loadUnaligned(as: SIMD2<Double>.self)
    }
}

extension UnsafeMutablePointer<Double> {
    /// The eight numbers from a place on.
    @inline(__always)
    func lanes(at place: Int) -> Lanes {
        UnsafeRawPointer(self + place).loadUnaligned(as: Lanes.self)
    }

    /// Stores eight numbers from a place on.
    @inline(__always)
    func set(_ value: Lanes, at place: Int) {
        UnsafeMutableRawPointer(self + place).storeBytes(of: value, as: Lanes.self)
    }

    /// The two numbers from a place on.
    @inline(__always)
    func pair(at place: Int) -> SIMD2<Double> {
        UnsafeRawPointer(self + place).loadUnaligned(as: SIMD2<Double>.self)
    }

    /// Stores two numbers from a place on.
    @inline(__always)
    func setPair(_ value: SIMD2<Double>, at place: Int) {
        UnsafeMutableRawPointer(self + place).storeBytes(of: value, as: SIMD2<Double>.self)
    }
}
