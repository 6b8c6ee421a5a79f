using EdgeHost;
using EdgeHost.PluginSdk;
using EdgeHost.PluginSdk.Typed;

namespace TestPlugins.Conformance;

[Capability("conformance.count")]
internal sealed class CountHandler : StreamingCapabilityHandler<CountRequest, NumberItem, CountResponse>
{
    public override async ValueTask<CountResponse> HandleAsync(
        CountRequest request, ItemWriter<NumberItem> items, CapabilityContext context, CancellationToken cancellationToken)
    {
        for (var i = 0; i < request.To; i++)
        {
            if (i == request.FailAfter) throw new EdgeHostException(ErrorCode.Aborted, "Counted far enough.");
            await items.WriteAsync(new NumberItem { N = i + 1 }, cancellationToken).ConfigureAwait(false);
        }

        return new CountResponse { Sent = request.To };
    }
}

[Capability("conformance.crash")]
internal sealed class CrashHandler : CapabilityHandler<NoRequest, NoResponse>
{
    public override ValueTask<NoResponse> HandleAsync(NoRequest request, CapabilityContext context, CancellationToken cancellationToken)
        => throw new NotSupportedException("A secret of the plugin.");
}

[Capability("conformance.fail")]
internal sealed class FailHandler : CapabilityHandler<FailRequest, NoResponse>
{
    public override ValueTask<NoResponse> HandleAsync(FailRequest request, CapabilityContext context, CancellationToken cancellationToken)
        => throw new EdgeHostException(ErrorCodeNames.FromWireName(request.Code), request.Message)
        {
            RetryAfter = request.RetryAfterMs is { } ms ? TimeSpan.FromMilliseconds(ms) : null,
            Details = request.Fact is { } fact ? new Dictionary<string, string> { ["fact"] = fact } : new Dictionary<string, string>(),
        };
}

[Capability("conformance.hold")]
internal sealed class HoldHandler(Board board) : CapabilityHandler<KeyRequest, NoResponse>
{
    public override async ValueTask<NoResponse> HandleAsync(KeyRequest request, CapabilityContext context, CancellationToken cancellationToken)
    {
        await board.WaitAsync(request.Key, cancellationToken).ConfigureAwait(false);
        return new NoResponse();
    }
}

[Capability("conformance.measure")]
internal sealed class MeasureHandler : CapabilityHandler<MeasureRequest, MeasureResponse>
{
    public override ValueTask<MeasureResponse> HandleAsync(MeasureRequest request, CapabilityContext context, CancellationToken cancellationToken)
    {
        var sum = 0L;
        foreach (var value in request.Data.Span) sum += value;
        return ValueTask.FromResult(new MeasureResponse { Bytes = request.Data.Length, Sum = sum });
    }
}

[Capability("conformance.priority")]
internal sealed class PriorityHandler : CapabilityHandler<NoRequest, PriorityResponse>
{
    public override ValueTask<PriorityResponse> HandleAsync(NoRequest request, CapabilityContext context, CancellationToken cancellationToken)
        => ValueTask.FromResult(new PriorityResponse { Priority = context.Priority.ToString().ToLowerInvariant() });
}

[Capability("conformance.release")]
internal sealed class ReleaseHandler(Board board) : CapabilityHandler<KeyRequest, NoResponse>
{
    public override ValueTask<NoResponse> HandleAsync(KeyRequest request, CapabilityContext context, CancellationToken cancellationToken)
    {
        board.Release(request.Key);
        return ValueTask.FromResult(new NoResponse());
    }
}

[Capability("conformance.runs")]
internal sealed class RunsHandler(Board board) : CapabilityHandler<KeyRequest, RunsResponse>
{
    public override ValueTask<RunsResponse> HandleAsync(KeyRequest request, CapabilityContext context, CancellationToken cancellationToken)
        => ValueTask.FromResult(new RunsResponse { Runs = board.CountRun(request.Key) });
}

[Capability("conformance.wait")]
internal sealed class WaitHandler : CapabilityHandler<NoRequest, NoResponse>
{
    public override async ValueTask<NoResponse> HandleAsync(NoRequest request, CapabilityContext context, CancellationToken cancellationToken)
    {
        await Task.Delay(Timeout.Infinite, cancellationToken).ConfigureAwait(false);
        return new NoResponse();
    }
}
