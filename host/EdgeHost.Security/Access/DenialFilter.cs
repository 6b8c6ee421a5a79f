namespace EdgeHost.Security.Access;

/// <summary>Lets one denial of an app and method a minute through, so that a loop of denied calls does not fill the audit log. Thread-safe and bounded.</summary>
internal sealed class DenialFilter(TimeProvider time)
{
    private const int Most = 4096;
    private static readonly TimeSpan Quiet = TimeSpan.FromMinutes(1);

    private readonly Lock _gate = new();
    private readonly Dictionary<(string App, string Method), (long At, long Suppressed)> _seen = [];

    /// <summary>How many were held back since the last one that passed, if this one passes; otherwise null.</summary>
    public long? Pass(string app, string method)
    {
        lock (_gate)
        {
            if (_seen.TryGetValue((app, method), out var seen) && time.GetElapsedTime(seen.At) < Quiet)
            {
                _seen[(app, method)] = (seen.At, seen.Suppressed + 1);
                return null;
            }

            if (_seen.Count >= Most) _seen.Clear();
            _seen[(app, method)] = (time.GetTimestamp(), 0);
            return seen.Suppressed;
        }
    }
}
