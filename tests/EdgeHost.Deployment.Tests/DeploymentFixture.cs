using EdgeHost.Deployment.Gates;
using EdgeHost.Deployment.Shadow;
using EdgeHost.Deployment.Trials;
using EdgeHost.Deployment.Versions;
using EdgeHost.ModelTools.Graphs;
using EdgeHost.PluginSdk;
using EdgeHost.Runtime;
using EdgeHost.Runtime.Conditions;
using EdgeHost.Runtime.Engines;
using EdgeHost.Runtime.Models;
using EdgeHost.Disks;
using EdgeHost.TestKit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace EdgeHost.Deployment.Tests;

/// <summary>Versions over the real pool and a simulated engine, as the host composes them, with a shipped model <c>m</c> 1.0.0.</summary>
internal sealed class DeploymentFixture : IAsyncDisposable
{
    public const string Model = "m";
    private readonly TempFolder _folder;
    private readonly bool _ownsFolder;
    private readonly ServiceProvider _services;
    private int _drafts;

    public DeploymentFixture(Action<DeploymentOptions>? configure = null, TempFolder? folder = null, FakeTimeProvider? time = null)
    {
        _ownsFolder = folder is null;
        _folder = folder ?? new TempFolder();
        Time = time ?? new FakeTimeProvider(new DateTimeOffset(2030, 1, 1, 0, 0, 0, TimeSpan.Zero));
        Ship("1.0.0");
        var services = new ServiceCollection();
        services.AddSingleton<ILoggerFactory>(new RecordingLoggerFactory());
        services.AddSingleton(typeof(ILogger<>), typeof(Logger<>));
        services.AddSingleton<TimeProvider>(Time);
        services.AddSingleton<IInferenceEngine>(Engine);
        services.AddSingleton<IModelSource>(Source);
        services.AddSingleton<IFreeSpace>(Space);
        services.AddSingleton<IMachineConditions>(Conditions);
        services.AddSingleton<IVersionFeedback>(Feedback);
        services.AddEdgeHostRuntime(options => options.Pool.BudgetBytes = 100 << 20);
        services.AddEdgeHostDeployment(options =>
        {
            options.Folder = _folder.Combine("deployment");
            configure?.Invoke(options);
        });
        _services = services.BuildServiceProvider();
    }

    public FakeTimeProvider Time { get; }

    public SimulatedEngine Engine { get; } = new();

    public SimulatedModelSource Source { get; } = new();

    public SpaceOf Space { get; } = new();

    public ConditionsOf Conditions { get; } = new();

    public FeedbackOf Feedback { get; } = new();

    public VersionStore Store => _services.GetRequiredService<VersionStore>();

    public VersionControl Control => _services.GetRequiredService<VersionControl>();

    public TrialBook Trials => _services.GetRequiredService<TrialBook>();

    public ShadowQueue Shadow => _services.GetRequiredService<ShadowQueue>();

    public VersionJudge Judge => _services.GetServices<IHostedService>().OfType<VersionJudge>().Single();

    public ShadowRunner Runner => _services.GetServices<IHostedService>().OfType<ShadowRunner>().Single();

    public IModelPool Pool => _services.GetRequiredService<IModelPool>();

    public string FilesFolder => _folder.Combine("deployment", "files");

    /// <summary>A graph of one input and one output.</summary>
    public static byte[] Graph(string input = "x", string output = "y", ElementType type = ElementType.Float32, int rank = 1)
    {
        var graph = new GraphBuilder();
        graph.Output(graph.Input(input, type, new TensorShape([.. Enumerable.Repeat(-1L, rank)])), output);
        return graph.Build().ToBytes().ToArray();
    }

    /// <summary>Makes a version the shipped one.</summary>
    public void Ship(string version)
    {
        var path = _folder.Combine($"shipped-{version}.onnx");
        File.WriteAllBytes(path, Graph());
        Source.Add(new ModelArtifact
        {
            Id = Model,
            Version = version,
            Variant = "fp32",
            GraphPath = path,
            GraphSha256 = new string('0', 64),
            Files = new Dictionary<string, string> { ["model.onnx"] = path, ["labels.txt"] = path },
            SizeBytes = 1 << 20,
        });
    }

    /// <summary>A folder of a version to be added.</summary>
    public string Draft(byte[]? graph = null, params (string Name, byte[] Content)[] files)
    {
        var folder = Directory.CreateDirectory(_folder.Combine($"draft-{_drafts++}")).FullName;
        File.WriteAllBytes(Path.Combine(folder, "model.onnx"), graph ?? Graph());
        foreach (var (name, content) in files) File.WriteAllBytes(Path.Combine(folder, name), content);
        return folder;
    }

    public Task<ModelVersion> AddAsync(
        VersionState start = VersionState.Shadow, VersionScope? scope = null, string model = Model, GateRule? gate = null, string lineage = "{}", byte[]? graph = null)
        => Store.AddAsync(
            new NewVersion { Model = model, Scope = scope ?? VersionScope.Device, Folder = Draft(graph), Start = start, Gate = gate, Lineage = lineage }, CancellationToken.None);

    /// <summary>Makes a call of one step.</summary>
    /// <returns>The version that served it.</returns>
    public async Task<string> CallAsync(string app = "app", string model = Model, float[]? input = null, int leases = 1)
    {
        var scope = new CallScope { PluginId = "tests", App = new AppIdentity(app, 1000, 1) };
        ErrorCode? error = ErrorCode.Internal;
        var versions = new HashSet<string>();
        try
        {
            for (var i = 0; i < leases; i++)
            {
                using var lease = await Pool.ForCall(scope).LeaseAsync(model, CancellationToken.None);
                versions.Add(lease.Model.Version);
                using var value = SimulatedValue.Of<float>(new TensorShape((input ?? [1, 2, 3]).Length), input ?? [1, 2, 3]);
                using var result = await lease.RunAsync(new ModelStep { Inputs = [new NamedValue("x", value)] }, CancellationToken.None);
            }

            error = null;
            return Assert.Single(versions);
        }
        catch (EdgeHostException e)
        {
            error = e.Code;
            throw;
        }
        finally
        {
            scope.EndChoices(error);
            scope.ReclaimLeases();
        }
    }

    public async Task<ModelVersion> ReadAsync(ModelVersion version)
        => (await Store.ListAsync(version.Model, version.Scope, CancellationToken.None)).Single(other => other.Version == version.Version);

    public Task<ModelVersion> PromoteAsync(ModelVersion version, VersionState to = VersionState.Current, bool force = true)
        => Control.PromoteAsync(version.Model, version.Scope, version.Version, to, force, VersionActor.Owner, CancellationToken.None);

    /// <summary>Calls until the shadow has compared so many steps.</summary>
    public async Task ShadowAsync(int steps)
    {
        for (var i = 0; i < steps; i++)
        {
            Time.Advance(TimeSpan.FromSeconds(1));
            await CallAsync();
            await Runner.RunOnceAsync(CancellationToken.None);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        if (_ownsFolder) _folder.Dispose();
    }

    internal sealed class SpaceOf : IFreeSpace
    {
        public long? Free { get; set; } = 1L << 40;

        public long? AvailableBytes(string folder) => Free;
    }

    internal sealed class ConditionsOf : IMachineConditions
    {
        public MachineConditions Current { get; set; } = MachineConditions.Good;

        public IDisposable OnChange(Action<MachineConditions> handler) => new MemoryStream();
    }

    internal sealed class FeedbackOf : IVersionFeedback
    {
        public Dictionary<string, FeedbackCount> Counts { get; } = [];

        public Task<IReadOnlyDictionary<string, FeedbackCount>> ReadAsync(CancellationToken cancellationToken)
            => Task.FromResult<IReadOnlyDictionary<string, FeedbackCount>>(new Dictionary<string, FeedbackCount>(Counts));
    }
}
