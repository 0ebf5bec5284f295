/// A column of a result: its name, as the query gave it, and the type of its values.
package struct ArrowField: Sendable, Equatable {
    package let name: String
    package let type: ArrowType
}
