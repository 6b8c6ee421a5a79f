namespace EdgeHost.ModelImport.TensorFlowJs;

/// <summary>One use of an operator in the topology. Immutable.</summary>
/// <param name="Name">Its name, unique in the graph.</param>
/// <param name="Operator">TensorFlow's name of the operator.</param>
/// <param name="Inputs">What it reads, without what only has to come before.</param>
/// <param name="Attributes">What is fixed of the operator.</param>
internal sealed record TfjsNode(string Name, string Operator, IReadOnlyList<TfjsInput> Inputs, IReadOnlyDictionary<string, TfjsAttribute> Attributes);

/// <summary>An output of a node that another one reads. Immutable.</summary>
/// <param name="Node">The node.</param>
/// <param name="Output">Which of its outputs.</param>
internal readonly record struct TfjsInput(string Node, int Output)
{
    /// <summary>Reads <c>NODE</c> or <c>NODE:OUTPUT</c>.</summary>
    public static TfjsInput Parse(string text)
    {
        var colon = text.LastIndexOf(':');
        return colon > 0 && int.TryParse(text.AsSpan(colon + 1), System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var output)
            ? new TfjsInput(text[..colon], output)
            : new TfjsInput(text, 0);
    }

    /// <summary>The name under which it is known outside.</summary>
    public string PublicName => Output == 0 ? Node : $"{Node}:{Output}";
}
