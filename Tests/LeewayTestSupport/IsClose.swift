/// Whether two numbers differ by no more than `tolerance`, relative to the larger of 1 and the expected one; NaN is close to NaN.
package func isClose(_ actual: Double, _ expected: Double, tolerance: Double) -> Bool {
    if actual.isNaN || expected.isNaN { return actual.isNaN && expected.isNaN }
    if actual == expected { return true }
    return abs(actual - expected) <= tolerance * max(1, abs(expected))
}

/// Whether two columns have one length and every number is close.
package func isClose(_ actual: [Double], _ expected: [Double], tolerance: Double) -> Bool {
    actual.count == expected.count && zip(actual, expected).allSatisfy { isClose($0, $1, tolerance: tolerance) }
}
