/// |x − expected| / |expected|; 0 where both are the same, infinities included.
func relativeError(_ x: Double, _ expected: Double) -> Double {
    x == expected ? 0 : abs(x - expected) / abs(expected)
}
