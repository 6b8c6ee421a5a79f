using EdgeHost.Capabilities.Host;
using EdgeHost.Runtime.Decisions;
using RuntimeDecisionKind = EdgeHost.Runtime.Decisions.DecisionKind;
using WireDecisionKind = EdgeHost.Capabilities.Host.DecisionKind;

namespace EdgeHost.Host.Tests.Methods;

public sealed class ExplainMethodSetTests
{
    [Theory]
    [InlineData(null, null, null, new[] { "three", "two", "one" })]
    [InlineData("m", null, null, new[] { "three", "one" })]
    [InlineData("photos", null, null, new[] { "two" })]
    [InlineData(null, WireDecisionKind.Loaded, null, new[] { "one" })]
    [InlineData("m", null, 1, new[] { "three" })]
    [InlineData("other", null, null, new string[0])]
    public async Task Explain_ByWhatWasAsked_GivesTheNewestFirst(string? subject, WireDecisionKind? kind, int? count, string[] texts)
    {
        await using var host = new HostFixture();
        var log = host.Get<IDecisionLog>();
        log.Add(RuntimeDecisionKind.Loaded, "m@1", null, "one");
        log.Add(RuntimeDecisionKind.Refused, "n@1", "photos", "two");
        log.Add(RuntimeDecisionKind.Evicted, "m@1", null, "three");

        var answer = await ExplainAsync(host, new ExplainRequest { Subject = subject, Kind = kind, Count = count });

        Assert.Equal(texts, answer.Decisions.Select(decision => decision.Text));
        Assert.All(answer.Decisions, decision => Assert.Equal(host.Time.GetUtcNow().ToUnixTimeMilliseconds(), decision.TimeMs));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1001)]
    public async Task Explain_CountOutOfRange_IsRefused(int count)
    {
        await using var host = new HostFixture();

        var error = await Assert.ThrowsAsync<EdgeHostException>(() => ExplainAsync(host, new ExplainRequest { Count = count }));

        Assert.Equal(ErrorCode.InvalidArgument, error.Code);
    }

    private static Task<ExplainResponse> ExplainAsync(HostFixture host, ExplainRequest request)
        => host.Caller.CallAsync<ExplainRequest, ExplainResponse>(Capabilities.Host.HostMethods.Explain, request, CancellationToken.None);
}
