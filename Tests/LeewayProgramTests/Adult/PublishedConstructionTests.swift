import Testing

extension ProgramTests {
    /// Every published figure of the Adult table that the artifacts hold, from `Examples/adult/published.yaml`.
    @Suite(.enabled(if: AdultProject.isThere, AdultProject.isMissing)) struct PublishedConstructionTests {
        /// One run for all of these tests.
        private static let project = Task { try await AdultProject.run("published.yaml").keptUntilExit() }

        private func artifact(_ name: String) async throws -> JSON { try await Self.project.value.artifact(name) }

        @Test func `rows, columns and duplicates`() async throws {
            let report = try await artifact("ingestion_report.json")
            #expect(report["rows"] == .number(48_842))
            #expect(report["columns_count"] == .number(15))
            #expect(report["duplicate_rows"] == .number(48))
            #expect(report["null_cells"] == .number(963 + 966 + 274))
        }

        @Test(arguments: [("workclass", 963), ("occupation", 966), ("native-country", 274), ("race", 0), ("age", 0)])
        func `nulls`(column: String, count: Double) async throws {
            let columns = try await artifact("ingestion_report.json")["columns"]
            #expect(columns.element(where: "name", is: column)["nulls"] == .number(count))
        }

        @Test(arguments: [
            ("age", 216), ("fnlwgt", 1453), ("education-num", 1794), ("hours-per-week", 13_496),
            ("capital-gain", 4035), ("capital-loss", 2282),
        ])
        func `outliers`(column: String, count: Double) async throws {
            let columns = try await artifact("ingestion_report.json")["columns"]
            #expect(columns.element(where: "name", is: column)["numeric"]["outliers"]["count"] == .number(count))
        }

        @Test(arguments: [
            ("age", 38.6436, 0.00005), ("fnlwgt", 189_664.13, 0.005), ("education-num", 10.0781, 0.00005),
            ("hours-per-week", 40.4224, 0.00005),
        ])
        func `means`(column: String, mean: Double, halfDigit: Double) async throws {
            let columns = try await artifact("ingestion_report.json")["columns"]
            expectClose(columns.element(where: "name", is: column)["numeric"]["mean"].number, mean, within: halfDigit)
        }

        @Test func `the target's balance`() async throws {
            let target = try await artifact("ingestion_report.json")["target"]
            #expect(target["classes"].list.map { $0["value"].text } == ["<=50K", ">50K"])
            #expect(target["classes"].list.map { $0["count"].number } == [37_155, 11_687])
            expectClose(target["classes"][0]["share"].number, 0.7607, within: 0.00005)
            expectClose(target["classes"][1]["share"].number, 0.2393, within: 0.00005)
            expectClose(target["imbalance_ratio"].number, 3.1792, within: 0.00005)
            expectClose(target["entropy"].number, 0.5503, within: 0.00005)
        }

        @Test func `111 features, a missing value a category of its own`() async throws {
            let features = try await artifact("feature_engineering_metadata.json")
            #expect(features["final_features"] == .number(111))
            #expect(features["features"].list.count == 111)
            #expect(features["numeric"].list.count == 6)
            #expect(features["rows"] == .number(48_842 - 9769))
        }

        @Test func `108 features where missing values are imputed`() async throws {
            let workspace = try await AdultProject.run(
                "published.yaml", changing: [("impute_categorical: keep", "impute_categorical: most_frequent")])
            let features = try workspace.artifact("feature_engineering_metadata.json")
            #expect(features["final_features"] == .number(108))
            let metrics = try workspace.artifact("training_metrics.json")["test"]["metrics"]
            // Published of a fit that stopped short of the optimum.
            expectClose(metrics["roc_auc"].number, 0.9049, within: 0.0001)
            expectClose(metrics["log_loss"].number, 0.3932, within: 0.0001)
        }

        @Test func `the metrics of the published split`() async throws {
            let metrics = try await artifact("training_metrics.json")["test"]["metrics"]
            #expect(metrics["rows"] == .number(9769))
            let matrix = metrics["confusion_matrix"]
            #expect(["tn", "fp", "fn", "tp"].map { matrix[$0].number } == [5952, 1479, 397, 1941])
            expectClose(metrics["roc_auc"].number, 0.9056, within: 0.00005)
            expectClose(metrics["log_loss"].number, 0.3919, within: 0.00005)
            // Published of a fit that stopped short of the optimum, two rows away.
            expectClose(metrics["accuracy"].number, 0.8081, within: 0.0002)
            expectClose(metrics["precision"].number, 0.5676, within: 0.0002)
            expectClose(metrics["recall"].number, 0.8311, within: 0.001)
            expectClose(metrics["f1"].number, 0.6745, within: 0.0004)
        }

        @Test func `every coefficient is that of the exact optimum`() async throws {
            let model = try await artifact("model.json")
            let features = try await artifact("feature_engineering_metadata.json")["features"].list
            expectClose(model["intercept"].number, PublishedWeights.intercept, within: 1e-6, "intercept")
            var found: [String: Double] = [:]
            for entry in model["numeric"].list { found["\(entry["column"].text ?? ""),"] = entry["weight"].number }
            for entry in model["categorical"].list {
                let column = try #require(entry["column"].text)
                let own = features.filter { $0["column"].text == column }
                try #require(own.count == entry["weights"].list.count)
                for (feature, weight) in zip(own, entry["weights"].list) {
                    found["\(column),\(feature["category"].text ?? "(missing)")"] = weight.number
                }
            }
            let lines = PublishedWeights.lines.split(separator: "\n")
            #expect(lines.count == 111 && found.count == 111)
            for line in lines {
                let cut = try #require(line.lastIndex(of: ","))
                let name = String(line[..<cut])
                let weight = try #require(Double(line[line.index(after: cut)...]))
                expectClose(found[name] ?? .nan, weight, within: 1e-6, name)
            }
            #expect(model["convergence"]["relative_gradient"].number < 1e-8)
        }

        @Test func `with every question mark a missing value`() async throws {
            let workspace = try await AdultProject.run("leeway.yaml")
            let report = try workspace.artifact("ingestion_report.json")
            #expect(report["duplicate_rows"] == .number(52))
            let nulls = ["workclass", "occupation", "native-country"].map {
                report["columns"].element(where: "name", is: $0)["nulls"].number
            }
            #expect(nulls == [2799, 2809, 857])
            let features = try workspace.artifact("feature_engineering_metadata.json")
            #expect(features["final_features"] == .number(105))
        }

        @Test func `no row is unlike itself in the split by content`() async throws {
            let workspace = try await AdultProject.run("leeway.yaml")
            let split = try workspace.artifact("training_metadata.json")["split"]
            #expect(split["method"].text == "hash")
            #expect(split["train_rows"].number + split["test_rows"].number == 48_842)
            expectClose(split["test_rows"].number / 48_842, 0.2, within: 0.01)
        }
    }
}
