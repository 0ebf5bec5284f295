import LeewayCore

/// A C struct of a driver's on the heap: released once, and before what it was made from.
///
/// The structs hold each other by reference, so that a result may outlive the variable of its connection.
final class NativeHandle<Raw>: @unchecked Sendable {  // The pointer is never changed; who uses it is exclusive.
    let raw: UnsafeMutablePointer<Raw>
    private let parent: (any Sendable)?
    private let release: @Sendable (UnsafeMutablePointer<Raw>) -> Void

    /// Makes the struct on the heap, lets `make` fill it, and from then on releases it with `release`.
    init(
        _ empty: Raw, parent: (any Sendable)? = nil,
        make: (UnsafeMutablePointer<Raw>) throws(LeewayError) -> Void,
        release: @escaping @Sendable (UnsafeMutablePointer<Raw>) -> Void
    ) throws(LeewayError) {
        let raw = UnsafeMutablePointer<Raw>.allocate(capacity: 1)
        raw.initialize(to: empty)
        do {
            try make(raw)
        } catch {
            raw.deallocate()
            throw error
        }
        (self.raw, self.parent, self.release) = (raw, parent, release)
    }

    deinit {
        release(raw)
        raw.deallocate()
    }
}
