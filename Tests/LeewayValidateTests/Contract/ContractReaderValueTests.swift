import LeewayCore
import LeewayValidate
import Testing

/// Every kind of value in every kind of field: what a strict, a coercing and a lenient contract make of it.
@Suite struct ContractReaderValueTests {
    typealias Case = (value: ContractSample.Value, outcomes: [String])

    /// One outcome stands for all three modes.
    private static func check(_ field: Contract.Field, _ cases: [Case], trims: Bool = true) {
        for (value, outcomes) in cases {
            for (place, mode) in [Contract.Mode.strict, .coerce, .lenient].enumerated() {
                let outcome = ContractSample.outcome(value, field, mode, trims: trims)
                let expected = outcomes[min(place, outcomes.count - 1)]
                #expect(outcome == expected, "\(field.name): \(value), \(mode)")
            }
        }
    }

    /// Refused by the first two, and let pass by the third.
    private static func bad(_ outcome: String) -> [String] { [outcome + "!", outcome + "!", outcome + "~"] }

    @Test func `a whole number with a range`() {
        Self.check(
            ContractSample.age,
            [
                (.number(39), ["39.0"]), (.number(17), ["17.0"]), (.number(90), ["90.0"]),
                (.number(16), Self.bad("16.0 range")),
                (.number(91), Self.bad("91.0 range")),
                (.number(-0.0), Self.bad("-0.0 range")),
                (.number(1e300), Self.bad("1e+300 range")),
                (.number(0x1p53 + 2), Self.bad("9.007199254740994e+15 range")),
                (.number(39.5), ["- type!", "- type!", "39.5 type~"]),
                (.number(.infinity), Self.bad("- type")),
                (.number(.nan), Self.bad("- type")),
                (.text("39"), ["- type!", "39.0"]), (.text(" 39\t"), ["- type!", "39.0"]),
                (.text("39.0"), ["- type!", "39.0"]), (.text("3.9e1"), ["- type!", "39.0"]),
                (.text("+39"), ["- type!", "39.0"]), (.text("16"), ["- type!", "16.0 range!", "16.0 range~"]),
                (.text("39.5"), ["- type!", "- type!", "39.5 type~"]),
                (.text("0x27"), Self.bad("- type")),
                (.text("３９"), Self.bad("- type")), (.text("3 9"), Self.bad("- type")),
                (.text("39\n"), Self.bad("- type")),
                (.text(""), ["- type!", "- null!", "- null~"]), (.text(" "), ["- type!", "- null!", "- null~"]),
                (.text(" ? "), ["- type!", "- null!", "- null~"]), (.text("NA"), ["- type!", "- null!", "- null~"]),
                (.text("na"), Self.bad("- type")),
                (.untyped("39"), ["39.0"]), (.untyped("?"), Self.bad("- null")),
                (.untyped("old"), Self.bad("- type")),
                (.boolean(true), Self.bad("- type")), (.null, Self.bad("- null")),
                (.nested, Self.bad("- type")),
                (.nothing, Self.bad("- required")),
            ])
    }

    @Test func `a number that may be null`() {
        let far = String(repeating: "9", count: 401)
        Self.check(
            ContractSample.rate,
            [
                (.number(0.1), ["0.1"]), (.number(-0.0), ["-0.0"]), (.number(1e300), ["1e+300"]),
                (.number(.leastNonzeroMagnitude), ["5e-324"]),
                (.number(-.leastNonzeroMagnitude), Self.bad("-5e-324 range")),
                (.text("0.1"), ["- type!", "0.1"]), (.text(".5"), ["- type!", "0.5"]),
                (.text("-0"), ["- type!", "-0.0"]),
                (.text("123456789012345"), ["- type!", "123456789012345.0"]),
                (.text("9007199254740993"), ["- type!", "9007199254740992.0"]),
                (.text("18446744073709551616"), ["- type!", "1.8446744073709552e+19"]),
                (.text("1e999"), Self.bad("- type")), (.text("1e"), Self.bad("- type")),
                (.text("--1"), Self.bad("- type")), (.text("1.2.3"), Self.bad("- type")),
                (.text("nan"), Self.bad("- type")), (.text("inf"), Self.bad("- type")),
                (.text("1,5"), Self.bad("- type")), (.text(far), Self.bad("- type")),
                (.text(""), ["- type!", "-"]), (.text("\t?"), ["- type!", "-"]), (.untyped(""), ["-"]),
                (.untyped("1e2"), ["100.0"]), (.boolean(false), Self.bad("- type")), (.null, ["-"]),
                (.nothing, Self.bad("- required")),
            ])
    }

    @Test func `a text of few categories`() {
        Self.check(
            ContractSample.job,
            [
                (.text("clerk"), ["clerk"]), (.text("é"), ["é"]),
                (.text("e\u{301}"), Self.bad("?e\u{301} category")),
                (.text("Clerk"), Self.bad("?Clerk category")),
                (.text(" clerk "), ["? clerk  category!", "clerk"]),
                (.text("clerk\n"), Self.bad("?clerk\n category")),
                (.text(" 7"), [" 7", "?7 category!", "?7 category~"]),
                (.text("\u{1F600}\0"), Self.bad("?\u{1F600}\0 category")),
                (.text(""), ["? category!", "- null!", "- null~"]),
                (.text("?"), ["?? category!", "- null!", "- null~"]),
                (.untyped("smith"), ["smith"]), (.untyped(" smith"), ["smith"]),
                (.untyped("NA"), Self.bad("- null")),
                (.number(7), ["- type!", "?7 category!", "?7 category~"]),
                (.boolean(true), ["- type!", "?true category!", "?true category~"]),
                (.null, Self.bad("- null")), (.nested, Self.bad("- type")),
                (.nothing, Self.bad("- required")),
            ])
    }

    @Test func `a text is trimmed only where training trimmed`() {
        Self.check(
            ContractSample.job,
            [
                (.text(" 7"), [" 7"]), (.untyped(" 7"), [" 7"]),
                (.text("smith "), Self.bad("?smith  category")),
                (.text(" ?"), Self.bad("? ? category")),
            ], trims: false)
        // A number is a number with spaces around it all the same.
        Self.check(ContractSample.age, [(.text(" 39 "), ["- type!", "39.0"])], trims: false)
    }

    @Test func `a text of too many categories to be closed`() {
        Self.check(
            ContractSample.city,
            [
                (.text("Rome"), ["Rome"]), (.text("Oslo"), ["?Oslo"]), (.text(" Oslo"), ["? Oslo", "?Oslo"]),
                (.text(""), ["?", "-"]), (.number(5), ["- type!", "?5"]), (.number(0.5), ["- type!", "?0.5"]),
                (.number(1e300), ["- type!", "?1e+300"]), (.boolean(false), ["- type!", "?false"]), (.null, ["-"]),
            ])
    }

    @Test func `true and false`() {
        Self.check(
            ContractSample.member,
            [
                (.boolean(true), ["true"]), (.boolean(false), ["false"]),
                (.text("true"), ["- type!", "true"]), (.text("TRUE"), ["- type!", "true"]),
                (.text(" f "), ["- type!", "false"]), (.text("yes"), ["- type!", "true"]),
                (.text("0"), ["- type!", "false"]), (.text("truest"), Self.bad("- type")),
                (.text("true false"), Self.bad("- type")),
                (.text(""), ["- type!", "- null!", "- null~"]),
                (.untyped("No"), ["false"]), (.number(1), ["- type!", "true"]), (.number(-0.0), ["- type!", "false"]),
                (.number(2), Self.bad("- type")), (.number(0.5), Self.bad("- type")),
                (.null, Self.bad("- null")),
            ])
    }

    @Test func `numbers that the model takes for categories`() {
        Self.check(
            ContractSample.grade,
            [
                (.number(1), ["1"]), (.number(10), ["10"]), (.number(3), Self.bad("?3 category")),
                (.text("2"), ["- type!", "2"]), (.text("2.0"), ["- type!", "2"]), (.text("+1e1"), ["- type!", "10"]),
                (.text("x"), Self.bad("- type")), (.untyped("10"), ["10"]),
                (.text(""), ["- type!", "- null!", "- null~"]),
                (
                    .boolean(true),
                    [
                        "- type!", "?true category!", "?true category~",
                    ]
                ),
            ])
        Self.check(
            ContractSample.share,
            [
                (.number(0.5), ["0.5"]), (.number(-0.0), ["0"]), (.number(1e300), ["1e+300"]), (.number(7.5), ["?7.5"]),
                (.number(0x1p53 + 2), ["?9007199254740994"]), (.number(.infinity), Self.bad("- type")),
                (.text("5e-1"), ["- type!", "0.5"]), (.text("0.50"), ["- type!", "0.5"]), (.untyped("7"), ["?7"]),
            ])
    }

    @Test func `a date that the model does not use`() {
        Self.check(
            ContractSample.born,
            [
                (.text("2026-11-23"), ["?2026-11-23"]), (.number(2026), ["- type!", "?2026"]), (.null, ["-"]),
                (.nothing, ["-"]), (.nested, Self.bad("- type")),
            ])
    }
}
