using EdgeHost.Host.Tests.Methods;
using EdgeHost.Host.Training.Features;
using EdgeHost.Jobs;
using EdgeHost.Jobs.Results;
using EdgeHost.Learning.Examples;
using EdgeHost.Learning.Preprocessing;
using EdgeHost.PluginHost;
using EdgeHost.Runtime.Models;
using EdgeHost.Runtime.Scheduling;
using EdgeHost.Security;
using EdgeHost.Security.Access;
using EdgeHost.Security.Policy;
using EdgeHost.TestKit;
using Microsoft.Extensions.Time.Testing;

namespace EdgeHost.Host.Tests.Training.Features;

/// <summary>Models over examples as work of an app: through the pool, on its account, and only those that it may use.</summary>
public sealed class JobFeaturisersTests : IAsyncLifetime
{
    private static readonly AppIdentity Lab = new("lab", -1, -1);
    private readonly HostFixture _host = new();
    private readonly Accounts _accounts = new();
    private readonly JobFeaturisers _featurisers;

    // Of its own: whoever moves the host's clock lets its steps hang.
    private readonly FakeTimeProvider _waits = new();

    public JobFeaturisersTests()
    {
        _host.Source.Add("embed").Add("other").Add("lab/shapes", version: "1.0.0-local.1");
        _host.Engine.Describe("embed", new SimulatedModel { Inputs = [new("x", ElementType.Float32, new TensorShape(-1, 3))], Outputs = [new("y", ElementType.Float32, new TensorShape(-1, 3))] });
        var access = new FeatureAccess(new Plugins(), _host.Get<AccessControl>(), new Trained());
        _featurisers = new JobFeaturisers(_host.Get<IModelPool>(), access, _accounts, _waits);
    }

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await _host.DisposeAsync();

    [Fact]
    public async Task Sample_GoesThroughTheModel_OnTheAppsAccount_AndNoLeaseIsKept()
    {
        var vector = await RunAsync("embed@1.0", 1, 2, 3);

        Assert.Equal([1f, 2, 3], vector);
        Assert.Equal(["embed"], _host.Engine.Runs);
        Assert.Equal(0, _host.Get<IModelPool>().Snapshot().Leases);
        Assert.Equal(1, _accounts.Charges);
    }

    [Fact]
    public async Task SameModel_IsLoadedOnce_AndModelsOfTheApp_GoToo()
    {
        for (var i = 0; i < 5; i++) await RunAsync("embed@1.0", 1, 2, i);
        await RunAsync("lab/shapes@1.0.0-local.1", 4);

        Assert.Equal(2, _host.Engine.LoadsStarted);
        Assert.Equal(6, _host.Engine.RunsEnded);
    }

    [Fact]
    public async Task WrongWidth_NamesStepModelAndShapes()
    {
        var error = await Assert.ThrowsAsync<EdgeHostException>(async () => await RunAsync("embed@1.0", 1, 2));

        Assert.Equal("Step 1 (featurise with 'embed@1.0') cannot run: the model takes [?,3], which is 3 values, and gets a vector of 2.", error.Message);
    }

    [Fact]
    public async Task FullPool_IsTriedAgain()
    {
        var tries = 0;
        _host.Engine.Describe("embed", new SimulatedModel
        {
            OnRun = (step, _) => ++tries < 3
                ? throw new EdgeHostException(ErrorCode.ResourceExhausted, "The device's memory is full.") { RetryAfter = TimeSpan.FromSeconds(1) }
                : [SimulatedValue.Of(step.Inputs[0].Value.Shape, (ReadOnlySpan<float>)step.Inputs[0].Value.AsSpan<float>())],
        });

        var run = RunAsync("embed@1.0", 7);
        while (!run.IsCompleted)
        {
            _waits.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }

        Assert.Equal(7f, Assert.Single(await run));
        Assert.Equal(3, tries);
    }

    [Theory]
    [InlineData("nobody@1.0", ErrorCode.NotFound, "No plugin here has the model 'nobody'")]
    [InlineData("other@1.0", ErrorCode.PermissionDenied, "'other' is a model of 'closed', of which 'lab' may call no method")]
    [InlineData("mail/spam@1.0.0-local.1", ErrorCode.PermissionDenied, "a model of another app")]
    [InlineData("lab/none@1.0.0-local.1", ErrorCode.NotFound, "no trained model 'lab/none@1.0.0-local.1'")]
    [InlineData("embed@9.9", ErrorCode.NotFound, "Step 1 (featurise with 'embed@9.9') failed: There is no model 'embed@9.9'.")]
    public async Task OnlyModelsThatTheAppMayUse_AreRun(string model, ErrorCode code, string problem)
    {
        var error = await Assert.ThrowsAsync<EdgeHostException>(async () => await RunAsync(model, 1));

        Assert.Equal(code, error.Code);
        Assert.Contains(problem, error.Message, StringComparison.Ordinal);
        Assert.Empty(_host.Engine.Runs);
        if (model != "embed@9.9") Assert.Equal(code, (await Assert.ThrowsAsync<EdgeHostException>(async () => await _featurisers.CheckAsync(Lab, model, default))).Code);
    }

    [Fact]
    public async Task AppWithoutGrants_MayUseNone()
    {
        var options = new AppsOptions();
        options.Rules["lab"] = new AppRuleOptions { Grants = { "training.*" } };
        _host.Get<AccessControl>().Apply(new AppPolicy(options));

        Assert.Equal(ErrorCode.PermissionDenied, (await Assert.ThrowsAsync<EdgeHostException>(async () => await RunAsync("embed@1.0", 1, 2, 3))).Code);
    }

    private async Task<float[]> RunAsync(string model, params float[] vector)
        => await _featurisers.Of(Lab).FeaturiseAsync(
            new FeatureRequest(1, new PreprocessingStep(PreprocessingStepKind.Featurise) { Model = model }, new PreparedSample(null, null, default, vector)), CancellationToken.None);

    private sealed class Plugins : IPluginRegistry
    {
        public IReadOnlyList<PluginInfo> List() =>
        [
            new PluginInfo { Id = "open", State = PluginState.Ready, Since = default, Folder = "/", Capabilities = ["open.see"], Models = ["embed"] },
            new PluginInfo { Id = "closed", State = PluginState.Ready, Since = default, Folder = "/", Capabilities = [], Models = ["other"] },
        ];

        public ValueTask ActivateAsync(string id, CancellationToken cancellationToken) => default;
    }

    private sealed class Trained : ITrainedModels
    {
        public ValueTask<TrainedModelFiles?> FindAsync(ExampleOwner owner, string name, string? version, CancellationToken cancellationToken)
            => new(name == "shapes" ? new TrainedModelFiles(owner, name, version!, "/", null!) : null);
    }

    private sealed class Accounts : IJobAccounts, IDeviceTimeAccount
    {
        public int Charges { get; private set; }

        public IDeviceTimeAccount? AccountOf(AppIdentity app) => this;

        public string? WhyResting(AppIdentity app) => null;

        public void Charge(TimeSpan deviceTime) => Charges++;
    }
}
