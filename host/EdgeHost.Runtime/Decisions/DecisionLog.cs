using Microsoft.Extensions.Options;

namespace EdgeHost.Runtime.Decisions;

internal sealed class DecisionLog : IDecisionLog
{
    private readonly TimeProvider _time;
    private readonly Lock _gate = new();
    private readonly Decision?[] _ring;
    private long _count;

    public DecisionLog(TimeProvider time, IOptions<EdgeHostRuntimeOptions> options)
    {
        _time = time;
        _ring = new Decision[options.Value.DecisionLimit];
    }

    public void Add(DecisionKind kind, string subject, string? app, string text)
    {
        var now = _time.GetUtcNow();
        lock (_gate)
        {
            var index = _count++ % _ring.Length;
            _ring[index] = new Decision(_count, now, kind, subject, app, text);
        }
    }

    public IReadOnlyList<Decision> Find(string? subject, DecisionKind? kind, int most)
    {
        var found = new List<Decision>();
        lock (_gate)
        {
            for (var number = _count; number > Math.Max(0, _count - _ring.Length) && found.Count < most; number--)
            {
                var decision = _ring[(number - 1) % _ring.Length]!;
                if ((kind is null || decision.Kind == kind) && (subject is null || IsAbout(decision, subject))) found.Add(decision);
            }
        }

        return found;
    }

    private static bool IsAbout(Decision decision, string subject)
        => decision.Subject == subject
            || decision.App == subject
            || (decision.Subject.Length > subject.Length && decision.Subject[subject.Length] == '@' && decision.Subject.StartsWith(subject, StringComparison.Ordinal));
}
