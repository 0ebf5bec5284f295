#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Shannon's entropy of the shares of `counts`: H = −Σ p · ln p.
///
/// - Units: nats, 0 (one value) … ln k (k values, equally often).
/// - Empty or all zero: 0. Zero counts add nothing; the order of the counts does not matter.
/// - Source: scipy 1.17 `scipy.stats.entropy`, base e.
package func entropy(of counts: [Int]) -> Double {
    let total = Double(counts.reduce(0, +))
    var sum = ExactSum()
    for count in counts where count > 0 {
        let share = Double(count) / total
        sum.add(-share * log(share))
    }
    return sum.value
}
