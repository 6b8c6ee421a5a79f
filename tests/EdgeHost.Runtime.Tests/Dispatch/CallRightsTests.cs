using System.Buffers;
using EdgeHost.Runtime.Dispatch;
using Microsoft.Extensions.DependencyInjection;

namespace EdgeHost.Runtime.Tests.Dispatch;

/// <summary>What a plugin asks of an app's rights, and what it puts on record.</summary>
public class CallRightsTests
{
    private static readonly AppIdentity App = new("diary", 1000, 7);

    [Fact]
    public async Task Permissions_AreThoseOfTheCallingApp_AndRecordsNameItAndTheMethod()
    {
        var rights = new OneRight();
        await using var runtime = new RuntimeFixture(add: services => services.AddSingleton<ICallRights>(rights));
        var seen = new List<bool>();

        await CallAsync(runtime, seen);

        Assert.Equal([true, false], seen);
        Assert.Equal([(App, "notes.list", new string('x', 500))], rights.Records);
    }

    [Fact]
    public async Task HostWithoutRules_AllowsNothingAndKeepsNoRecord()
    {
        await using var runtime = new RuntimeFixture();
        var seen = new List<bool>();

        await CallAsync(runtime, seen);

        Assert.Equal([false, false], seen);
    }

    private static async Task CallAsync(RuntimeFixture runtime, List<bool> seen)
    {
        var capability = new TestCapability((context, _, _) =>
        {
            seen.Add(context.Allows("notes.read.mine"));
            seen.Add(context.Allows("notes.read.yours"));
            context.RecordAccess(new string('x', 600));
            return ValueTask.CompletedTask;
        });
        runtime.Catalog.Replace("tests", [capability.Route("notes.list")]);
        await runtime.Dispatcher.InvokeAsync(new CapabilityInvocation { Method = "notes.list", Body = Array.Empty<byte>(), App = App }, new ArrayBufferWriter<byte>(), CancellationToken.None);
    }

    private sealed class OneRight : ICallRights
    {
        public List<(AppIdentity App, string Method, string What)> Records { get; } = [];

        public bool Allows(AppIdentity app, string permission) => app == App && permission == "notes.read.mine";

        public void Record(AppIdentity app, string method, string what) => Records.Add((app, method, what));
    }
}
