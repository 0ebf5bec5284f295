import LeewayCore
import LeewayMonitor
import LeewayStore

/// The car-loan data as `Benchmarks/drift/peers/car_loan.py` writes it: reference and analysis, each in the order of time.
struct LoanFolder {
    /// The rows of one period.
    struct Rows {
        let scores: [Double]
        let decisions: [Bool]
        let labels: [Bool]
        /// The model's features.
        let features: [Dataset.Values]

        /// Some of the rows.
        subscript(range: Range<Int>) -> Rows {
            Rows(
                scores: Array(scores[range]), decisions: Array(decisions[range]), labels: Array(labels[range]),
                features: features.map { Self.values($0, range) })
        }

        private static func values(_ values: Dataset.Values, _ range: Range<Int>) -> Dataset.Values {
            switch values {
            case .numeric(let numbers): .numeric(Array(numbers[range]))
            case .categorical(let categorical):
                .categorical(
                    Categorical(categories: categorical.categories, codes: Array(categorical.codes[range])))
            }
        }
    }

    private struct Meta: Decodable {
        struct Column: Decodable {
            let name: String
            let kind: String
            let cardinality: Int?
        }

        let columns: [Column]
        let threshold: Double
    }

    let reference: Rows
    let analysis: Rows
    /// From which score on a row is decided for.
    let threshold: Double

    init(_ folder: String) throws {
        let name = "\(folder)/meta.json"
        let meta = try ArtifactCoding.decode(Meta.self, from: try FileSystem.read(name), name: name)
        reference = try Self.rows(of: "reference", in: folder, meta)
        analysis = try Self.rows(of: "analysis", in: folder, meta)
        threshold = meta.threshold
    }

    private static func rows(of period: String, in folder: String, _ meta: Meta) throws -> Rows {
        func numbers(_ name: String) throws -> [Double] { try NumpyFile.read("\(folder)/\(period)_\(name).npy") }
        let features = try meta.columns.enumerated().map { place, column in
            let numbers = try numbers("\(place)")
            guard column.kind == "category" else { return Dataset.Values.numeric(numbers) }
            return .categorical(
                Categorical(
                    categories: (0..<(column.cardinality ?? 0)).map { "k\($0)" }, codes: numbers.map { Int32($0) }))
        }
        return Rows(
            scores: try numbers("score"), decisions: try numbers("decision").map { $0 > 0.5 },
            labels: try numbers("label").map { $0 > 0.5 }, features: features)
    }
}
