using EdgeHost.Host.Apps;
using EdgeHost.Security;
using EdgeHost.Security.Access;
using EdgeHost.Security.Audit;
using EdgeHost.Security.Policy;

namespace EdgeHost.Host.Tests.Apps;

/// <summary>Permissions of plugins follow the rules of apps, also changed ones; what was accessed is in the audit log.</summary>
public class CallRightsTests
{
    private readonly Entries _audit = new();

    [Theory]
    [InlineData("diary", "health.read.glucose", true)]
    [InlineData("chart", "health.read.weight", true)]
    [InlineData("chart", "health.read.glucose", false)]
    [InlineData("chart", "health.write.weight", false)]
    [InlineData("denied", "health.read.weight", false)]
    [InlineData("denied", "health.read.glucose", true)]
    [InlineData("star", "health.read.weight", false)]
    [InlineData("star", "notes.read.mine", true)]
    [InlineData("nobody", "health.read.weight", false)]
    [InlineData("diary", "health.*", false)]
    [InlineData("diary", "*", false)]
    [InlineData("diary", "", false)]
    [InlineData("diary", "!health.read.glucose", false)]
    public void Permission_IsGrantedAsMethodsAre(string app, string permission, bool isAllowed)
        => Assert.Equal(isAllowed, Create(("diary", ["health.*"]), ("chart", ["health.summary", "health.read.weight"]), ("denied", ["health.*", "!health.read.weight"]), ("star", ["*"])).Rights.Allows(new AppIdentity(app, -1, 1), permission));

    [Fact]
    public void ChangedRule_HoldsAtOnce()
    {
        var (rights, access) = Create(("diary", ["health.*"]));
        access.Apply(PolicyOf(("diary", ["health.summary"])));

        Assert.False(rights.Allows(new AppIdentity("diary", -1, 1), "health.read.weight"));
    }

    [Fact]
    public void Record_IsAnEntryOfTheAppAndMethod()
    {
        Create(("diary", ["health.*"])).Rights.Record(new AppIdentity("diary", 1000, 1), "health.summary", "read 3 of weight");

        Assert.Equal([new AuditEntry("data_accessed", "diary", 1000, "health.summary", "read 3 of weight")], _audit.All);
    }

    private (CallRights Rights, AccessControl Access) Create(params (string App, string[] Grants)[] rules)
    {
        var access = new AccessControl(TimeProvider.System, _audit);
        access.Apply(PolicyOf(rules));
        return (new CallRights(access, _audit), access);
    }

    private static AppPolicy PolicyOf(params (string App, string[] Grants)[] rules)
    {
        var options = new AppsOptions();
        foreach (var (app, grants) in rules)
        {
            var rule = new AppRuleOptions();
            foreach (var grant in grants) rule.Grants.Add(grant);
            options.Rules[app] = rule;
        }

        return new AppPolicy(options);
    }

    private sealed class Entries : IAuditLog
    {
        public List<AuditEntry> All { get; } = [];

        public void Write(AuditEntry entry) => All.Add(entry);
    }
}
