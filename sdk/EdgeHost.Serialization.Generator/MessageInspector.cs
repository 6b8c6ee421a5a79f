using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace EdgeHost.Serialization.Generator;

/// <summary>Reads a type's symbols into a model that holds nothing of the compilation.</summary>
internal sealed class MessageInspector
{
    private readonly SemanticModel _semantics;
    private readonly CancellationToken _cancellationToken;
    private readonly List<Finding> _findings = [];

    public MessageInspector(SemanticModel semantics, CancellationToken cancellationToken)
    {
        _semantics = semantics;
        _cancellationToken = cancellationToken;
    }

    public GenerationResult Inspect(INamedTypeSymbol type)
    {
        CheckKind(type);
        var containers = ReadContainers(type);
        var primary = FindPrimaryConstructor(type);
        var properties = ReadProperties(type, primary);
        var message = _findings.Count > 0 ? null : Describe(type, containers, primary, properties);
        return new GenerationResult(message, new EquatableArray<Finding>([.. _findings]));
    }

    private static WireMessageModel Describe(
        INamedTypeSymbol type, ImmutableArray<string> containers, IMethodSymbol? primary, ImmutableArray<WireProperty> properties)
    {
        var constructors = type.InstanceConstructors.Where(static c => !c.IsImplicitlyDeclared).ToArray();
        return new WireMessageModel(
            type.ContainingNamespace.IsGlobalNamespace ? string.Empty : type.ContainingNamespace.ToDisplayString(),
            new EquatableArray<string>(containers),
            Declaration(type),
            type.Name,
            type.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat),
            primary is null ? Construction.Setters : Construction.Primary,
            NeedsPublicConstructor: primary is null && type.IsReferenceType && constructors.Length == 0,
            ChainsConstructor: primary is null && constructors.Any(static c => c.Parameters.Length == 0),
            HidesBase: BaseTypes(type).Any(TypeInspector.IsMessage),
            type.IsReferenceType,
            Documentation.Summary(type),
            new EquatableArray<WireProperty>(properties));
    }

    private static string Declaration(INamedTypeSymbol type)
    {
        var keyword = (type.IsRecord, type.IsValueType) switch
        {
            (true, true) => "record struct",
            (true, false) => "record",
            (false, true) => "struct",
            _ => "class",
        };
        return $"partial {keyword} {type.Name}";
    }

    private static IEnumerable<INamedTypeSymbol> BaseTypes(INamedTypeSymbol type)
    {
        for (var next = type.BaseType; next is not null && next.SpecialType == SpecialType.None; next = next.BaseType)
        {
            yield return next;
        }
    }

    private static bool IsField(IPropertySymbol property)
        => property is
        {
            IsStatic: false,
            IsIndexer: false,
            DeclaredAccessibility: Accessibility.Public,
            GetMethod.DeclaredAccessibility: Accessibility.Public,
            SetMethod.DeclaredAccessibility: Accessibility.Public,
        };

    private IMethodSymbol? FindPrimaryConstructor(INamedTypeSymbol type)
    {
        var primary = type.InstanceConstructors.FirstOrDefault(c => c.Parameters.Length > 0
            && c.DeclaringSyntaxReferences.Any(r => r.GetSyntax(_cancellationToken) is TypeDeclarationSyntax));
        if (primary is not null && !type.IsRecord)
        {
            _findings.Add(Finding.At(
                Rules.UnsupportedKind, type, type.Name, "it has a primary constructor and is not a record; use a record or properties"));
            return null;
        }

        return primary;
    }

    private void CheckKind(INamedTypeSymbol type)
    {
        if (type.IsGenericType) _findings.Add(Finding.At(Rules.UnsupportedKind, type, type.Name, "it is generic"));
        if (type.IsAbstract) _findings.Add(Finding.At(Rules.UnsupportedKind, type, type.Name, "it is abstract or static"));
    }

    private ImmutableArray<string> ReadContainers(INamedTypeSymbol type)
    {
        var containers = ImmutableArray.CreateBuilder<string>();
        for (var next = type; next is not null; next = next.ContainingType)
        {
            var isPartial = next.DeclaringSyntaxReferences
                .Select(r => r.GetSyntax(_cancellationToken))
                .OfType<TypeDeclarationSyntax>()
                .Any(static d => d.Modifiers.Any(SyntaxKind.PartialKeyword));
            if (!isPartial) _findings.Add(Finding.At(Rules.NotPartial, next, next.Name));
            if (!SymbolEqualityComparer.Default.Equals(next, type)) containers.Insert(0, Declaration(next));
        }

        return containers.ToImmutable();
    }

    private ImmutableArray<WireProperty> ReadProperties(INamedTypeSymbol type, IMethodSymbol? primary)
    {
        // Base classes first, so that a message begins with what it has in common with others.
        var declared = BaseTypes(type).Reverse().Append(type).SelectMany(static t => t.GetMembers().OfType<IPropertySymbol>()).ToArray();
        var fields = declared.Where(IsField).GroupBy(static p => p.Name).Select(static g => g.Last()).ToArray();
        var candidates = declared.Any(static p => p is { IsStatic: false, DeclaredAccessibility: Accessibility.Public, IsImplicitlyDeclared: false });
        if (fields.Length == 0 && candidates) _findings.Add(Finding.At(Rules.NothingToSet, type, type.Name));

        var keys = new HashSet<string>(StringComparer.Ordinal);
        var properties = ImmutableArray.CreateBuilder<WireProperty>();
        foreach (var field in fields)
        {
            _cancellationToken.ThrowIfCancellationRequested();
            var parameter = primary?.Parameters.FirstOrDefault(p => p.Name == field.Name);
            if (primary is not null && parameter is null)
            {
                _findings.Add(Finding.At(
                    Rules.UnsupportedKind, type, type.Name, $"its property '{field.Name}' is not a parameter of the primary constructor"));
                continue;
            }

            var attribute = field.GetAttributes().FirstOrDefault(static a => a.AttributeClass?.ToDisplayString() == KnownNames.FieldAttribute);
            var key = attribute.Text("Name") ?? SnakeCase.From(field.Name);
            if (!keys.Add(key)) _findings.Add(Finding.At(Rules.SameKey, field, field.Name, key));
            if (new TypeInspector(type).Inspect(field.Type) is not { } wireType)
            {
                _findings.Add(Finding.At(Rules.UnsupportedType, field, field.Name, field.Type.ToDisplayString()));
                continue;
            }

            var isRequired = field.IsRequired || (parameter is { HasExplicitDefaultValue: false } && !wireType.IsNullable);
            var initialiser = parameter is null ? FindInitialiser(field) : null;
            var constant = parameter is { HasExplicitDefaultValue: true }
                ? new Optional<object?>(parameter.ExplicitDefaultValue)
                : initialiser is null ? default : ReadConstant(initialiser);
            properties.Add(new WireProperty(
                field.Name,
                key,
                wireType,
                isRequired,
                attribute.Text("Description") ?? Documentation.Summary(field) ?? Documentation.Parameter(type, parameter?.Name),
                attribute.Number("Minimum", double.NegativeInfinity),
                attribute.Number("Maximum", double.PositiveInfinity),
                (int)attribute.Number("MaxLength", int.MaxValue),
                constant.HasValue && !isRequired ? Constants.ToJson(constant.Value, field.Type) : null,
                constant.HasValue ? constant.Value is not null : initialiser is not null,
                parameter is { HasExplicitDefaultValue: true } ? Constants.ToCode(parameter.ExplicitDefaultValue, wireType) : null));
        }

        return properties.ToImmutable();
    }

    private ExpressionSyntax? FindInitialiser(IPropertySymbol property)
        => property.DeclaringSyntaxReferences
            .Select(r => r.GetSyntax(_cancellationToken))
            .OfType<PropertyDeclarationSyntax>()
            .Select(static declaration => declaration.Initializer?.Value)
            .FirstOrDefault(static value => value is not null);

    private Optional<object?> ReadConstant(ExpressionSyntax value)
        => value.SyntaxTree == _semantics.SyntaxTree ? _semantics.GetConstantValue(value, _cancellationToken) : default;
}
