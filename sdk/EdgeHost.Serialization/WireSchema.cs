namespace EdgeHost.Serialization;

/// <summary>Puts the schemas of nested messages into those around them; called by generated code. Thread-safe.</summary>
public static class WireSchema
{
    private const string Start = "{\"description\":\"";

    /// <summary>The schema of a message.</summary>
    /// <typeparam name="T">The message.</typeparam>
    public static string Of<T>()
        where T : IWireMessage<T>
        => T.JsonSchema;

    /// <summary>The schema of a message with another description.</summary>
    /// <typeparam name="T">The message.</typeparam>
    /// <param name="quotedDescription">The description as a JSON string with its quotes.</param>
    public static string Of<T>(string quotedDescription)
        where T : IWireMessage<T>
        => WithDescription(T.JsonSchema, quotedDescription);

    // A generated schema has its description first, if it has one, so no parser is needed.
    private static string WithDescription(string schema, string quotedDescription)
    {
        var rest = 1;
        if (schema.StartsWith(Start, StringComparison.Ordinal))
        {
            rest = Start.Length;
            while (schema[rest] != '"') rest += schema[rest] == '\\' ? 2 : 1;
            rest += schema[rest + 1] == ',' ? 2 : 1;
        }

        var separator = schema[rest] == '}' ? string.Empty : ",";
        return $"{{\"description\":{quotedDescription}{separator}{schema.AsSpan(rest)}";
    }
}
