using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace EdgeHost.Serialization.Generator;

/// <summary>A diagnostic in a form that compares by value and holds no syntax tree.</summary>
internal sealed record Finding(string Id, string Path, TextSpan Span, LinePositionSpan Lines, string First, string Second)
{
    public static Finding At(DiagnosticDescriptor rule, ISymbol symbol, string first, string second = "")
    {
        var location = symbol.Locations.FirstOrDefault(static l => l.IsInSource);
        return location?.SourceTree is { } tree
            ? new Finding(rule.Id, tree.FilePath, location.SourceSpan, location.GetLineSpan().Span, first, second)
            : new Finding(rule.Id, string.Empty, default, default, first, second);
    }

    public Diagnostic ToDiagnostic()
        => Diagnostic.Create(
            Rules.Find(Id), Path.Length == 0 ? Location.None : Location.Create(Path, Span, Lines), First, Second);
}
