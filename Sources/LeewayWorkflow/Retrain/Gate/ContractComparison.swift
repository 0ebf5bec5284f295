import LeewayCore
import LeewayValidate

/// Whether a contract admits every row that another one admits.
enum ContractComparison {
    /// What rows of the champion's contract the challenger's would refuse, a sentence each.
    static func problems(champion: Contract, challenger: Contract) -> [String] {
        var problems: [String] = []
        for field in champion.fields {
            guard let own = challenger.fields.first(where: { $0.name == field.name }) else {
                if challenger.mode == .strict { problems.append("'\(field.name)' is not known any more.") }
                continue
            }
            problems += self.problems(field, own).map { "'\(field.name)' \($0)" }
        }
        for field in challenger.fields
        where field.isRequired && !champion.fields.contains(where: { $0.name == field.name }) {
            problems.append("'\(field.name)' is new and must be there.")
        }
        return problems
    }

    private static func problems(_ field: Contract.Field, _ own: Contract.Field) -> [String] {
        let isNarrower = field.type != own.type && !(field.type == .integer && own.type == .number)
        if isNarrower { return ["has another type."] }
        var problems: [String] = []
        if own.isRequired, !field.isRequired { problems.append("must be there now.") }
        if !own.isNullable, field.isNullable { problems.append("must not be null any more.") }
        if let minimum = own.minimum, field.minimum.map({ $0 < minimum }) ?? true {
            problems.append("has a higher minimum.")
        }
        if let maximum = own.maximum, field.maximum.map({ $0 > maximum }) ?? true {
            problems.append("has a lower maximum.")
        }
        if own.isClosed, !field.isClosed || !Set(field.categories).isSubset(of: own.categories) {
            problems.append("has fewer categories.")
        }
        return problems
    }
}
