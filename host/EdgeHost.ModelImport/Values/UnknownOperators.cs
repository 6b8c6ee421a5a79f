namespace EdgeHost.ModelImport.Values;

/// <summary>Operators of a model that have no mapping.</summary>
internal static class UnknownOperators
{
    private const int MostNames = 64;

    /// <summary>Refuses a model that has any, and names all of them at once, each with how often it is used.</summary>
    /// <exception cref="EdgeHostException"><see cref="ErrorCode.Unimplemented"/>.</exception>
    public static void Refuse(string format, IEnumerable<string> operations)
    {
        var unknown = operations.CountBy(operation => operation, StringComparer.Ordinal).OrderBy(entry => entry.Key, StringComparer.Ordinal).ToList();
        if (unknown.Count == 0) return;
        var names = string.Join(", ", unknown.Take(MostNames).Select(entry => $"{ImportProblem.Name(entry.Key)} ({entry.Value})"));
        var rest = unknown.Count > MostNames ? $" and {unknown.Count - MostNames} more" : "";
        throw new EdgeHostException(
            ErrorCode.Unimplemented, $"The model cannot be imported: it uses {format} operators that are not known here: {names}{rest}. docs/models-import.md lists those that are.")
        {
            Details = new Dictionary<string, string>(StringComparer.Ordinal) { ["operators"] = string.Join(',', unknown.Take(MostNames).Select(entry => ImportProblem.Name(entry.Key))) },
        };
    }
}
