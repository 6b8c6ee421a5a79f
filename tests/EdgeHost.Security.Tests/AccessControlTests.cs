using EdgeHost.Security.Access;
using EdgeHost.Security.Policy;
using Microsoft.Extensions.Time.Testing;

namespace EdgeHost.Security.Tests;

public class AccessControlTests
{
    private const long Owner = 1000;
    private readonly FakeTimeProvider _time = new();
    private readonly RecordedAudit _audit = new();

    [Fact]
    public void Admit_OtherUser_IsRefusedAndOnRecord()
    {
        var error = Assert.Throws<EdgeHostException>(() => Control().Admit(Claim("app", user: 1001)));

        Assert.Equal(ErrorCode.PermissionDenied, error.Code);
        Assert.Contains("edgehost apps add app --user 1001", error.Message, StringComparison.Ordinal);
        Assert.Equal(("refused", "another user"), _audit.Entries.Select(entry => (entry.Event, entry.Reason)).Single());
    }

    [Fact]
    public void Admit_Token_IsAskedFor()
    {
        var token = AppToken.Create();
        var control = Control(new AppRuleOptions { TokenHash = AppToken.Hash(token) });

        Assert.Equal(ErrorCode.Unauthenticated, Assert.Throws<EdgeHostException>(() => control.Admit(Claim("app"))).Code);
        Assert.Equal(ErrorCode.Unauthenticated, Assert.Throws<EdgeHostException>(() => control.Admit(Claim("app", token: "wrong"))).Code);
        Assert.Equal("app", control.Admit(Claim("app", token: token)).App.Name);
    }

    [Fact]
    public void Enter_NotGranted_IsDeniedAndOnRecordOnceAMinute()
    {
        var session = Control(new AppRuleOptions { Grants = { "vision.*" } }).Admit(Claim("app"));

        for (var i = 0; i < 5; i++) Assert.Equal(ErrorCode.PermissionDenied, Assert.Throws<EdgeHostException>(() => session.Enter("speech.transcribe", CallPriority.Normal)).Code);
        Assert.Single(_audit.Entries);
        _time.Advance(TimeSpan.FromMinutes(2));
        Assert.Throws<EdgeHostException>(() => session.Enter("speech.transcribe", CallPriority.Normal));

        Assert.Equal([null, "and 4 times before"], _audit.Entries.Select(entry => entry.Reason));
    }

    [Fact]
    public void Enter_PolicyChanges_OpenSessionsFollow()
    {
        var control = Control();
        var session = control.Admit(Claim("app"));
        session.Enter("vision.detect_faces", CallPriority.Normal).Leave(hasFailed: false);

        control.Apply(Policy(new AppRuleOptions { Grants = { "health.*" } }));

        Assert.False(session.Allows("vision.detect_faces"));
        Assert.True(session.Allows("health.record"));
        Assert.Equal(["health.*"], session.Grants);
    }

    [Theory]
    [InlineData(CallPriority.Interactive, CallPriority.Normal)]
    [InlineData(CallPriority.Normal, CallPriority.Normal)]
    [InlineData(CallPriority.Background, CallPriority.Background)]
    public void Enter_PriorityCeiling_Lowers(CallPriority asked, CallPriority expected)
    {
        var session = Control(new AppRuleOptions { MaxPriority = CallPriority.Normal }).Admit(Claim("app"));

        Assert.Equal(expected, session.Enter("a.b", asked).Priority);
    }

    [Fact]
    public void Enter_Rate_AllowsTheBurstAndThenTheRate()
    {
        var session = Control(new AppRuleOptions { CallsPerSecond = 2, Burst = 3 }).Admit(Claim("app"));
        for (var i = 0; i < 3; i++) session.Enter("a.b", CallPriority.Normal).Leave(hasFailed: false);

        var error = Assert.Throws<EdgeHostException>(() => session.Enter("a.b", CallPriority.Normal));
        Assert.Equal((ErrorCode.ResourceExhausted, TimeSpan.FromMilliseconds(500)), (error.Code, error.RetryAfter));
        Assert.Equal(0, session.Quota.CallsLeft);
        _time.Advance(error.RetryAfter!.Value);
        session.Enter("a.b", CallPriority.Normal).Leave(hasFailed: false);
        Assert.Throws<EdgeHostException>(() => session.Enter("a.b", CallPriority.Normal));
    }

    [Fact]
    public void Enter_Concurrency_CountsAllConnectionsOfTheApp()
    {
        var control = Control(new AppRuleOptions { ConcurrentCalls = 2 });
        var (one, two) = (control.Admit(Claim("app")), control.Admit(Claim("app")));
        var permit = one.Enter("a.b", CallPriority.Normal);
        two.Enter("a.b", CallPriority.Normal);

        Assert.Equal(ErrorCode.ResourceExhausted, Assert.Throws<EdgeHostException>(() => one.Enter("a.b", CallPriority.Normal)).Code);
        Assert.Equal(0, one.Quota.ConcurrentCallsLeft);
        permit.Leave(hasFailed: true);
        two.Enter("a.b", CallPriority.Normal);

        Assert.Equal((3, 1, 1, 2), control.Usage.Select(usage => (usage.Calls, usage.Failed, usage.Denied, usage.CallsInFlight)).Single());
    }

    [Fact]
    public void Enter_DeviceTime_IsUsedUpAndComesBackWithTheWindow()
    {
        var control = Control(new AppRuleOptions { DeviceSeconds = 1, Window = TimeSpan.FromMinutes(1) });
        var session = control.Admit(Claim("app"));
        Use(session, TimeSpan.FromSeconds(0.75));
        _time.Advance(TimeSpan.FromSeconds(20));
        Assert.Equal((TimeSpan.FromSeconds(0.25), TimeSpan.FromSeconds(40)), (session.Quota.DeviceTimeLeft, session.Quota.DeviceTimeResetsIn));
        Use(session, TimeSpan.FromSeconds(0.5));

        var error = Assert.Throws<EdgeHostException>(() => session.Enter("a.b", CallPriority.Normal));
        Assert.Equal(TimeSpan.FromSeconds(40), error.RetryAfter);
        Assert.Equal(TimeSpan.Zero, control.FindQuota(session.App)!.Value.DeviceTimeLeft);
        _time.Advance(TimeSpan.FromSeconds(40));
        session.Enter("a.b", CallPriority.Normal).Leave(hasFailed: false);
        Assert.Equal(TimeSpan.FromSeconds(1), session.Quota.DeviceTimeLeft);
    }

    [Fact]
    public void Admit_ManyNames_KnowsOnlyTheLastUsed()
    {
        var options = new AppsOptions { MaxKnownApps = 16 };
        var control = new AccessControl(_time, _audit) { OwnUserId = Owner };
        control.Apply(new AppPolicy(options));

        for (var i = 0; i < 100; i++)
        {
            _time.Advance(TimeSpan.FromSeconds(1));
            control.Admit(Claim($"app{i}"));
        }

        Assert.Equal(16, control.Usage.Count);
        Assert.Contains(control.Usage, usage => usage.App == "app99");
    }

    /// <summary>Random calls against a bucket that is worked out by hand.</summary>
    [Fact]
    public void Enter_RandomTimes_NeverMoreThanBurstPlusRate()
    {
        for (var seed = 0; seed < 50; seed++)
        {
            var random = new Random(seed);
            var (rate, burst) = (random.Next(1, 50), random.Next(1, 20));
            var session = Control(new AppRuleOptions { CallsPerSecond = rate, Burst = burst }).Admit(Claim("app"));
            var (tokens, let) = ((double)burst, 0);
            for (var i = 0; i < 500; i++)
            {
                var pause = random.Next(0, 100);
                _time.Advance(TimeSpan.FromMilliseconds(pause));
                tokens = i == 0 ? burst : Math.Min(burst, tokens + (pause * rate / 1000.0));
                var isIn = true;
                try
                {
                    session.Enter("a.b", CallPriority.Normal).Leave(hasFailed: false);
                }
                catch (EdgeHostException e) when (e.Code == ErrorCode.ResourceExhausted)
                {
                    isIn = false;
                }

                if (Math.Abs(tokens - 1) > 1e-6) Assert.Equal(tokens >= 1, isIn);
                if (isIn)
                {
                    tokens--;
                    let++;
                }
            }

            Assert.InRange(let, burst, 500);
        }
    }

    private static void Use(AppSession session, TimeSpan deviceTime)
    {
        var permit = session.Enter("a.b", CallPriority.Normal);
        session.Charge(deviceTime);
        permit.Leave(hasFailed: false);
    }

    private AccessControl Control(AppRuleOptions? rule = null)
    {
        var control = new AccessControl(_time, _audit) { OwnUserId = Owner };
        if (rule is not null) control.Apply(Policy(rule));
        return control;
    }

    private static AppPolicy Policy(AppRuleOptions rule)
    {
        var options = new AppsOptions();
        options.Rules["app"] = rule;
        return new AppPolicy(options);
    }

    private static AppClaim Claim(string name, long user = Owner, string? token = null) => new(name, token, user, user, 1);
}
