using Microsoft.CodeAnalysis.CSharp;

namespace EdgeHost.Serialization.Generator;

/// <summary>Names as they must be spelled in source.</summary>
internal static class Identifier
{
    public static string Of(string name)
        => SyntaxFacts.GetKeywordKind(name) == SyntaxKind.None && SyntaxFacts.GetContextualKeywordKind(name) == SyntaxKind.None ? name : "@" + name;
}
