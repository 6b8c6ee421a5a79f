using EdgeHost.ModelImport.TensorFlowJs.Operators;

namespace EdgeHost.ModelImport.TensorFlowJs;

/// <summary>The operators that are known, by TensorFlow's names. Thread-safe.</summary>
internal static class TfjsOperators
{
    private static readonly Dictionary<string, TfjsMapper> Table = new(
        [
            .. ElementMappers.Table, .. PairMappers.Table, .. WindowMappers.Table, .. ReductionMappers.Table, .. ShapeMappers.Table, .. PartMappers.Table, .. ProductMappers.Table,
            .. ConstantMappers.Table,
        ],
        StringComparer.Ordinal);

    /// <summary>All names, in order.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. Table.Keys.Concat(["Const", "Placeholder"]).Order(StringComparer.Ordinal)];

    /// <summary>Whether an operator is known.</summary>
    public static bool Knows(string operation) => operation is "Const" or "Placeholder" || Table.ContainsKey(operation);

    /// <summary>The one who maps an operator that is known.</summary>
    public static TfjsMapper Find(string operation) => Table[operation];
}
