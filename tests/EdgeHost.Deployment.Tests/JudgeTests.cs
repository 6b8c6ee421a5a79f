using EdgeHost.Deployment.Gates;
using EdgeHost.Deployment.Versions;
using EdgeHost.PluginSdk;
using EdgeHost.Runtime.Models;
using EdgeHost.TestKit;

namespace EdgeHost.Deployment.Tests;

public class JudgeTests
{
    private static readonly GateRule Rule = new() { MinCalls = 10, MinAgreement = 0.9, MaxLatencyRatio = 2, MaxErrorRate = 0.05, MaxAccuracyDrop = 0.02, MinFeedback = 5 };

    [Fact]
    public async Task AGoodVersion_GoesThroughAllStages_ByItself()
    {
        await using var fixture = new DeploymentFixture(static options =>
        {
            options.CanaryShare = 0.5;
            options.WatchWindow = TimeSpan.FromHours(1);
        });
        var version = await fixture.AddAsync(gate: Rule);

        await JudgeAsync(fixture, version, VersionState.Shadow);
        await fixture.ShadowAsync(10);
        await JudgeAsync(fixture, version, VersionState.Canary);
        await CallUntilAsync(fixture, version, 10);
        await JudgeAsync(fixture, version, VersionState.Current);
        Assert.Equal(version.Version, await fixture.CallAsync());
        fixture.Time.Advance(TimeSpan.FromHours(2));
        await JudgeAsync(fixture, version, VersionState.Current);

        Assert.Null((await fixture.ReadAsync(version)).WatchedUntil);
        Assert.Empty(fixture.Trials.All);
        var history = await fixture.Store.HistoryAsync("m", VersionScope.Device, 10, default);
        Assert.Equal(
            [
                (VersionState.Current, VersionState.Current, VersionActor.Gate), (VersionState.Canary, VersionState.Current, VersionActor.Gate),
                (VersionState.Shadow, VersionState.Canary, VersionActor.Gate), (VersionState.Stored, VersionState.Shadow, VersionActor.Maker), (null, VersionState.Stored, VersionActor.Maker),
            ],
            history.Select(static entry => (entry.From, entry.To, entry.Actor)));
        Assert.Contains("\"calls\":10", history[2].Figures, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AVersionThatDisagrees_IsRetiredInShadow_WithItsFigures()
    {
        await using var fixture = new DeploymentFixture();
        fixture.Engine.Describe("m@1.0.0-local.1", new SimulatedModel { OnRun = static (_, _) => [SimulatedValue.Of<float>(new TensorShape(3), 3, 2, 1)] });
        var version = await fixture.AddAsync(gate: Rule);

        await fixture.ShadowAsync(10);
        await JudgeAsync(fixture, version, VersionState.Retired);

        Assert.Contains("agrees in 0 %", (await fixture.ReadAsync(version)).Reason, StringComparison.Ordinal);
        Assert.Contains("\"agreement\":0", (await fixture.Store.HistoryAsync("m", null, 1, default))[0].Figures, StringComparison.Ordinal);
        Assert.Equal("1.0.0", await fixture.CallAsync());
    }

    [Fact]
    public async Task ACanaryThatThrows_GetsNoMoreCalls_BeforeAnybodyJudges()
    {
        await using var fixture = new DeploymentFixture(static options => options.CanaryShare = 1);
        var version = await fixture.PromoteAsync(await fixture.AddAsync(gate: Rule), VersionState.Canary);
        fixture.Engine.Describe(version.Name, Throwing);
        await fixture.Pool.EvictAsync(version.Name, "test", default);

        for (var i = 0; i < 3; i++) await Assert.ThrowsAsync<EdgeHostException>(() => fixture.CallAsync());
        Assert.Equal("1.0.0", await fixture.CallAsync());
        await JudgeAsync(fixture, version, VersionState.Retired);
    }

    [Theory]
    [InlineData("throws")]
    [InlineData("slow")]
    [InlineData("feedback")]
    public async Task ACurrentVersionThatRegresses_IsRolledBack(string how)
    {
        await using var fixture = new DeploymentFixture(static options => options.CanaryShare = 0.5);
        fixture.Engine.Describe("m@1.0.0", Taking(10));
        var before = await fixture.PromoteAsync(await fixture.AddAsync(gate: Rule));
        fixture.Engine.Describe(before.Name, Taking(10));
        await fixture.Pool.EvictAsync(before.Name, "test", default);
        var version = await fixture.PromoteAsync(await fixture.AddAsync(gate: Rule), VersionState.Canary);
        fixture.Engine.Describe(version.Name, Taking(10));
        await fixture.Pool.EvictAsync(version.Name, "test", default);
        await CallUntilAsync(fixture, version, 10);
        await JudgeAsync(fixture, version, VersionState.Current);

        if (how == "throws") fixture.Engine.Describe(version.Name, Throwing);
        if (how == "slow") fixture.Engine.Describe(version.Name, Taking(50));
        if (how == "feedback") (fixture.Feedback.Counts[before.Name], fixture.Feedback.Counts[version.Name]) = (new FeedbackCount(9, 1), new FeedbackCount(5, 5));
        await fixture.Pool.EvictAsync(version.Name, "test", default);
        var failed = 0;
        for (var i = 0; i < 12; i++)
        {
            try
            {
                await fixture.CallAsync();
                while (fixture.Shadow.Waiting > 0) await fixture.Runner.RunOnceAsync(default);
            }
            catch (EdgeHostException) when (how == "throws")
            {
                // That is what it is rolled back for.
                failed++;
            }
        }

        Assert.Equal(how == "throws" ? 3 : 0, failed);
        await JudgeAsync(fixture, version, VersionState.Retired);

        Assert.Equal(before.Version, await fixture.CallAsync());
        Assert.Equal(VersionActor.Gate, (await fixture.Store.HistoryAsync("m", null, 2, default))[^1].Actor);

        SimulatedModel Taking(int milliseconds) => new()
        {
            OnRun = (_, _) =>
            {
                fixture.Time.Advance(TimeSpan.FromMilliseconds(milliseconds));
                return [SimulatedValue.Of<float>(new TensorShape(3), 1, 2, 3)];
            },
        };
    }

    [Fact]
    public async Task InputsThatFitNoVersion_AreNotTheVersionsFault()
    {
        await using var fixture = new DeploymentFixture();
        var version = await fixture.PromoteAsync(await fixture.AddAsync(gate: Rule));
        fixture.Engine.Describe(version.Name, new SimulatedModel
        {
            OnRun = static (step, _) => step.Inputs[0].Value.ElementType == ElementType.Float32
                ? [SimulatedValue.Of<float>(new TensorShape(3), 1, 2, 3)]
                : throw new EdgeHostException(ErrorCode.InvalidArgument, "another type"),
        });
        await fixture.Pool.EvictAsync(version.Name, "test", default);

        for (var i = 0; i < 5; i++)
        {
            var scope = new CallScope { PluginId = "tests", App = new AppIdentity("app", 1000, 1) };
            using (var lease = await fixture.Pool.ForCall(scope).LeaseAsync("m", default))
            {
                using var value = SimulatedValue.Of<long>(new TensorShape(1), 1);
                await Assert.ThrowsAsync<EdgeHostException>(async () => await lease.RunAsync(new ModelStep { Inputs = [new NamedValue("x", value)] }, default));
            }

            scope.EndChoices(ErrorCode.InvalidArgument);
            scope.ReclaimLeases();
        }

        await JudgeAsync(fixture, version, VersionState.Current);
        Assert.Equal(version.Version, await fixture.CallAsync());
        Assert.Equal((1, 0), (fixture.Trials.Of(await fixture.ReadAsync(version))!.Candidate.Record.Calls, fixture.Trials.Of(await fixture.ReadAsync(version))!.Candidate.Record.Errors));
    }

    [Fact]
    public async Task APerson_IsHeldToTheGate_UnlessForcing()
    {
        await using var fixture = new DeploymentFixture(static options => options.CanaryShare = 1);
        var version = await fixture.AddAsync(gate: Rule);

        var shadow = await Assert.ThrowsAsync<EdgeHostException>(() => fixture.PromoteAsync(version, force: false));
        await fixture.PromoteAsync(version, VersionState.Canary, force: false);
        var canary = await Assert.ThrowsAsync<EdgeHostException>(() => fixture.PromoteAsync(version, force: false));
        for (var i = 0; i < 10; i++) await fixture.CallAsync();
        await fixture.PromoteAsync(version, force: false);

        Assert.All([shadow, canary], static error => Assert.Equal(ErrorCode.FailedPrecondition, error.Code));
        Assert.Contains("0 of 10 calls so far", canary.Message, StringComparison.Ordinal);
        var again = await Assert.ThrowsAsync<EdgeHostException>(() => fixture.PromoteAsync(version));
        Assert.Contains("serves already", again.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ACandidateWithoutCalls_IsGivenUpInTheEnd_AndANewOneTakesItsPlace()
    {
        await using var fixture = new DeploymentFixture(static options => options.TrialLifetime = TimeSpan.FromDays(1));
        var first = await fixture.AddAsync(gate: Rule);
        var second = await fixture.AddAsync(gate: Rule);
        Assert.Equal(VersionState.Retired, (await fixture.ReadAsync(first)).State);
        await JudgeAsync(fixture, second, VersionState.Shadow);

        fixture.Time.Advance(TimeSpan.FromDays(2));

        await JudgeAsync(fixture, second, VersionState.Retired);
        Assert.Contains("too few calls", (await fixture.ReadAsync(second)).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task NotAutomatic_MeasuresAndMovesNothing()
    {
        await using var fixture = new DeploymentFixture(static options => options.IsAutomatic = false);
        var version = await fixture.AddAsync(gate: Rule);

        await fixture.ShadowAsync(12);
        await JudgeAsync(fixture, version, VersionState.Shadow);

        Assert.Equal(12, (await fixture.Control.FiguresAsync(version, default))!.Calls);
    }

    [Fact]
    public async Task AnyCourse_NeverSkipsAStage_AndHasOneCurrentAndOneCandidate()
    {
        for (var seed = 0; seed < 8; seed++)
        {
            var random = new Random(seed);
            await using var fixture = new DeploymentFixture(static options =>
            {
                options.CanaryShare = 0.5;
                options.WatchWindow = TimeSpan.FromMinutes(5);
            });
            for (var i = 1; i <= 12; i++)
            {
                if (random.Next(3) == 0) fixture.Engine.Describe($"m@1.0.0-local.{i}", Throwing);
            }

            for (var turn = 0; turn < 40; turn++)
            {
                fixture.Time.Advance(TimeSpan.FromSeconds(random.Next(1, 90)));
                switch (random.Next(6))
                {
                    case 0:
                        await fixture.AddAsync(gate: Rule with { MinCalls = 3 });
                        break;
                    case 1:
                        await AllowAsync(() => fixture.Control.RollBackAsync("m", VersionScope.Device, null, null, VersionActor.Owner, default));
                        break;
                    default:
                        for (var i = 0; i < 4; i++) await AllowAsync(() => fixture.CallAsync());
                        while (fixture.Shadow.Waiting > 0) await fixture.Runner.RunOnceAsync(default);
                        break;
                }

                await fixture.Judge.JudgeAsync(default);
            }

            var history = await fixture.Store.HistoryAsync("m", null, 1000, default);
            foreach (var version in history.GroupBy(static entry => entry.Version))
            {
                var at = default(VersionState?);
                foreach (var entry in version.Reverse())
                {
                    Assert.Equal(at, entry.From);
                    if (entry.Actor == VersionActor.Gate && entry.To == VersionState.Current && entry.From != VersionState.Current && !entry.Reason.Contains("rolled back", StringComparison.Ordinal))
                    {
                        Assert.Equal(VersionState.Canary, entry.From);
                    }

                    at = entry.To;
                }
            }

            var all = await fixture.Store.ListAsync("m", null, default);
            Assert.True(all.Count(static version => version.State == VersionState.Current) <= 1);
            Assert.True(all.Count(static version => version.IsCandidate) <= 1);
            Assert.Empty(fixture.Engine.Faults);
        }
    }

    private static SimulatedModel Throwing => new() { OnRun = static (_, _) => throw new EdgeHostException(ErrorCode.Internal, "a broken node") };

    private static async Task AllowAsync(Func<Task> work)
    {
        try
        {
            await work();
        }
        catch (EdgeHostException)
        {
            // Part of the course.
        }
    }

    private static async Task CallUntilAsync(DeploymentFixture fixture, ModelVersion version, int calls)
    {
        var (served, others) = (0, 0);
        while (served < calls || others < calls)
        {
            if (await fixture.CallAsync() == version.Version) served++;
            else others++;
        }
    }

    private static async Task JudgeAsync(DeploymentFixture fixture, ModelVersion version, VersionState expected)
    {
        await fixture.Judge.JudgeAsync(default);
        Assert.Equal(expected, (await fixture.ReadAsync(version)).State);
    }
}
