import CADBC

/// How the C library hands out memory.
package enum NativeMemory {
    /// Makes all threads take memory from one place, where the C library can be told so.
    ///
    /// Fewer pages are touched; many threads would wait for each other, so it is for batches, not for servers.
    package static func share() { cadbc_share_memory() }
}
