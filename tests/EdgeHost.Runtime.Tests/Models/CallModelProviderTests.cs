using EdgeHost.PluginSdk;
using EdgeHost.Runtime.Models;

namespace EdgeHost.Runtime.Tests.Models;

/// <summary>What a plugin may find and lease, and what it hears of it.</summary>
public sealed class CallModelProviderTests : IAsyncLifetime
{
    private readonly RuntimeFixture _runtime = new();

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await _runtime.DisposeAsync();

    [Theory]
    [InlineData("named")]
    [InlineData("named@1.0")]
    [InlineData("heard")]
    [InlineData("heard@1.0")]
    public async Task LeaseAsync_NamedOrOfATaskOfItsOwn_Leases(string model)
    {
        AddModels();

        using var lease = await Provider(["named"], ["speech-recognition"]).LeaseAsync(model, default);

        Assert.Equal(model.Split('@')[0], lease.Model.Id);
    }

    [Theory]
    [InlineData("read", "or its task 'text-detection' to the tasks there")]
    [InlineData("read@1.0", "or its task 'text-detection' to the tasks there")]
    [InlineData("unknown", "or its task to the tasks there")]
    [InlineData("app/own", "or its task to the tasks there")]
    [InlineData("untold", "or its task to the tasks there")]
    public async Task LeaseAsync_NeitherNamedNorOfATask_IsDeniedAndNamesBothWaysOut(string model, string way)
    {
        AddModels();
        _runtime.Source.Add("app/own", task: "speech-recognition");
        _runtime.Source.Add("untold");

        var error = await Assert.ThrowsAsync<EdgeHostException>(async () => await Provider(["named"], ["speech-recognition"]).LeaseAsync(model, default));

        Assert.Equal(ErrorCode.PermissionDenied, error.Code);
        Assert.Contains($"may not lease '{model}': add it to the models in its plugin.json", error.Message, StringComparison.Ordinal);
        Assert.Contains(way, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task LeaseAsync_NoTasks_AllowsNoMoreThanBefore()
    {
        AddModels();
        var provider = _runtime.Pool.ForCall(RuntimeFixture.Scope(new HashSet<string> { "named" }));

        using var lease = await provider.LeaseAsync("named", default);
        var error = await Assert.ThrowsAsync<EdgeHostException>(async () => await provider.LeaseAsync("heard", default));

        Assert.Equal(ErrorCode.PermissionDenied, error.Code);
    }

    [Fact]
    public async Task ListAsync_TaskOfItsOwn_ListsIt()
    {
        AddModels();

        var found = await Provider([], ["speech-recognition", "unheard-of"]).ListAsync("speech-recognition", default);

        Assert.Equal(["heard"], found.Select(model => model.Id));
        Assert.Equal("en", found[0].Properties["language"]);
        Assert.Empty(await Provider([], ["unheard-of"]).ListAsync("unheard-of", default));
    }

    [Fact]
    public async Task ListAsync_AnotherTask_IsDeniedAndNamesBothWaysOut()
    {
        AddModels();

        var error = await Assert.ThrowsAsync<EdgeHostException>(async () => await Provider(["read"], ["speech-recognition"]).ListAsync("text-detection", default));

        Assert.Equal(ErrorCode.PermissionDenied, error.Code);
        Assert.Contains("add the task to the tasks in its plugin.json, or name the models", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ListAsync_HostsOwnWork_MayAll()
    {
        AddModels();

        Assert.Equal(["read"], (await _runtime.Pool.ForCall(RuntimeFixture.Scope()).ListAsync("text-detection", default)).Select(model => model.Id));
    }

    [Fact]
    public async Task Lease_Model_SaysItsTaskAndProperties()
    {
        AddModels();

        using var heard = await _runtime.LeaseAsync("heard");
        using var untold = await _runtime.LeaseAsync("named");

        Assert.Equal(("speech-recognition", "en"), (heard.Model.Task, heard.Model.Properties["language"]));
        Assert.Equal(("", 0), (untold.Model.Task, untold.Model.Properties.Count));
    }

    [Fact]
    public async Task ListAsync_ProviderThatDoesNotImplementIt_HasNone()
        => Assert.Empty(await ((IModelProvider)new OldProvider()).ListAsync("speech-recognition", default));

    [Fact]
    public void Order_AnyModels_PutsInstalledThenDefaultThenIdFirst()
    {
        AvailableModel[] expected =
        [
            Model("b", isInstalled: true, isDefault: "true"), Model("c", isInstalled: true, isDefault: "true"), Model("a", isInstalled: true), Model("z", isInstalled: true, isDefault: "True"),
            Model("y", isInstalled: false, isDefault: "true"), Model("d", isInstalled: false), Model("e", isInstalled: false, isDefault: "false"),
        ];
        for (var seed = 0; seed < 100; seed++)
        {
            var shuffled = (AvailableModel[])expected.Clone();
#pragma warning disable CA5394 // An order for a test, not a secret.
            new Random(seed).Shuffle(shuffled);
#pragma warning restore CA5394
            Assert.Equal(expected, shuffled.Order(AvailableModelOrder.Instance));
        }
    }

    private static AvailableModel Model(string id, bool isInstalled, string? isDefault = null) => new()
    {
        Id = id,
        Version = "1.0",
        IsInstalled = isInstalled,
        Properties = isDefault is null ? new Dictionary<string, string>() : new Dictionary<string, string> { ["default"] = isDefault },
    };

    private IModelProvider Provider(string[] models, string[] tasks) => _runtime.Pool.ForCall(new CallScope
    {
        PluginId = "tests",
        App = new AppIdentity("app", -1, -1),
        AllowedModels = models.ToHashSet(StringComparer.Ordinal),
        AllowedTasks = tasks.ToHashSet(StringComparer.Ordinal),
    });

    private void AddModels() => _runtime.Source
        .Add("named")
        .Add("heard", task: "speech-recognition", properties: new Dictionary<string, string> { ["language"] = "en" })
        .Add("read", task: "text-detection");

    private sealed class OldProvider : IModelProvider
    {
        public ValueTask<IModelLease> LeaseAsync(string model, CancellationToken cancellationToken) => throw new NotSupportedException();
    }
}
