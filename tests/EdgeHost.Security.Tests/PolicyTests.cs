using EdgeHost.Security.Policy;

namespace EdgeHost.Security.Tests;

public class PolicyTests
{
    [Theory]
    [InlineData("*", "vision.detect_faces", true)]
    [InlineData("*", "health.record", false)]
    [InlineData("health.*", "health.record", true)]
    [InlineData("health.record", "health.record", true)]
    [InlineData("health.record", "health.erase", false)]
    [InlineData("vision.*", "vision.detect_faces", true)]
    [InlineData("vision.*", "visionary.call", false)]
    [InlineData("* !vision.*", "vision.detect_faces", false)]
    [InlineData("!vision.* *", "vision.detect_faces", false)]
    [InlineData("* !vision.detect_faces", "vision.recognize_text", true)]
    [InlineData("", "speech.transcribe", true)]
    [InlineData("", "health.record", false)]
    [InlineData("!speech.*", "speech.transcribe", false)]
    public void Allows_Grants_DecideByPattern(string grants, string method, bool expected)
        => Assert.Equal(expected, Policy(grants).Find("app", isOwnUser: true, 1000)!.Allows(method));

    [Fact]
    public void Allows_UnknownAppOfOwnUser_EverythingButWhatNeedsAnExplicitGrant()
    {
        var options = new AppsOptions();
        options.ExplicitGrants.Add("camera.*");
        var rule = new AppPolicy(options).Find("anyone", isOwnUser: true, 1000)!;

        Assert.True(rule.Allows("vision.detect_faces"));
        Assert.False(rule.Allows("health.record"));
        Assert.False(rule.Allows("camera.open"));
    }

    [Fact]
    public void Find_OtherUser_NeedsARuleThatNamesIt()
    {
        var options = new AppsOptions();
        options.Rules["mine"] = new AppRuleOptions();
        options.Rules["theirs"] = new AppRuleOptions { Users = { 1001 } };
        var policy = new AppPolicy(options);

        Assert.Null(policy.Find("anyone", isOwnUser: false, 1001));
        Assert.Null(policy.Find("mine", isOwnUser: false, 1001));
        Assert.NotNull(policy.Find("theirs", isOwnUser: false, 1001));
        Assert.Null(policy.Find("theirs", isOwnUser: true, 1000));
        options.AllowUnknown = false;
        Assert.Null(new AppPolicy(options).Find("anyone", isOwnUser: true, 1000));
    }

    [Fact]
    public void Token_Hash_MatchesOnlyItsToken()
    {
        var token = AppToken.Create();
        var hash = AppToken.Hash(token);

        Assert.True(AppToken.IsHash(hash));
        Assert.True(AppToken.Matches(hash, token));
        Assert.False(AppToken.Matches(hash, null));
        Assert.False(AppToken.Matches(hash, AppToken.Create()));
        Assert.NotEqual(hash, AppToken.Hash(token));
        Assert.All(["", "sha256", "sha256$$", "md5$AAAA$AAAA", hash[..^8]], text => Assert.False(AppToken.IsHash(text)));
    }

    [Fact]
    public void Validate_EverythingWrong_NamesEachWithItsPath()
    {
        var options = new AppsOptions { MaxKnownApps = 1 };
        options.ExplicitGrants.Add("!no");
        options.Rules["Bad Name"] = new AppRuleOptions { TokenHash = "x", Users = { -2 }, Grants = { "Vision" }, CallsPerSecond = 0, Burst = 0, ConcurrentCalls = 0, DeviceSeconds = -1, Window = TimeSpan.Zero, MaxPriority = CallPriority.Training };

        var result = new AppsOptionsValidator().Validate(null, options);

        var failures = result.Failures!.ToList();
        Assert.Equal(12, failures.Count);
        Assert.All(failures, failure => Assert.StartsWith("Apps:", failure, StringComparison.Ordinal));
        Assert.Contains(failures, failure => failure.Contains("Rules:Bad Name:Window", StringComparison.Ordinal));
    }

    private static AppPolicy Policy(string grants)
    {
        var rule = new AppRuleOptions();
        foreach (var grant in grants.Split(' ', StringSplitOptions.RemoveEmptyEntries)) rule.Grants.Add(grant);
        var options = new AppsOptions();
        options.Rules["app"] = rule;
        return new AppPolicy(options);
    }
}
