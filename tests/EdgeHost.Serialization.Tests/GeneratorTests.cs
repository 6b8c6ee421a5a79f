using EdgeHost.Serialization.Generator;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace EdgeHost.Serialization.Tests;

public class GeneratorTests
{
    [Theory]
    [InlineData("[WireMessage] public class A { public int X { get; set; } }", "EHG001")]
    [InlineData("public class B { [WireMessage] public partial class A { public int X { get; set; } } }", "EHG001")]
    [InlineData("[WireMessage] public partial class A { public System.Uri? X { get; set; } }", "EHG002")]
    [InlineData("[WireMessage] public partial class A { public object? X { get; set; } }", "EHG002")]
    [InlineData("[WireMessage] public partial class A { public int[,]? X { get; set; } }", "EHG002")]
    [InlineData("[WireMessage] public partial class A { public int X { get; } }", "EHG003")]
    [InlineData("[WireMessage] public partial class A<T> { public int X { get; set; } }", "EHG004")]
    [InlineData("[WireMessage] public abstract partial class A { public int X { get; set; } }", "EHG004")]
    [InlineData("[WireMessage] public partial class A(int x) { public int X { get; set; } = x; }", "EHG004")]
    [InlineData("[WireMessage] public partial record A(int X) { public int Y { get; set; } }", "EHG004")]
    [InlineData("[WireMessage] public partial class A { public int X { get; set; } [WireField(Name = \"x\")] public int Y { get; set; } }", "EHG005")]
    public void Run_UnusableType_IsReported(string source, string id)
    {
        var (_, diagnostics) = Run(source);

        var diagnostic = Assert.Single(diagnostics, d => d.Id.StartsWith("EHG", StringComparison.Ordinal));
        Assert.Equal(id, diagnostic.Id);
        Assert.NotEqual(Location.None, diagnostic.Location);
    }

    [Theory]
    [InlineData("namespace N; [WireMessage] public partial class A { public required int X { get; init; } public string? @event { get; init; } }")]
    [InlineData("[WireMessage] internal sealed partial record A(int X, E E = E.Two); internal enum E { One, Two }")]
    [InlineData("[WireMessage] public readonly partial record struct A(double X);")]
    [InlineData("[WireMessage] public partial class A { public int Computed => 1; public static int S { get; set; } public int X { get; init; } }")]
    [InlineData("[WireMessage] public partial class A { public B B { get; init; } = new(); } [WireMessage] public partial class B { public A? A { get; init; } }")]
    [InlineData("public enum E { A, B = A } [WireMessage] public partial class M { public E[] Es { get; init; } = []; public E? Maybe { get; init; } }")]
    public void Run_UsableType_CompilesWithoutWarnings(string source)
    {
        var (compilation, diagnostics) = Run(source);

        Assert.Empty(diagnostics);
        Assert.Empty(compilation.GetDiagnostics().Where(static d => d.Severity >= DiagnosticSeverity.Warning));
    }

    [Fact]
    public void Run_ManyProperties_TracksAll()
    {
        var properties = string.Concat(Enumerable.Range(0, 130).Select(static i => $"public required int P{i} {{ get; init; }} "));

        var (compilation, _) = Run($"[WireMessage] public partial class A {{ {properties} }}");

        Assert.Empty(compilation.GetDiagnostics().Where(static d => d.Severity >= DiagnosticSeverity.Warning));
    }

    [Fact]
    public void Run_UnrelatedEdit_ReusesEarlierOutput()
    {
        var compilation = Compile("[WireMessage] public partial class A { public int X { get; init; } }");
        var driver = CSharpGeneratorDriver
            .Create([new WireMessageGenerator().AsSourceGenerator()], driverOptions: new GeneratorDriverOptions(default, trackIncrementalGeneratorSteps: true))
            .RunGenerators(compilation);

        var edited = compilation.AddSyntaxTrees(CSharpSyntaxTree.ParseText("public class Unrelated;"));
        var result = driver.RunGenerators(edited).GetRunResult().Results[0];

        var reasons = result.TrackedOutputSteps.SelectMany(static s => s.Value).SelectMany(static s => s.Outputs).Select(static o => o.Reason);
        Assert.All(reasons, static reason => Assert.Contains(reason, new[] { IncrementalStepRunReason.Cached, IncrementalStepRunReason.Unchanged }));
    }

    private static (Compilation Compilation, IReadOnlyList<Diagnostic> Diagnostics) Run(string source)
    {
        CSharpGeneratorDriver.Create(new WireMessageGenerator())
            .RunGeneratorsAndUpdateCompilation(Compile(source), out var output, out var diagnostics);
        return (output, diagnostics);
    }

    private static CSharpCompilation Compile(string source)
    {
        var platform = (string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!;
        return CSharpCompilation.Create(
            "Tested",
            [CSharpSyntaxTree.ParseText("using EdgeHost.Serialization;\n" + source, path: "Source.cs")],
            platform.Split(Path.PathSeparator).Select(static path => MetadataReference.CreateFromFile(path)),
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable));
    }
}
