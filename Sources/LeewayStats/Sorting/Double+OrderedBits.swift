extension Double {
    /// The bits as an unsigned number whose order is the order of the values.
    ///
    /// - Missing: NaN has a place too (below -∞ or above +∞, by its sign), so drop it first.
    package var orderedBits: UInt64 {
        let sign = UInt64(1) << 63
        let isNegative = UInt64(bitPattern: Int64(bitPattern: bitPattern) >> 63)
        return bitPattern ^ (isNegative | sign)
    }

    /// The value whose `orderedBits` these are.
    package init(orderedBits: UInt64) {
        let sign = UInt64(1) << 63
        self.init(bitPattern: orderedBits ^ ((orderedBits >> 63) &- 1 | sign))
    }
}
