package import LeewayCore

/// What the user wrote in `leeway.yaml`, with every default filled in.
///
/// Its encoded form goes into `training_metadata.json`.
package struct ProjectConfiguration: Sendable, Encodable, Equatable {
    /// The model's name in the registry.
    package var name: String
    package var source: SourceConfiguration
    package var target: TargetConfiguration
    package var features: FeatureConfiguration
    package var split: SplitConfiguration
    package var validation: ValidationConfiguration
    package var model: ModelConfiguration
    package var evaluation: EvaluationConfiguration
    /// What the split and the bootstrap draw from.
    package var seed: Int
    /// How the machine is used; no part of what makes a run reproducible, so it is not encoded.
    package var engine: EngineConfiguration
    /// How versions are served; no part of what makes a run reproducible either.
    package var serving = ServingConfiguration()
    /// How what comes in is watched.
    package var monitoring = MonitoringConfiguration()
    /// When it is trained again, and what takes the champion's place.
    package var retraining = RetrainingConfiguration()

    enum CodingKeys: String, CodingKey, CaseIterable {
        case name
        case source
        case target
        case features
        case split
        case validation
        case model
        case evaluation
        case seed
    }

    /// The keys at the top of the file.
    static var sections: [String] {
        CodingKeys.allCases.map(\.rawValue) + ["engine", "serving", "monitoring", "retraining"]
    }
}

/// Where the rows come from.
package struct SourceConfiguration: Sendable, Encodable, Equatable {
    /// One file or glob and how it is read.
    package struct File: Sendable, Encodable, Equatable {
        /// As the user wrote it; relative to the folder of the configuration.
        package var path: String
        package var options: FileOptions

        package init(path: String, options: FileOptions) { (self.path, self.options) = (path, options) }
    }

    package var files: [File]

    package init(files: [File]) { self.files = files }
}

/// How a file is read.
package struct FileOptions: Sendable, Encodable, Equatable {
    package enum Format: String, Sendable, Encodable, CaseIterable {
        case csv
        case parquet
    }

    /// nil: by the file's ending.
    package var format: Format?
    /// nil: found by the reader.
    package var delimiter: String?
    package var quote: String
    /// nil: true unless names are given.
    package var header: Bool?
    /// The columns' names for a file without a header.
    package var names: [String]?
    package var skipLines: Int
    /// Whether spaces around texts are taken off.
    package var trim: Bool
    /// The texts that mean a missing value, beside nothing at all.
    package var nullValues: [String]

    /// The defaults: a CSV file with a header.
    package init() {
        (quote, skipLines, trim, nullValues) = ("\"", 0, false, [])
    }

    enum CodingKeys: String, CodingKey {
        case format
        case delimiter
        case quote
        case header
        case names
        case skipLines = "skip_lines"
        case trim
        case nullValues = "null_values"
    }
}

/// What is predicted.
package struct TargetConfiguration: Sendable, Encodable, Equatable {
    package var column: String
    /// The class whose probability is predicted; nil: the last of the two, by number where both are numbers, else by UTF-8 bytes.
    package var positive: String?
    /// An ending that is taken off every value.
    package var stripSuffix: String?

    enum CodingKeys: String, CodingKey {
        case column
        case positive
        case stripSuffix = "strip_suffix"
    }
}

/// What the model sees of the columns.
package struct FeatureConfiguration: Sendable, Encodable, Equatable {
    package enum NumericFill: Sendable, Encodable, Equatable {
        case median
        case mean
        case constant(Double)

        package func encode(to encoder: any Encoder) throws {
            var container = encoder.singleValueContainer()
            switch self {
            case .median: try container.encode("median")
            case .mean: try container.encode("mean")
            case .constant(let value): try container.encode(["constant": value])
            }
        }
    }

    package enum CategoryFill: Sendable, Encodable, Equatable {
        case mostFrequent
        case keep
        case constant(String)

        package func encode(to encoder: any Encoder) throws {
            var container = encoder.singleValueContainer()
            switch self {
            case .mostFrequent: try container.encode("most_frequent")
            case .keep: try container.encode("keep")
            case .constant(let value): try container.encode(["constant": value])
            }
        }
    }

    package enum Scaling: String, Sendable, Encodable, CaseIterable {
        case standard
        case none
    }

    /// Columns that are no features.
    package var drop: [String]
    /// Columns that are numbers whatever they look like.
    package var numeric: [String]
    /// Columns that are categories whatever they look like.
    package var categorical: [String]
    package var numericFill: NumericFill
    package var categoryFill: CategoryFill
    package var scaling: Scaling
    /// A column of texts with more distinct values than this is no feature.
    package var maximumCategories: Int

    enum CodingKeys: String, CodingKey {
        case drop
        case numeric
        case categorical
        case numericFill = "impute_numeric"
        case categoryFill = "impute_categorical"
        case scaling = "scale"
        case maximumCategories = "max_categories"
    }
}

/// Which rows test.
package struct SplitConfiguration: Sendable, Encodable, Equatable {
    package var testShare: Double
    /// A file of row numbers, from 0, one a line; nil: by the hash of each row.
    package var testRows: String?

    enum CodingKeys: String, CodingKey {
        case testShare = "test_share"
        case testRows = "test_rows"
    }
}

/// What the data must keep to.
package struct ValidationConfiguration: Sendable, Encodable, Equatable {
    package struct Column: Sendable, Encodable, Equatable {
        package var name: String
        package var type: ColumnType?
        package var minimum: Double?
        package var maximum: Double?
        package var values: [String]?
        package var maximumNullShare: Double?
        package var severity: String

        enum CodingKeys: String, CodingKey {
            case name
            case type
            case minimum = "min"
            case maximum = "max"
            case values
            case maximumNullShare = "max_null_share"
            case severity
        }
    }

    package var minimumRows: Int
    package var warnedNullShare: Double
    /// A `schema.json` of an earlier run that the data must keep to.
    package var schema: String?
    package var schemaSeverity: String
    package var columns: [Column]

    enum CodingKeys: String, CodingKey {
        case minimumRows = "min_rows"
        case warnedNullShare = "warn_null_share"
        case schema
        case schemaSeverity = "schema_severity"
        case columns
    }
}

/// What is fitted.
package struct ModelConfiguration: Sendable, Encodable, Equatable {
    package enum Kind: String, Sendable, Encodable, CaseIterable {
        case logisticRegression = "logistic_regression"
    }

    package enum ClassWeight: String, Sendable, Encodable, CaseIterable {
        case none
        case balanced
    }

    package var type: Kind
    /// C: the inverse of the strength of regularisation.
    package var inverseRegularization: Double
    package var classWeight: ClassWeight
    /// The probability from which a row is called positive.
    package var threshold: Double

    enum CodingKeys: String, CodingKey {
        case type
        case inverseRegularization = "C"
        case classWeight = "class_weight"
        case threshold
    }
}

/// How the model is measured.
package struct EvaluationConfiguration: Sendable, Encodable, Equatable {
    /// Resamples behind the intervals; 0 gives none.
    package var bootstrap: Int
}

/// How the machine is used.
package struct EngineConfiguration: Sendable, Equatable {
    /// nil: every core.
    package var threads: Int?
    /// Such as `2GB`; nil: the engine's own default.
    package var memoryLimit: String?

    package init(threads: Int? = nil, memoryLimit: String? = nil) {
        (self.threads, self.memoryLimit) = (threads, memoryLimit)
    }
}
