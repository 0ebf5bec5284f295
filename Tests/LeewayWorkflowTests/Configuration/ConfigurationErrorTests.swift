import LeewayCore
import Testing

@testable import LeewayWorkflow

/// Every way in which a configuration can be wrong, with the exact words.
@Suite struct ConfigurationErrorTests {
    private static let sourceHint = "Name a file, a list of files or a glob: 'source: data.csv'."
    private static let targetHint = "Name the column to predict: 'target: COLUMN'."
    private static let emptyHint = "It needs at least 'source:' and 'target:'."
    private static let yamlHint = "Quote texts that hold ':', '#', '>' or quotes."

    @Test(arguments: ["", "\n\n", "# nothing here\n", "---\n"])
    func `an empty file`(text: String) { expectRefusal(text, ": the file is empty.", hint: Self.emptyHint) }

    @Test(arguments: ["data.csv", "- source: a\n- target: b", "42"])
    func `a file that is no mapping`(text: String) {
        expectRefusal(text, ", line 1: the file must be a list of 'key: value' lines.")
    }

    @Test func `a missing source or target`() {
        expectRefusal("source: a", ", line 1: the key 'target' is missing.", hint: Self.targetHint)
        expectRefusal("source: a\ntarget:", ", line 1: the key 'target' is missing.", hint: Self.targetHint)
        expectRefusal("target: y", ", line 1: the key 'source' is missing.", hint: Self.sourceHint)
        expectRefusal(
            "source: a\ntarget: {positive: b}", ", line 2: the key 'target.column' is missing.",
            hint: "Name the column to predict.")
        expectRefusal("source: a\ntarget: [a, b]", ", line 2: 'target' must be a list of 'key: value' lines.")
        expectRefusal("source: a\ntarget: {column: [a]}", ", line 2: 'target.column' must be a single value.")
    }

    @Test func `an unknown key`() {
        expectRefusal(
            "source: a\ntraget: y\ntarget: z", ", line 2: unknown key 'traget'.", hint: "Did you mean 'target'?")
        expectRefusal(with: "sed: 1", ", line 3: unknown key 'sed'.", hint: "Did you mean 'seed'?")
        expectRefusal(
            with: "whatever: 1", ", line 3: unknown key 'whatever'.",
            hint:
                "Known keys: engine, evaluation, features, model, monitoring, name, retraining, seed, serving, source, split, target, validation."
        )
        expectRefusal(
            with: "features:\n  drop: a\n  inpute_numeric: mean",
            ", line 5: unknown key 'inpute_numeric' in 'features'.",
            hint: "Did you mean 'impute_numeric'?")
        expectRefusal(
            with: "split:\n  test_size: 1", ", line 4: unknown key 'test_size' in 'split'.",
            hint: "Did you mean 'test_share'?")
        expectRefusal(with: "model:\n  c: 1", ", line 4: unknown key 'c' in 'model'.", hint: "Did you mean 'C'?")
        expectRefusal(
            with: "model: {treshold: .5}", ", line 3: unknown key 'treshold' in 'model'.",
            hint: "Did you mean 'threshold'?")
        expectRefusal(
            with: "evaluation: {boot: 1}", ", line 3: unknown key 'boot' in 'evaluation'.",
            hint: "Known keys: bootstrap.")
        expectRefusal(
            with: "engine: {thread: 1}", ", line 3: unknown key 'thread' in 'engine'.", hint: "Did you mean 'threads'?")
        expectRefusal(
            "source: a\ntarget: {column: y, postive: b}", ", line 2: unknown key 'postive' in 'target'.",
            hint: "Did you mean 'positive'?")
        expectRefusal(
            with: "validation: {columns: {age: {mim: 1}}}", ", line 3: unknown key 'mim' in 'validation.columns.age'.",
            hint: "Did you mean 'min'?")
        expectRefusal(
            with: "features: {impute_numeric: {const: 1}}",
            ", line 3: unknown key 'const' in 'features.impute_numeric'.",
            hint: "Known keys: constant.")
        expectRefusal(
            with: "{a: b}: 1", ", line 3: unknown key '?'.",
            hint:
                "Known keys: engine, evaluation, features, model, monitoring, name, retraining, seed, serving, source, split, target, validation."
        )
    }

    @Test func `a wrong type`() {
        expectRefusal(with: "seed: [1]", ", line 3: 'seed' must be a whole number, 0 or more.")
        expectRefusal(with: "seed: 1.5", ", line 3: 'seed' must be a whole number, 0 or more.")
        expectRefusal(with: "name: [a]", ", line 3: 'name' must be a single value.")
        expectRefusal(with: "features: mean", ", line 3: 'features' must be a list of 'key: value' lines.")
        expectRefusal(
            with: "features: {drop: {a: b}}", ", line 3: 'features.drop' must be a value or a list of values.")
        expectRefusal(with: "features: {drop: [{a: b}]}", ", line 3: 'features.drop' must be a list of single values.")
        expectRefusal(
            with: "split: {test_share: a fifth}", ", line 3: 'split.test_share' must be a number between 0 and 1.")
        expectRefusal(with: "model: {C: {a: b}}", ", line 3: 'model.C' must be a number above 0.")
        expectRefusal(
            with: "validation: {columns: [age]}", ", line 3: 'validation.columns' must be a list of 'key: value' lines."
        )
        expectRefusal(
            with: "validation: {columns: {age: integer}}",
            ", line 3: 'validation.columns.age' must be a list of 'key: value' lines.")
    }

    @Test func `a value out of range`() {
        expectRefusal(with: "seed: -1", ", line 3: 'seed' must be a whole number, 0 or more.")
        expectRefusal(with: "seed: 9223372036854775808", ", line 3: 'seed' must be a whole number, 0 or more.")
        for share in ["0", "1", "-0.1", "20", "nan", ".inf", "inf"] {
            expectRefusal(
                with: "split: {test_share: \(share)}", ", line 3: 'split.test_share' must be a number between 0 and 1.")
            expectRefusal(
                with: "model: {threshold: \(share)}", ", line 3: 'model.threshold' must be a number between 0 and 1.")
        }
        for value in ["0", "-1", "inf"] {
            expectRefusal(with: "model: {C: \(value)}", ", line 3: 'model.C' must be a number above 0.")
        }
        expectRefusal(
            with: "validation: {warn_null_share: 1.1}",
            ", line 3: 'validation.warn_null_share' must be a number from 0 to 1.")
        expectRefusal(
            with: "validation:\n  columns:\n    a:\n      max_null_share: 5 %",
            ", line 6: 'validation.columns.a.max_null_share' must be a number from 0 to 1.")
        expectRefusal(
            with: "validation: {min_rows: 0}", ", line 3: 'validation.min_rows' must be a whole number, 1 or more.")
        expectRefusal(
            with: "evaluation: {bootstrap: 100001}",
            ", line 3: 'evaluation.bootstrap' must be a whole number, 0 to 100000.")
        expectRefusal(with: "engine: {threads: 0}", ", line 3: 'engine.threads' must be a whole number, 1 to 1024.")
        expectRefusal(
            with: "features: {max_categories: 0}",
            ", line 3: 'features.max_categories' must be a whole number, 1 to 65536.")
    }

    @Test func `a word that is none of the choices`() {
        expectRefusal(
            with: "model: {class_weight: balance}", ", line 3: 'model.class_weight' must be none or balanced.",
            hint: "Did you mean 'balanced'?")
        expectRefusal(with: "model: {type: forest}", ", line 3: 'model.type' must be logistic_regression.")
        expectRefusal(
            with: "model: logistic_regresion", ", line 3: 'model' must be logistic_regression.",
            hint: "Did you mean 'logistic_regression'?")
        expectRefusal(with: "features: {scale: minmax}", ", line 3: 'features.scale' must be standard or none.")
        expectRefusal(
            with: "features: {impute_numeric: modus}",
            ", line 3: 'features.impute_numeric' must be median, mean or {constant: NUMBER}.")
        expectRefusal(
            with: "features: {impute_numeric: {constant: x}}",
            ", line 3: 'features.impute_numeric.constant' must be a number.")
        expectRefusal(
            with: "features: {impute_categorical: {}}",
            ", line 3: 'features.impute_categorical' must be most_frequent, keep or {constant: TEXT}.")
        expectRefusal(
            with: "validation: {schema_severity: warning}",
            ", line 3: 'validation.schema_severity' must be error or warn.")
        expectRefusal(
            with: "validation: {columns: {a: {type: int}}}",
            ", line 3: 'validation.columns.a.type' must be integer or number or boolean or text or date or time or timestamp."
        )
    }

    @Test(arguments: ["''", "a b", ".hidden", "a/b", "ü", "../x"])
    func `a name that is none`(name: String) {
        expectRefusal(
            with: "name: \(name)",
            ", line 3: 'name' must be 1 to 100 letters, digits, '-', '_' or '.', and not begin with '.'.")
    }

    @Test func `two ways to split`() {
        expectRefusal(
            with: "split:\n  test_share: 0.2\n  test_rows: a.txt",
            ", line 5: 'split' takes 'test_share' or 'test_rows', not both.")
    }

    @Test func `a key that stands twice`() {
        expectRefusal("source: a\ntarget: y\nseed: 1\nsource: b", ", line 1: the key 'source' stands twice.")
        expectRefusal(with: "model:\n  C: 1\n  C: 2", ", line 4: the key 'C' stands twice.")
    }

    @Test func `what is no YAML`() {
        expectRefusal(
            "source: a\n\ttarget: y", ", line 2: this is no YAML: found a tab character that violates indentation.",
            hint: Self.yamlHint)
        expectRefusal(
            "source: [a\ntarget: y\n", ", line 2: this is no YAML: did not find expected ',' or ']'.",
            hint: Self.yamlHint)
        expectRefusal(
            "source: 'a\ntarget: y\n", ", line 3: this is no YAML: found unexpected end of stream.", hint: Self.yamlHint
        )
        expectRefusal(
            "source: a: b\ntarget: y", ", line 1: this is no YAML: mapping values are not allowed in this context.",
            hint: Self.yamlHint)
        expectRefusal(
            "source: *nothing\ntarget: y", ", line 1: this is no YAML: found undefined alias.", hint: Self.yamlHint)
        expectRefusal(
            "source: a\ntarget: y\n---\nsource: b\n", ", line 3: this is no YAML: but found another document.",
            hint: Self.yamlHint)
    }
}
