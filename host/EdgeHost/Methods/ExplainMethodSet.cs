using EdgeHost.Capabilities.Host;
using EdgeHost.Runtime.Decisions;

namespace EdgeHost.Host.Methods;

/// <summary><c>host.explain</c>: what was decided lately, and why.</summary>
internal sealed class ExplainMethodSet(IDecisionLog decisions)
{
    private const int DefaultCount = 50;

    public IEnumerable<HostMethod> Create()
    {
        yield return HostMethod.Unary<ExplainRequest, ExplainResponse>(
            Capabilities.Host.HostMethods.Explain,
            "What the host decided lately and why: loads, evictions, refusals, devices, budget.",
            """{"subject":"ocr-det","kind":"evicted","count":10}""",
            (request, _) => new(Find(request)));
    }

    private ExplainResponse Find(ExplainRequest request) => new()
    {
        Decisions =
        [
            .. decisions.Find(request.Subject, request.Kind is { } kind ? WireEnums.Of(kind) : null, request.Count ?? DefaultCount).Select(decision => new DecisionEntry
            {
                Number = decision.Number,
                TimeMs = decision.Time.ToUnixTimeMilliseconds(),
                Kind = WireEnums.Of(decision.Kind),
                Subject = decision.Subject,
                App = decision.App,
                Text = decision.Text,
            }),
        ],
    };
}
