using EdgeHost.Host.Configuration;

namespace EdgeHost.Host.Tests.Configuration;

public sealed class LiveKeysTests
{
    [Fact]
    public void Keys_AreAllInTheTable()
        => Assert.Empty(LiveKeys.All.Where(key => !OptionReference.Lines.Any(line => TextLayer.IsAtOrBelow(line.Key, key))));

    [Theory]
    [InlineData("Ipc:MaxConnections", true)]
    [InlineData("ipc:maxconnections", true)]
    [InlineData("Ipc:Endpoint", false)]
    [InlineData("Ipc", false)]
    [InlineData("Apps:Rules:camera:Grants:0", true)]
    [InlineData("Apps:AuditFolder", false)]
    [InlineData("Runtime:Pool:BudgetBytesMore", false)]
    [InlineData("Runtime:Pool:LargeValueBytes", false)]
    public void Contains_AKeyOrWhatIsBelowIt(string key, bool isLive) => Assert.Equal(isLive, LiveKeys.Contains(key));

    [Fact]
    public void Changes_AreSplitByWhenTheyHold_AndMergedWithWhatStays()
    {
        var changes = ConfigurationChanges.Between(
            Values(("Ipc:MaxConnections", "1"), ("Ipc:Endpoint", "/a"), ("Apps:Rules:x:Grants:0", "a"), ("Runtime:Pool:IdleTimeout", "00:01:00")),
            Values(("Ipc:MaxConnections", "2"), ("Ipc:Endpoint", "/b"), ("Apps:Rules:x:TokenHash", "secret"), ("Runtime:Pool:IdleTimeout", "00:01:00"), ("Plugins:MaxPlugins", "9")));

        Assert.Equal(["Apps:Rules:x:Grants:0", "Apps:Rules:x:TokenHash", "Ipc:MaxConnections"], changes.Live);
        Assert.Equal(["Ipc:Endpoint", "Plugins:MaxPlugins"], changes.Waiting);
        Assert.Equal(
            ["Apps:Rules:x:TokenHash=secret", "Ipc:Endpoint=/a", "Ipc:MaxConnections=2", "Runtime:Pool:IdleTimeout=00:01:00"],
            changes.Merged.Select(pair => $"{pair.Key}={pair.Value}").Order(StringComparer.Ordinal));
        Assert.Equal("Apps:Rules:x:TokenHash = ***, Ipc:MaxConnections = 2, Gone removed", ConfigurationChanges.Describe(["Apps:Rules:x:TokenHash", "Ipc:MaxConnections", "Gone"], changes.Merged));
    }

    [Fact]
    public void Changes_OfKeysThatTheCommandLineDecides_AreNone()
    {
        var changes = ConfigurationChanges.Between(Values(), Values(("Ipc:MaxDepth", "9"), ("Ipc:Endpoint", "/b"), ("Ipc:MaxConnections", "2")))
            .Without(new Dictionary<string, string> { ["Ipc:Endpoint"] = "command line", ["Ipc:MaxDepth"] = "environment" });

        Assert.Equal(["Ipc:MaxConnections"], changes.Live);
        Assert.Empty(changes.Waiting);
    }

    private static Dictionary<string, string?> Values(params (string Key, string Value)[] values) => values.ToDictionary(pair => pair.Key, pair => (string?)pair.Value);
}
