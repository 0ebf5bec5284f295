import LeewayCore
import LeewayMonitor
import LeewayValidate

/// How the rows of a contract are counted in the bins of a version's reference.
struct WindowTally: Sendable {
    private struct Number: Sendable {
        let place: Int
        let column: Int
        /// Whether the log does not have its values.
        let isRedacted: Bool
    }

    private struct Category: Sendable {
        let place: Int
        let column: Int
        /// The bins' code by the contract's, for the codes from 0.
        let codes: [Int32]
        let isRedacted: Bool
    }

    let bins: WindowBins
    private let numbers: [Number]
    private let categories: [Category]
    private let numberCount: Int
    private let categoryCount: Int

    init(
        _ contract: Contract, _ reference: [ReferenceCounts], classes: TargetClasses, redacted: some Collection<String>
    ) {
        bins = WindowBins(reference, target: contract.target, classes: classes)
        (numberCount, categoryCount) = (contract.numberCount, contract.categoryCount)
        var (numbers, categories) = ([Number](), [Category]())
        for field in contract.fields {
            guard let column = bins.column(named: field.name) else { continue }
            let isRedacted = redacted.contains(field.name)
            switch (field.storage, bins.values[column]) {
            case (.number(let place), .numbers):
                numbers.append(Number(place: place, column: column, isRedacted: isRedacted))
            case (.category(let place), .categories):
                categories.append(
                    Category(
                        place: place, column: column,
                        codes: field.categories.map { [bins] in bins.code(of: $0, in: column) },
                        isRedacted: isRedacted))
            default: break
            }
        }
        (self.numbers, self.categories) = (numbers, categories)
    }

    /// Counts rows, with what was said of them; `fromLog` where redacted values can't be seen any more.
    func count(
        _ rows: ContractRows, probabilities: [Double], isPositive: [Bool], in counts: inout WindowCounts,
        fromLog: Bool = false
    ) {
        for row in 0..<rows.count {
            for number in numbers {
                if fromLog, number.isRedacted {
                    counts.addUnseen(to: number.column)
                } else {
                    counts.add(number: rows.numbers[row * numberCount + number.place], to: number.column)
                }
            }
            for category in categories {
                let code = rows.codes[row * categoryCount + category.place]
                if fromLog, category.isRedacted {
                    counts.addUnseen(to: category.column)
                } else {
                    counts.add(code: code < 0 ? code : category.codes[Int(code)], to: category.column)
                }
            }
            counts.add(number: probabilities[row], to: bins.score)
            counts.add(code: isPositive[row] ? 1 : 0, to: bins.label)
            counts.endRow()
        }
    }
}

extension WindowBins {
    /// The bins in which the rows of a version are counted: every column of its reference but the target.
    init(_ reference: [ReferenceCounts], target: String, classes: TargetClasses) {
        self.init(reference.filter { $0.column != target }, labels: [classes.negative, classes.positive])
    }
}
