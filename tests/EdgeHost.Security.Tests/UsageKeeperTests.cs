using EdgeHost.Security.Access;
using EdgeHost.Security.Policy;
using EdgeHost.Security.Usage;
using EdgeHost.TestKit;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace EdgeHost.Security.Tests;

/// <summary>What apps have used is there again after a restart.</summary>
public sealed class UsageKeeperTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2030, 1, 1, 0, 0, 0, TimeSpan.Zero));
    private readonly RecordingLoggerFactory _log = new();
    private readonly AppsOptions _options = new();

    public UsageKeeperTests()
    {
        _options.UsageFolder = _folder.Combine("state");
        _options.Rules["app"] = new AppRuleOptions { DeviceSeconds = 10, Window = TimeSpan.FromMinutes(10) };
    }

    private string Path => _folder.Combine("state", "usage.json");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Restart_UsageAndWindow_GoOn()
    {
        await RunAsync(control =>
        {
            Use(control, seconds: 7, hasFailed: true);
            Assert.Throws<EdgeHostException>(() => control.Admit(Claim("app")).Enter("health.record", CallPriority.Normal));
        });
        _time.Advance(TimeSpan.FromMinutes(4));

        await RunAsync(control =>
        {
            var usage = Assert.Single(control.Usage);
            Assert.Equal(("app", 1, 1, 1, TimeSpan.FromSeconds(7), 0), (usage.App, usage.Calls, usage.Failed, usage.Denied, usage.DeviceTime, usage.CallsInFlight));
            var quota = control.Admit(Claim("app")).Quota;
            Assert.Equal((TimeSpan.FromSeconds(3), TimeSpan.FromMinutes(6)), (quota.DeviceTimeLeft, quota.DeviceTimeResetsIn));
            Use(control, seconds: 5, hasFailed: false);
        });

        await RunAsync(control =>
        {
            var error = Assert.Throws<EdgeHostException>(() => control.Admit(Claim("app")).Enter("a.b", CallPriority.Normal));
            Assert.Equal((ErrorCode.ResourceExhausted, TimeSpan.FromMinutes(6)), (error.Code, error.RetryAfter));
            _time.Advance(TimeSpan.FromMinutes(6));
            Assert.Equal(TimeSpan.FromSeconds(10), control.Admit(Claim("app")).Quota.DeviceTimeLeft);
        });
        Assert.Empty(_log.Lines);
    }

    [Fact]
    public async Task Restart_ClockWasSetBack_DoesNotStretchTheWindow()
    {
        await RunAsync(control => Use(control, seconds: 7, hasFailed: false));
        var earlier = new FakeTimeProvider(_time.GetUtcNow() - TimeSpan.FromDays(3));

        await RunAsync(
            control => Assert.Equal(TimeSpan.FromMinutes(10), control.Admit(Claim("app")).Quota.DeviceTimeResetsIn),
            earlier);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("null")]
    [InlineData("""{"apps":null}""")]
    [InlineData("""{"apps":[null]}""")]
    [InlineData("""{"apps":[{"app":"app"}]}""")]
    [InlineData("""{"apps":[{"app":"../x","user_id":0,"calls":0,"failed":0,"denied":0,"device_time_us":0,"window_began":null,"window_time_us":0}]}""")]
    [InlineData("""{"apps":[{"app":"app","user_id":0,"calls":-1,"failed":0,"denied":0,"device_time_us":0,"window_began":null,"window_time_us":0}]}""")]
    [InlineData("""{"apps":[{"app":"app","user_id":0,"calls":0,"failed":0,"denied":0,"device_time_us":9223372036854775807,"window_began":null,"window_time_us":0}]}""")]
    public async Task Start_FileIsBroken_BeginsAnewWithAWarning(string content)
    {
        Directory.CreateDirectory(_folder.Combine("state"));
        await File.WriteAllTextAsync(Path, content);

        await RunAsync(control =>
        {
            Assert.Empty(control.Usage);
            Use(control, seconds: 1, hasFailed: false);
        });

        Assert.Contains("counting begins anew", Assert.Single(_log.Lines).Text, StringComparison.Ordinal);
        await RunAsync(control => Assert.Single(control.Usage));
    }

    [Fact]
    public async Task Write_EachMinuteAndOnlyWhatChanged()
    {
        var control = Control(_time);
        var keeper = Keeper(control, _time);
        await keeper.StartAsync(CancellationToken.None);
        Use(control, seconds: 1, hasFailed: false);
        await WaitUntilAsync(() =>
        {
            _time.Advance(UsageKeeper.Interval);
            return File.Exists(Path);
        });
        if (!OperatingSystem.IsWindows()) Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Path));

        File.Delete(Path);
        await keeper.StopAsync(CancellationToken.None);

        Assert.False(File.Exists(Path));
        Assert.Empty(Directory.GetFiles(_folder.Combine("state")));
    }

    [Fact]
    public async Task Write_FolderCannotBe_SaysSoOnceAndGoesOn()
    {
        await File.WriteAllTextAsync(_folder.Combine("state"), string.Empty);

        await RunAsync(control => Use(control, seconds: 1, hasFailed: false));

        Assert.Contains("cannot be written", Assert.Single(_log.Lines).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Restart_MoreAppsThanAreKept_KeepsThoseUsedLast()
    {
        await RunAsync(control =>
        {
            for (var i = 0; i < 40; i++)
            {
                _time.Advance(TimeSpan.FromSeconds(1));
                control.Admit(Claim($"app{i}")).Enter("a.b", CallPriority.Normal).Leave(hasFailed: false);
            }
        });
        _options.MaxKnownApps = 16;

        await RunAsync(control => Assert.Equal(Enumerable.Range(24, 16).Select(i => $"app{i}"), control.Usage.Select(usage => usage.App)));
    }

    private async Task RunAsync(Action<AccessControl> use, TimeProvider? time = null)
    {
        var control = Control(time ?? _time);
        var keeper = Keeper(control, time ?? _time);
        await keeper.StartAsync(CancellationToken.None);
        use(control);
        await keeper.StopAsync(CancellationToken.None);
    }

    private AccessControl Control(TimeProvider time)
    {
        var control = new AccessControl(time, new RecordedAudit()) { OwnUserId = 1000 };
        control.Apply(new AppPolicy(_options));
        return control;
    }

    private UsageKeeper Keeper(AccessControl control, TimeProvider time)
        => new(Options.Create(_options), control, time, new Microsoft.Extensions.Logging.Logger<UsageKeeper>(_log));

    private static void Use(AccessControl control, double seconds, bool hasFailed)
    {
        var session = control.Admit(Claim("app"));
        var permit = session.Enter("a.b", CallPriority.Normal);
        session.Charge(TimeSpan.FromSeconds(seconds));
        permit.Leave(hasFailed);
    }

    private static async Task WaitUntilAsync(Func<bool> holds)
    {
        using var unexpected = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (!holds())
        {
            unexpected.Token.ThrowIfCancellationRequested();
            await Task.Delay(5, CancellationToken.None);
        }
    }

    private static AppClaim Claim(string name) => new(name, null, 1000, 1000, 1);
}
