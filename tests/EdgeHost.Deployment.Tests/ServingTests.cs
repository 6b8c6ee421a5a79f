using EdgeHost.Deployment.Versions;
using EdgeHost.TestKit;

namespace EdgeHost.Deployment.Tests;

public class ServingTests
{
    private static readonly VersionScope Mail = new("mail", 1000);

    [Fact]
    public async Task WithoutVersions_TheShippedOneServes_AndNothingIsOpened()
    {
        await using var fixture = new DeploymentFixture();

        Assert.Equal("1.0.0", await fixture.CallAsync());

        Assert.False(Directory.Exists(Path.GetDirectoryName(fixture.FilesFolder)));
    }

    [Fact]
    public async Task Current_OfAnApp_ServesThatAppAlone_OfTheDeviceAll()
    {
        await using var fixture = new DeploymentFixture();
        var own = await fixture.PromoteAsync(await fixture.AddAsync(scope: Mail));
        Assert.Equal((own.Version, "1.0.0"), (await fixture.CallAsync("mail"), await fixture.CallAsync("other")));

        var all = await fixture.PromoteAsync(await fixture.AddAsync());

        Assert.Equal((own.Version, all.Version), (await fixture.CallAsync("mail"), await fixture.CallAsync("other")));
        var error = await Assert.ThrowsAsync<EdgeHostException>(() => fixture.CallAsync("other", $"m@{own.Version}"));
        Assert.Equal(ErrorCode.NotFound, error.Code);
        Assert.Equal(own.Version, await fixture.CallAsync("mail", $"m@{own.Version}"));
        Assert.Equal("1.0.0", await fixture.CallAsync("mail", "m@1.0.0"));
    }

    [Fact]
    public async Task RollBack_GoesBackStepByStep_ToTheShippedOne()
    {
        await using var fixture = new DeploymentFixture();
        var first = await fixture.PromoteAsync(await fixture.AddAsync());
        var second = await fixture.PromoteAsync(await fixture.AddAsync());
        Assert.Equal(second.Version, await fixture.CallAsync());

        var one = await fixture.Control.RollBackAsync("m", VersionScope.Device, null, "worse", VersionActor.Owner, default);
        Assert.Equal((second.Version, first.Version), (one.From.Version, one.To?.Version));
        Assert.Equal(first.Version, await fixture.CallAsync());
        var two = await fixture.Control.RollBackAsync("m", VersionScope.Device, null, null, VersionActor.Owner, default);
        Assert.Null(two.To);
        Assert.Equal("1.0.0", await fixture.CallAsync());
        var error = await Assert.ThrowsAsync<EdgeHostException>(() => fixture.Control.RollBackAsync("m", VersionScope.Device, null, null, VersionActor.Owner, default));
        Assert.Equal(ErrorCode.FailedPrecondition, error.Code);
        Assert.Contains("worse", (await fixture.ReadAsync(second)).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AnotherShippedVersion_SetsThoseOfTheOldOneAside()
    {
        await using var fixture = new DeploymentFixture();
        var own = await fixture.PromoteAsync(await fixture.AddAsync());
        Assert.Equal(own.Version, await fixture.CallAsync());

        fixture.Ship("2.0.0");
        Assert.Equal("2.0.0", await fixture.CallAsync());
        var next = await fixture.PromoteAsync(await fixture.AddAsync());

        Assert.Equal(("2.0.0-local.2", "2.0.0"), (next.Version, next.Base));
        Assert.Equal(next.Version, await fixture.CallAsync());
    }

    [Fact]
    public async Task FilesThatAVersionLacks_AreThoseOfTheShippedOne()
    {
        await using var fixture = new DeploymentFixture();
        await fixture.PromoteAsync(await fixture.AddAsync());
        var scope = new Runtime.Models.CallScope { PluginId = "tests", App = new AppIdentity("app", 1000, 1) };
        using var lease = await fixture.Pool.ForCall(scope).LeaseAsync("m", default);

        Assert.NotEqual("1.0.0", lease.Model.Version);
        Assert.Equal(DeploymentFixture.Graph(), (await lease.ReadFileAsync("labels.txt", default)).ToArray());
    }

    [Fact]
    public async Task CanaryShare_HoldsWithinBounds_AndNoCallMixesVersions()
    {
        foreach (var share in (double[])[0.05, 0.1, 0.3, 0.5])
        {
            await using var fixture = new DeploymentFixture(options =>
            {
                options.CanaryShare = share;
                options.IsAutomatic = false;
            });
            var canary = await fixture.PromoteAsync(await fixture.AddAsync(), VersionState.Canary);
            const int Calls = 2000;
            var served = 0;

            // CallAsync fails if its leases have different versions.
            for (var i = 0; i < Calls; i++) served += await fixture.CallAsync(leases: 3) == canary.Version ? 1 : 0;

            // Five standard deviations: one failure in a million of runs.
            var bound = 5 * Math.Sqrt(share * (1 - share) / Calls);
            Assert.InRange((double)served / Calls, share - bound, share + bound);
        }
    }

    [Fact]
    public async Task Promote_UnderCalls_FailsNone_AndOldRunsFinishOnTheOldOne()
    {
        await using var fixture = new DeploymentFixture();
        using var release = new ManualResetEventSlim();
        fixture.Engine.Describe("m@1.0.0", new SimulatedModel
        {
            OnRun = (step, _) =>
            {
                release.Wait(TimeSpan.FromSeconds(30), CancellationToken.None);
                return [SimulatedValue.Of<float>(new TensorShape(1), 1)];
            },
        });
        var old = Task.Run(() => fixture.CallAsync());
        await fixture.Engine.WaitUntilAsync(() => fixture.Engine.RunsStarted == 1);

        var next = await fixture.PromoteAsync(await fixture.AddAsync());
        fixture.Engine.Describe(next.Name, new SimulatedModel());
        var during = Task.Run(() => fixture.CallAsync());
        release.Set();

        Assert.Equal("1.0.0", await old);
        Assert.Equal(next.Version, await during);
        Assert.Empty(fixture.Engine.Faults);
    }

    [Fact]
    public async Task Promote_OfAVersionThatDoesNotLoad_IsRefused_AndTheOldOneServes()
    {
        await using var fixture = new DeploymentFixture();
        fixture.Engine.Describe("m@1.0.0-local.1", new SimulatedModel { OnLoad = static _ => throw new EdgeHostException(ErrorCode.InvalidArgument, "no graph") });
        var version = await fixture.AddAsync(VersionState.Stored);

        var error = await Assert.ThrowsAsync<EdgeHostException>(() => fixture.PromoteAsync(version));

        Assert.Equal(ErrorCode.FailedPrecondition, error.Code);
        Assert.Contains("no graph", error.Message, StringComparison.Ordinal);
        Assert.Equal("1.0.0", await fixture.CallAsync());
        Assert.Equal(VersionState.Stored, (await fixture.ReadAsync(version)).State);
    }

    [Fact]
    public async Task Current_WhoseFilesAreAltered_IsRolledBack_AndNoCallFails()
    {
        await using var fixture = new DeploymentFixture();
        var first = await fixture.PromoteAsync(await fixture.AddAsync());
        var second = await fixture.PromoteAsync(await fixture.AddAsync());
        var path = Path.Combine(fixture.FilesFolder, second.Folder, "model.onnx");
        File.Delete(path);
        File.WriteAllText(path, "something else");

        Assert.Equal("1.0.0", await fixture.CallAsync());
        await fixture.Judge.JudgeAsync(default);

        Assert.Equal(first.Version, await fixture.CallAsync());
        var gone = await fixture.ReadAsync(second);
        Assert.Equal(VersionState.Retired, gone.State);
        Assert.Contains("does not load", gone.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Canary_ThatDoesNotLoad_CostsNoCall_AndIsRetired()
    {
        await using var fixture = new DeploymentFixture(static options => options.CanaryShare = 1);
        var version = await fixture.PromoteAsync(await fixture.AddAsync(), VersionState.Canary);
        await fixture.Pool.EvictAsync(version.Name, "test", default);
        fixture.Engine.Describe(version.Name, new SimulatedModel { OnLoad = static _ => throw new EdgeHostException(ErrorCode.Internal, "broken engine") });

        Assert.Equal("1.0.0", await fixture.CallAsync());
        Assert.Equal("1.0.0", await fixture.CallAsync());
        await fixture.Judge.JudgeAsync(default);

        Assert.Equal(VersionState.Retired, (await fixture.ReadAsync(version)).State);
    }

    [Fact]
    public async Task DamagedRecords_LetTheShippedVersionServe()
    {
        using var folder = new TempFolder();
        await using (var first = new DeploymentFixture(folder: folder)) await first.PromoteAsync(await first.AddAsync());
        foreach (var file in Directory.EnumerateFiles(folder.Combine("deployment"), "versions.db*")) File.WriteAllText(file, new string('x', 8192));

        await using var second = new DeploymentFixture(folder: folder);

        Assert.Equal("1.0.0", await second.CallAsync());
        var error = await Assert.ThrowsAsync<EdgeHostException>(() => second.Store.ListAsync(null, null, default));
        Assert.Equal(ErrorCode.DataLoss, error.Code);
    }
}
