extension Array {
    /// The first index whose element satisfies `isSecond`, given that all after it do too; `count` if none does.
    ///
    /// - Complexity: O(log n).
    func partitionPoint(_ isSecond: (Element) -> Bool) -> Int {
        var (low, high) = (0, count)
        while low < high {
            let middle = low + (high - low) / 2
            if isSecond(self[middle]) { high = middle } else { low = middle + 1 }
        }
        return low
    }
}
