import Testing

@testable import LeewayWorkflow

@Suite struct CountedTests {
    @Test(arguments: [
        (0, "0"), (7, "7"), (999, "999"), (1_000, "1,000"), (48_842, "48,842"), (1_234_567, "1,234,567"),
        (-1_000, "-1,000"), (-12, "-12"), (.max, "9,223,372,036,854,775,807"), (.min, "-9,223,372,036,854,775,808"),
    ])
    func `thousands are grouped`(number: Int, text: String) { #expect(number.grouped == text) }

    @Test(arguments: [(0, "0 rows"), (1, "1 row"), (2, "2 rows"), (1_000, "1,000 rows"), (-1, "-1 rows")])
    func `one is not many`(number: Int, text: String) { #expect(counted(number, "row") == text) }

    // Oracle: CPython 3.11.7, f"{x:.0e}" without the exponent's padding, but for halves, which are rounded up here.
    @Test(
        arguments: [
            (3e-12, "3e-12"), (9.6e-10, "1e-9"), (0.94, "9e-1"), (0.96, "1e0"), (1, "1e0"), (9.4, "9e0"), (9.6, "1e1"),
            (123_456, "1e5"), (-2.6e7, "-3e7"), (0, "0.0"), (.infinity, "inf"), (.nan, "nan"),
            (.greatestFiniteMagnitude, "2e308"), (.leastNonzeroMagnitude, "5e-324"), (1e300, "1e300"),
            (1e-300, "1e-300"),
        ] as [(Double, String)])
    func `one digit and a power of ten`(number: Double, text: String) { #expect(number.scientific == text) }
}
