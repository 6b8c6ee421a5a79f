using EdgeHost.Deployment;
using EdgeHost.Deployment.Versions;
using EdgeHost.Host.Training;
using EdgeHost.Jobs.Results;
using EdgeHost.Jobs.Specs;
using EdgeHost.Learning.Examples;
using EdgeHost.Runtime.Models;
using EdgeHost.TestKit;
using Microsoft.Extensions.Options;

namespace EdgeHost.Host.Tests.Training;

/// <summary>The models of jobs as versions, over a store that only remembers.</summary>
public sealed class DeployedModelsTests : IDisposable
{
    private static readonly ExampleOwner Owner = new("mail", 1000);
    private readonly TempFolder _folder = new();
    private readonly RememberingStore _store = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Add_OfAJob_MakesAVersionInTheScopeOfItsApp()
    {
        var version = await Open().AddAsync(Model("one", new DeploySpec { Start = DeployStart.Canary, MinCalls = 7 }), CancellationToken.None);

        var (added, _) = Assert.Single(_store.Added);
        Assert.Equal("1.0.0-local.1", version);
        Assert.Equal(("mail/spam", new VersionScope("mail", 1000), VersionState.Canary), (added.Model, added.Scope, added.Start));
        Assert.Equal((7, 0.07, 0.6, TimeSpan.FromMilliseconds(3)), (added.Gate!.MinCalls, added.Gate.MaxErrorRate, added.Gate.MinAgreement, added.Gate.LatencyFloor));
        Assert.False(Directory.Exists(_folder.Combine("one")));
    }

    [Fact]
    public async Task Add_WithoutAWord_TakesTheRuleOfTheHost()
    {
        await Open().AddAsync(Model("one", deploy: null), CancellationToken.None);

        var (added, _) = Assert.Single(_store.Added);
        Assert.Equal((VersionState.Shadow, null), (added.Start, added.Gate));
    }

    [Fact]
    public async Task Add_AgainAfterACrash_GetsNoSecondVersion()
    {
        var models = Open();

        var first = await models.AddAsync(Model("one", deploy: null), CancellationToken.None);
        var again = await models.AddAsync(Model("one", deploy: null), CancellationToken.None);
        var next = await models.AddAsync(Model("two", deploy: null), CancellationToken.None);

        Assert.Equal(("1.0.0-local.1", "1.0.0-local.1", "1.0.0-local.2"), (first, again, next));
        Assert.False(Directory.Exists(_folder.Combine("one")));
    }

    [Fact]
    public async Task Add_OfAPersonalVersion_HasTheShippedId_InTheScopeOfItsApp()
    {
        var models = Open();

        await models.AddAsync(Model("one", new DeploySpec { Start = DeployStart.Current }, made: "1.0.0"), CancellationToken.None);
        var error = await Assert.ThrowsAsync<EdgeHostException>(() => models.AddAsync(Model("two", deploy: null, made: "0.9.0"), CancellationToken.None));

        var (added, _) = Assert.Single(_store.Added);
        Assert.Equal(("spam", new VersionScope("mail", 1000), VersionState.Current), (added.Model, added.Scope, added.Start));
        Assert.Equal(ErrorCode.FailedPrecondition, error.Code);
        Assert.Contains("ships as 1.0.0 now, and this version was made of 0.9.0", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Shipped_IsWhatServesTheApp()
    {
        var shipped = new ShippedModels(_store, new OneSource());

        var found = await shipped.FindAsync(Owner, "spam", version: null, CancellationToken.None);
        var error = await Assert.ThrowsAsync<EdgeHostException>(async () => await shipped.FindAsync(Owner, "spam", "1.0.0-local.7", CancellationToken.None));

        Assert.Equal(("1.0.0", "1.0.0", "/shipped/model.onnx"), (found.Version, found.Base, found.GraphPath));
        Assert.Equal(ErrorCode.NotFound, error.Code);
    }

    [Fact]
    public async Task Find_WithoutAVersion_GivesTheOneThatServes()
    {
        var models = Open();
        await models.AddAsync(Model("one", new DeploySpec { Start = DeployStart.Current }), CancellationToken.None);
        await models.AddAsync(Model("two", new DeploySpec { Start = DeployStart.Stored }), CancellationToken.None);

        Assert.Null(await models.FindAsync(Owner, "ham", version: null, CancellationToken.None));
        Assert.Null(await models.FindAsync(new ExampleOwner("mail", 1001), "spam", version: null, CancellationToken.None));
        Assert.Null(await models.FindAsync(Owner, "../spam", version: null, CancellationToken.None));
        var all = await _store.ListAsync("mail/spam", new VersionScope("mail", 1000), CancellationToken.None);
        Assert.Equal(["1.0.0-local.2", "1.0.0-local.1"], all.Select(static version => version.Version));
    }

    [Fact]
    public void StateOf_EveryStart_HasTheSameName()
        => Assert.All(Enum.GetValues<DeployStart>(), static start => Assert.Equal(start.ToString(), DeployedModels.StateOf(start).ToString()));

    // What the host's options say is what a job's own rule leaves open.
    private DeployedModels Open()
    {
        var options = new DeploymentOptions();
        (options.Gate.MaxErrorRate, options.Gate.MinAgreement, options.Gate.LatencyFloor) = (0.07, 0.6, TimeSpan.FromMilliseconds(3));
        return new DeployedModels(_store, new OneSource(), Options.Create(options));
    }

    private TrainedModel Model(string job, DeploySpec? deploy, string? made = null)
        => new(Owner, "spam", Directory.CreateDirectory(_folder.Combine(job)).FullName, job, $$"""{ "job": "{{job}}" }""", deploy) { Base = made };

    private sealed class OneSource : IModelSource
    {
        public ValueTask<ModelArtifact> ResolveAsync(string model, CancellationToken cancellationToken)
            => new(new ModelArtifact
            {
                Id = model, Version = "1.0.0", Variant = "int8", GraphPath = "/shipped/model.onnx", GraphSha256 = string.Empty, SizeBytes = 1,
                Files = new Dictionary<string, string> { ["model.onnx"] = "/shipped/model.onnx" },
            });
    }

    private sealed class RememberingStore : IVersionStore
    {
        public List<(NewVersion Version, ModelVersion Record)> Added { get; } = [];

        public Task<ModelVersion> AddAsync(NewVersion version, CancellationToken cancellationToken)
        {
            var record = new ModelVersion
            {
                Model = version.Model, Scope = version.Scope, Version = $"1.0.0-local.{Added.Count + 1}", State = version.Start, Reason = "added", Lineage = version.Lineage,
                GraphSha256 = string.Empty, Bytes = 1, HasFiles = false, Added = default, Changed = default,
            };
            Added.Add((version, record));
            return Task.FromResult(record);
        }

        public Task<IReadOnlyList<ModelVersion>> ListAsync(string? model, VersionScope? scope, CancellationToken cancellationToken)
            => Task.FromResult<IReadOnlyList<ModelVersion>>([.. Added.Select(static entry => entry.Record).Where(record => record.Model == model && (scope is null || record.Scope == scope)).Reverse()]);

        public Task<IReadOnlyList<ModelVersion>> ForgetAsync(VersionScope scope, CancellationToken cancellationToken) => throw new NotSupportedException();

        public string? FolderOf(ModelVersion version) => null;

        public Task<IReadOnlyList<VersionEvent>> HistoryAsync(string? model, VersionScope? scope, int most, CancellationToken cancellationToken)
            => throw new NotSupportedException();
    }
}
