using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace EdgeHost.Serialization.Generator;

/// <summary>Adds <c>IWireMessage&lt;T&gt;</c> to every type marked <c>[WireMessage]</c>.</summary>
[Generator(LanguageNames.CSharp)]
public sealed class WireMessageGenerator : IIncrementalGenerator
{
    /// <inheritdoc/>
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        var results = context.SyntaxProvider.ForAttributeWithMetadataName(
            KnownNames.MessageAttribute,
            static (node, _) => node is TypeDeclarationSyntax,
            static (attributed, token) => new MessageInspector(attributed.SemanticModel, token).Inspect((INamedTypeSymbol)attributed.TargetSymbol));

        context.RegisterSourceOutput(results, static (production, result) =>
        {
            foreach (var finding in result.Findings)
            {
                production.ReportDiagnostic(finding.ToDiagnostic());
            }

            if (result.Message is { } message)
            {
                var name = message.FullName.Replace("global::", string.Empty) + ".g.cs";
                production.AddSource(name, SourceText.From(MessageEmitter.Emit(message), Encoding.UTF8));
            }
        });
    }
}
