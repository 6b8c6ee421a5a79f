using EdgeHost.TestKit;

namespace EdgeHost.Architecture.Tests;

/// <summary>The arrows of docs/architecture.md: who may refer to whom.</summary>
public class ReferenceTests
{
    private static readonly Dictionary<string, string[]> Allowed = new()
    {
        // sdk
        ["EdgeHost.Primitives"] = [],
        ["EdgeHost.Serialization"] = ["EdgeHost.Primitives", "MessagePack"],
        ["EdgeHost.Serialization.Generator"] = ["Microsoft.CodeAnalysis.CSharp", "Microsoft.CodeAnalysis.Analyzers"],
        ["EdgeHost.Protocol"] = ["EdgeHost.Primitives", "EdgeHost.Serialization", "MessagePack"],
        ["EdgeHost.Capabilities"] = ["EdgeHost.Primitives", "EdgeHost.Serialization", "MessagePack"],
        ["EdgeHost.Client"] = ["EdgeHost.Protocol", "EdgeHost.Capabilities", "EdgeHost.Serialization", "EdgeHost.Primitives", "Microsoft.Extensions.DependencyInjection.Abstractions", "Microsoft.Extensions.Logging.Abstractions"],
        ["EdgeHost.Client.Extensions.AI"] = ["EdgeHost.Client", "EdgeHost.Serialization", "Microsoft.Extensions.AI.Abstractions", "Microsoft.Extensions.DependencyInjection.Abstractions"],
        ["EdgeHost.Wfdb"] = ["EdgeHost.Primitives"],
        ["EdgeHost.PluginSdk"] = ["EdgeHost.Primitives", "Microsoft.Extensions.DependencyInjection.Abstractions", "Microsoft.Extensions.Logging.Abstractions"],
        ["EdgeHost.PluginSdk.Typed"] = ["EdgeHost.PluginSdk", "EdgeHost.Primitives", "EdgeHost.Serialization", "MessagePack"],
        ["EdgeHost.PluginSdk.Testing"] = ["EdgeHost.PluginSdk", "EdgeHost.PluginSdk.Typed", "EdgeHost.Primitives", "EdgeHost.Serialization", "Microsoft.Extensions.DependencyInjection", "Microsoft.Extensions.Logging"],

        // host
        ["EdgeHost.Runtime"] = ["EdgeHost.PluginSdk", "EdgeHost.Primitives", "Microsoft.Extensions.*"],
        ["EdgeHost.Runtime.Onnx"] = ["EdgeHost.Runtime", "EdgeHost.PluginSdk", "EdgeHost.Primitives", "Microsoft.ML.OnnxRuntime", "System.Numerics.Tensors", "Microsoft.Extensions.*"],
        ["EdgeHost.Security"] = ["EdgeHost.Primitives", "Microsoft.Extensions.*"],
        ["EdgeHost.Disks"] = [],
        ["EdgeHost.Validation"] = ["Microsoft.Extensions.Options"],
        ["EdgeHost.Storage"] = ["EdgeHost.Disks", "EdgeHost.Primitives", "Microsoft.Data.Sqlite.Core", "SQLitePCLRaw.bundle_e_sqlite3", "Microsoft.Extensions.Logging.Abstractions"],
        ["EdgeHost.Learning"] = ["EdgeHost.Validation", "EdgeHost.Storage", "EdgeHost.Primitives", "Microsoft.Extensions.*"],
        ["EdgeHost.Deployment"] = ["EdgeHost.Validation", "EdgeHost.Runtime", "EdgeHost.ModelTools", "EdgeHost.Storage", "EdgeHost.PluginSdk", "EdgeHost.Primitives", "Microsoft.Extensions.*"],
        ["EdgeHost.ModelStore"] = ["EdgeHost.Disks", "EdgeHost.Primitives", "Microsoft.Extensions.*"],
        ["EdgeHost.ModelImport"] = ["EdgeHost.Validation", "EdgeHost.ModelStore", "EdgeHost.ModelTools", "EdgeHost.Primitives", "Microsoft.Extensions.*"],
        ["EdgeHost.ModelTools"] = ["EdgeHost.Primitives"],
        ["EdgeHost.Optimisation"] = ["EdgeHost.ModelTools", "EdgeHost.Primitives", "Microsoft.ML.OnnxRuntime", "System.Numerics.Tensors"],
        ["EdgeHost.Training"] = ["EdgeHost.ModelTools", "EdgeHost.Primitives", "Microsoft.ML.OnnxRuntime"],
        ["EdgeHost.Jobs"] = ["EdgeHost.Validation", "EdgeHost.Training", "EdgeHost.Learning", "EdgeHost.Storage", "EdgeHost.Runtime", "EdgeHost.ModelTools", "EdgeHost.PluginSdk", "EdgeHost.Primitives", "Microsoft.Extensions.*"],
        ["EdgeHost.Pictures"] = ["EdgeHost.Validation", "EdgeHost.Learning", "EdgeHost.Primitives", "SkiaSharp", "SkiaSharp.NativeAssets.Linux.NoDependencies", "Microsoft.Extensions.*"],
        ["EdgeHost.PluginHost"] = ["EdgeHost.Runtime", "EdgeHost.Security", "EdgeHost.PluginSdk", "EdgeHost.Primitives", "McMaster.NETCore.Plugins", "Microsoft.Extensions.*"],
        ["EdgeHost.Gateway"] = ["EdgeHost.Validation", "EdgeHost.Client"],
        ["EdgeHost.Wyoming"] = ["EdgeHost.Validation", "EdgeHost.Client", "Microsoft.Extensions.*"],
        ["EdgeHost.Ipc"] = ["EdgeHost.Protocol", "EdgeHost.Serialization", "EdgeHost.Runtime", "EdgeHost.Security", "EdgeHost.Primitives", "Microsoft.Extensions.*"],
    };

    private static readonly string[] PluginMayUse =
        ["EdgeHost.PluginSdk", "EdgeHost.PluginSdk.Typed", "EdgeHost.Capabilities", "EdgeHost.Serialization", "EdgeHost.Wfdb", "EdgeHost.Primitives", "EdgeHost.Plugins.Storage", "EdgeHost.Plugins.Text"];

    // What a plugin computes with, apart from everything of the host: such a library refers to Primitives, numerics and drawing alone, and is private to its plugin.
    private static readonly Dictionary<string, string> PluginLibraries = new()
    {
        ["EdgeHost.Plugins.Health.Charts"] = "EdgeHost.Plugins.Health",
        ["EdgeHost.Plugins.Health.Signals"] = "EdgeHost.Plugins.Health",
        ["EdgeHost.Plugins.Recommendation.Engine"] = "EdgeHost.Plugins.Recommendation",
    };

    private static readonly string[] PluginLibraryMayUse = ["EdgeHost.Primitives", "System.Numerics.Tensors", "SkiaSharp", "SkiaSharp.NativeAssets.Linux.NoDependencies"];

    // Tools beside a plugin that make its models; no part of it, and laid out with nothing.
    private static readonly string[] TrainingToolMayUse = ["EdgeHost.Plugins.Language", "EdgeHost.Plugins.Speech", "EdgeHost.Plugins.Text", "EdgeHost.Plugins.Translation", "EdgeHost.Plugins.Vision", "EdgeHost.Training", "EdgeHost.ModelTools", "EdgeHost.Primitives", "EdgeHost.TestKit.Onnx"];

    [Fact]
    public void Projects_OfSdkAndHost_ReferOnlyToWhatTheArchitectureAllows()
    {
        var violations =
            from project in ProjectFile.All
            where project.Role is "sdk" or "host" && project.Name != "EdgeHost"
            let allowed = Allowed.GetValueOrDefault(project.Name)
                ?? throw new InvalidOperationException($"{project.Name} is not in the list of the architecture; add it there and to docs/architecture.md.")
            from reference in project.Projects.Concat(project.Packages)
            where !allowed.Any(a => a == reference || (a.EndsWith('*') && reference.StartsWith(a[..^1], StringComparison.Ordinal)))
            select $"{project.Name} -> {reference}";

        Assert.Empty(violations);
    }

    [Fact]
    public void Plugins_ReferOnlyToTheSdk()
    {
        var violations =
            from project in ProjectFile.All
            where project.Role == "plugins"
            from reference in project.Projects
            where PluginLibraries.GetValueOrDefault(reference) != project.Name
            where !(project.Name.EndsWith(".Training", StringComparison.Ordinal) ? TrainingToolMayUse : PluginMayUse).Contains(reference)
            select $"{project.Name} -> {reference}";

        Assert.Empty(violations);
    }

    [Fact]
    public void PluginLibraries_AreFreeOfTheSdk()
        => Assert.Empty(
            from name in PluginLibraries.Keys
            let library = ProjectFile.Get(name)
            from reference in library.Projects.Concat(library.Packages)
            where !PluginLibraryMayUse.Contains(reference)
            select $"{name} -> {reference}");

    [Theory]
    [InlineData("Microsoft.ML.OnnxRuntime", "EdgeHost.Optimisation", "EdgeHost.Runtime.Onnx", "EdgeHost.Training")]
    [InlineData("McMaster.NETCore.Plugins", "EdgeHost.PluginHost")]
    [InlineData("System.CommandLine", "EdgeHost")]
    [InlineData("Microsoft.Data.Sqlite.Core", "EdgeHost.Storage")]
    [InlineData("SQLitePCLRaw.bundle_e_sqlite3", "EdgeHost.Plugins.Storage", "EdgeHost.Storage")]
    [InlineData("SkiaSharp", "EdgeHost.Pictures", "EdgeHost.Plugins.Health.Charts", "EdgeHost.Plugins.Vision")]
    public void Package_IsReferredToByItsOwnersOnly(string package, params string[] owners)
    {
        var users = ProjectFile.All.Where(p => p.Role is "sdk" or "host" or "plugins" && p.Packages.Contains(package)).Select(p => p.Name);

        Assert.Equal(owners.Order(StringComparer.Ordinal), users.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Samples_NeverReferToTheHost()
    {
        var host = ProjectFile.All.Where(p => p.Role == "host").Select(p => p.Name).ToHashSet();

        Assert.Empty(ProjectFile.All.Where(p => p.Role == "samples").SelectMany(p => p.Projects.Where(host.Contains).Select(r => $"{p.Name} -> {r}")));
    }

    [Fact]
    public void Solution_ContainsEveryProject()
    {
        var solution = File.ReadAllText(Path.Combine(Repository.Root, "EdgeHost.sln")).Replace('\\', '/');

        Assert.Empty(ProjectFile.All
            .Select(p => Path.GetRelativePath(Repository.Root, p.Path).Replace('\\', '/'))
            .Where(path => !solution.Contains(path, StringComparison.Ordinal)));
    }

    [Fact]
    public void SdkProjects_PinTheirPublicApi()
        => Assert.Empty(ProjectFile.All
            .Where(p => p.Role == "sdk" && p.Name != "EdgeHost.Serialization.Generator")
            .Where(p => !File.Exists(Path.Combine(Path.GetDirectoryName(p.Path)!, "PublicAPI.Unshipped.txt")))
            .Select(p => p.Name));
}
