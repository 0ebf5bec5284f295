/// |p − q| of one bin.
enum AbsoluteDeviation: BinTerm {
    static let table = TermTable(Self.self)

    @inline(__always)
    static func value(_ p: Double, _ q: Double, _ sizes: SideSizes) -> Double { abs(p - q) }

    /// 1/n + 1/m: the term is then |X − E X|, X being the window's rows.
    @inline(__always)
    static func unit(_ sizes: SideSizes) -> Double { sizes.spread }

    /// The mean and the variance of |p − q| where nothing moved in a bin of so many rows.
    @inline(__always)
    static func noise(
        rows: Double, _ sizes: SideSizes, _ moments: TermTable.Lookup
    ) -> (mean: Double, variance: Double) {
        let all = sizes.reference + sizes.window
        let x = rows * (sizes.reference / all) * (sizes.window / all)
        let (free, square) = (max(0, 1 - rows / all), sizes.spread * sizes.spread)
        // Of a normal number: √(2/π) and 1 − 2/π.
        guard x < 32 else {
            return (sizes.spread * 0.7978845608028654 * (x * free).squareRoot(), square * 0.3633802276324186 * x * free)
        }
        let own = moments(x)
        return (sizes.spread * own.mean * free.squareRoot(), square * own.variance * free)
    }
}
