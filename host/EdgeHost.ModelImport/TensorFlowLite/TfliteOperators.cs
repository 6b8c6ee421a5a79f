using EdgeHost.ModelImport.TensorFlowLite.Operators;

namespace EdgeHost.ModelImport.TensorFlowLite;

/// <summary>The operators that are known, by the numbers of files. Thread-safe.</summary>
internal static class TfliteOperators
{
    private static readonly Dictionary<int, (string Name, TfliteMapper Map)> Table =
        new[] { TfliteElementMappers.Table, TfliteWindowMappers.Table, TfliteShapeMappers.Table }.SelectMany(static table => table).ToDictionary(static entry => entry.Code, static entry => (entry.Name, entry.Map));

    /// <summary>The one who maps an operator, or null.</summary>
    public static TfliteMapper? Find(TfliteOperator entry) => entry.Custom.Length == 0 && Table.TryGetValue(entry.Code, out var known) ? known.Map : null;

    /// <summary>How an operator is called in messages.</summary>
    public static string NameOf(TfliteOperator entry)
        => entry.Custom.Length > 0 ? entry.Custom : Table.TryGetValue(entry.Code, out var known) ? known.Name : $"BUILTIN_{entry.Code}";
}
